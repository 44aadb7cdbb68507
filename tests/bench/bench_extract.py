"""Whole texts: MB/s against phonenumbers' matcher on the same text, hostile text against prose, messages per second.

    python tests/bench/bench_extract.py [FILE…]     FILE: text, or JSON Lines with a field "text"; default: texts of our own

CPU time of one process, best of several rounds. Prints figures; judges nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

import phonenumbers

from repdb import company, seed
from repdb.text import hosts, numbers
from repdb.text.extract import Extractor
from repdb.text.fold import fold
from repdb.text.phrases import find_phrases
from repdb.text.redact import redact
from repdb.text.similarity import bands, fingerprint

HOSTILE = {
    "digits": "1", "zeros": "0", "zeros and hyphens": "0-", "zeros and blanks": "0 ", "near numbers": "03-1234-567 ", "masks": "0*",
    "ellipses": "0…", "plus signs": "+1 ", "country codes": "81 ", "open brackets": "(0", "corner brackets": "【あ", "quotes": "「あ」や", "schemes": "http://a.",
    "dots": "a.", "ats": "a@b.", "legal forms": "(株)", "endings": "センター", "claims": "を名乗る", "half a name": "アマゾ", "names": "アマゾン", "look-alikes": "カ一",
    "invisible": "a\u200b", "half-width": "ｶﾞ", "kanji digits": "〇一二", "letter digits": "0o", "tags": "<a href=\"", "comments": "<!--", "entities": "&lt;",
}  # fmt: skip
MESSAGES = (
    "【見本料金センター】ご利用料金の未納が確認されました。本日中にご連絡がない場合は法的手続きに移ります。050-9999-0001",
    "見本運送です。ご不在でしたので荷物を営業所に戻しました。再配達の手続きはこちら: http://mihon.duckdns.org",
    "差出人: 見本カード <info@bad.example>\n件名: 【重要】ご利用確認\n\nいつも見本カードをご利用いただきありがとうございます。"
    "第三者による不正利用の可能性があるため、ご利用を一部制限しました。24時間以内にご確認ください。\nhttps://bad.example/login\n"
    "お問い合わせ 0120-999-001（受付時間 9:00～18:00）\n見本カード株式会社",
    "「050-9999-0002」からの着信が多数報告されています。見本債権回収を名乗り、０３－９９９９－０００１へ電話させる手口です。"
    "不安なときは消費者ホットライン188、警察相談専用電話 #9110 へ。",
)  # fmt: skip
PROSE = (
    "朝から細かい雨が降り、駅までの道はいつもより静かだった。角の店は十時に開くので、それまで川沿いを歩くことにした。"
    "去年の秋に植えた木はもう背丈ほどになり、葉の先に小さな実をつけている。帰りに郵便を出し、夕飯の買い物をした。\n"
)


def best(work: Callable[[], object], rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def texts(paths: Iterable[str]) -> list[str]:
    found: list[str] = []
    for path in paths:
        content = Path(path).read_text(encoding="utf-8")
        rows = content.splitlines() if path.endswith(".jsonl") else []
        found += [json.loads(row)["text"] for row in rows] or [content]
    return found or [text for number in range(60) for text in (*MESSAGES, PROSE * (number % 3))]


def reader() -> Extractor:
    start = seed.load()
    known = {alias: company.fold(one.name) for one in start.companies for alias in (one.name, *one.aliases)}
    return Extractor(known, {channel.key: company.fold(channel.company) for channel in start.channels})


def numbers_only(given: list[str]) -> None:
    for text in given:
        folded = fold(text, lower=True)
        closed = bytearray(len(folded.text) + 1)
        for hit in hosts.find(folded, text):
            closed[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        list(numbers.find(folded, text, closed))


def compare(title: str, given: list[str], extractor: Extractor) -> None:
    size = sum(len(text.encode()) for text in given) / 1e6
    theirs = best(lambda: [list(phonenumbers.PhoneNumberMatcher(text, "JP")) for text in given])
    for what, ours in (
        ("numbers and links", best(lambda: numbers_only(given))),
        ("everything", best(lambda: [extractor.extract(text) for text in given])),
    ):
        ratio = theirs / ours
        print(
            f"{title:<10} {what:<18} {size / ours:7.2f} MB/s  PhoneNumberMatcher {size / theirs:7.2f} MB/s  ratio {ratio:.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of prose and of each hostile text")
    args = parser.parse_args()
    extractor = reader()
    compare("texts", texts(args.files), extractor)
    prose = (PROSE * (args.size // len(PROSE) + 1))[: args.size]
    compare("prose", [prose], extractor)
    base = best(lambda: extractor.extract(prose), 2)
    print(f"hostile    {args.size} characters each, against prose ({base:.2f} s)")
    for name, unit in HOSTILE.items():
        head = "<html><body>" if unit[0] in "<&" else ""
        text = head + (unit * (args.size // len(unit) + 1))[: args.size]
        print(f"           {name:<18} {best(lambda given=text: extractor.extract(given), 1) / base:6.1f} x")
    for name, work in (
        ("extract", extractor.extract),
        ("find_phrases", find_phrases),
        ("bands", lambda text: bands(fingerprint(text))),
        ("redact", redact),
    ):
        taken = best(lambda do=work: [do(text) for _ in range(50) for text in MESSAGES])
        print(f"messages   {name:<18} {50 * len(MESSAGES) / taken:8.0f} /s")


if __name__ == "__main__":
    main()
