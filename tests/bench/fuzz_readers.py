"""Random and mutated inputs through every reader of strangers' texts: nothing but ``Unreadable``, in linear time.

    python tests/bench/fuzz_readers.py [COUNT [SEED [READER…]]]

Readers of identifiers; of whole messages; of mails, as bytes; and the check with all that it does, in a database made for
it. Exits with 1 and prints the input if one raises anything else, answers what it cannot read back or what cannot be
written down. No reader takes more than a minute. Then prints the time of each on hostile inputs of growing length.
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial

from repdb import company, db, domain, phone, received, sender
from repdb.check import Checker
from repdb.content import mended
from repdb.records import Identifier, Unreadable
from repdb.setup import initialise
from repdb.text import markup
from repdb.text.extract import Extractor
from repdb.text.mail import read_mail

MINUTE = 60.0
SEEDS = (
    "050-9999-3490", "０５０－９９９９－３４９０", "+81 (0)50 9999 3490", "03-6709-02**", "〇五〇九九九九三四九〇", "184-03-6709-0234",
    "+1800335814321", "001-010-1-808-693-3888", "#9110", "0005-1234", "TEL：03（6709）0234（代表） 内線123", "0120…110",
    "https://user:pw@xn--eckwd4c7c.example.jp:8080/a?b=c#d", "hxxps://evil[.]example[.]com", "ｅｘａｍｐｌｅ．ｃｏ．ｊｐ", "info@mail.example.com",
    "192.168.0.1", "http://[::1]/", "Amazon", "NTT_DOCOMO", "（株）リボーン債権回収", "アマゾンマーケティングサービス", "ﾔﾏﾄ運輸㈱", "合同会社 山田 & Sons",
)  # fmt: skip
SPECIAL = (
    "0123456789０１９〇一二三九零①⓪²٣𝟎+-－ー‑−〜・./()（）【】*＊×○●xX#？…_ \u3000\u00a0\u200b\u200d\u202e\ufeff\u00ad\ufe0f\u20e3\x00\n\t\ud800"
    "oOＯОlI@:;%[]{}<>\\|~'\"=&。、株式会社㈱℡☎内線番のabcXYZéßΔЖ한"
)
MAILS = (
    "From: \"=?utf-8?B?6KaL5pys?=\" <a@bait.example>\nSubject: =?iso-2022-jp?B?GyRCPUVNVxsoQg==?=\nContent-Type: text/html; charset=utf-8\n\n"
    "<p>至急 <a href='https://bait.example/'>https://mihoncard.example/</a> 050-9999-0001",
    "Received: x\nContent-Type: text/plain; charset=unicode_escape\nContent-Transfer-Encoding: base64\n\n6Iez5oClIDA1MC05OTk5LTAwMDE=",
    "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=\"utf-7\"\n\n+gfNgJQ-\n"
    "--b\nContent-Type: application/x; name*=utf-8''a%20b\nContent-Disposition: attachment; filename=x\n\nx\n--b--",
    "From: a@b.example\nSubject: =?undefined?Q?=5Cud800?=\nContent-Type: text/plain; charset*0*=a%00''x\n"
    "Content-Transfer-Encoding: quoted-printable\nAuthentication-Results: mx; spf=fail dkim=pass\n\n=E8=87=B3",
)  # fmt: skip
EVERY = range(0x110000)
HOSTILE = (
    "0",
    "-",
    " ",
    "０",
    "○",
    "O0",
    "0-",
    "(",
    "内線",
    "TEL ",
    "x1",
    "a.",
    "xn--",
    "%25",
    "@",
    "株式会社",
    "ﾊﾞ",
    "\u200b",
    "#",
    "1,",
    "…",
    "\u3099",
)


def inputs(count: int, dice: random.Random, seeds: Sequence[str]) -> Iterator[str]:
    """One third random Unicode, one third random characters of the kinds that matter, one third mutated examples."""
    for number in range(count):
        kind = number % 3
        if kind == 0:
            yield "".join(map(chr, dice.choices(EVERY, k=dice.randrange(24))))
        elif kind == 1:
            yield "".join(dice.choices(SPECIAL, k=dice.randrange(1, 32)))
        else:
            yield mutated(dice.choice(seeds), dice)


def mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(len(text) + 1)
        cut = dice.randrange(4)
        new = dice.choice((dice.choice(SPECIAL), "", text[at : at + 3], dice.choice(SEEDS)[:6]))
        text = text[:at] + new + text[at + cut :]
    return text


# Each reader says what is wrong with its answer to a text, "" if nothing is.


def identifier(read: Callable[[str], Identifier], text: str) -> str:
    found = read(text)
    if not (found.kind and found.key and found.display):
        return f"incomplete {found}"
    if found.kind in ("phone", "masked_phone", "short_number", "displayed_id"):
        again = phone.read(found.display)
        if (again.kind, again.key) != (found.kind, found.key):
            return f"{found} shown reads as {again}"
    return ""


def mail(text: str) -> str:
    """As UTF-8 and as bytes that are no UTF-8."""
    for data in (
        text.encode("utf-8", "surrogatepass"),
        text.encode("cp932", "replace"),
        text.encode("latin-1", "replace"),
    ):
        json.dumps(read_mail(data), ensure_ascii=False).encode()
    return ""


def extract(text: str) -> str:
    lost = [one for one in _extractor().extract(text, markup=False) if text[one.start : one.end] != one.written]
    html = _extractor().extract(text, markup=True)
    lost += [one for one in html if not 0 <= one.start <= one.end <= len(text)]
    return f"no place: {lost}" if lost else ""


def check(text: str) -> str:
    """The text as the faces take it, then the JSON that they give."""
    given = received.from_text(mended(text))
    answer = received.check_json(received.check(_checker(), given), given, "ja")
    json.dumps(answer, ensure_ascii=False).encode()
    placed = () if markup.looks_like(given.text) and not given.mail else answer["mentions"]
    lost = [one for one in placed if one["start"] >= 0 and given.text[one["start"] : one["end"]] != one["written"]]
    return f"no place: {lost}" if lost else ""


@cache
def _extractor() -> Extractor:
    return Extractor({"ミホンカード": "ミホンカード"}, {"mihoncard.example": "ミホンカード"})


@cache
def _checker() -> Checker:
    path, today = f"{_folder.name}/fuzz.db", date(2026, 11, 21)
    initialise(path, today)
    return Checker(db.open_database(path), today)


_folder = tempfile.TemporaryDirectory()
READERS: dict[str, tuple[Callable[[str], str], Sequence[str]]] = {
    "phone": (partial(identifier, phone.read), SEEDS),
    "sender": (partial(identifier, sender.read), SEEDS),
    "domain": (partial(identifier, domain.read), SEEDS),
    "company": (partial(identifier, company.read), SEEDS),
    "mail": (mail, MAILS),
    "extract": (extract, (*SEEDS, *MAILS)),
    "check": (check, (*SEEDS, *MAILS)),
}


def broken(reader: Callable[[str], str], text: str, tally: Counter[str]) -> str:
    try:
        wrong = reader(text)
    except Unreadable as error:
        tally["refused"] += 1
        return "" if error.text.ja and error.text.en else f"no sentence for {error.code}"
    except BaseException as error:  # that is what this script is looking for
        return repr(error)
    tally["read"] += 1
    return wrong


def time_by_length() -> None:
    print("slowest hostile input, milliseconds at 1 000, 10 000, 100 000 characters")
    for name, (reader, _) in READERS.items():
        worst = []
        for length in (1_000, 10_000, 100_000):
            texts = [(unit * length)[:length] for unit in HOSTILE]
            texts += ["0120-999-45" + text + "!" for text in texts]
            slowest = 0.0
            for text in texts:
                start = time.perf_counter()
                with contextlib.suppress(Unreadable):
                    reader(text)
                slowest = max(slowest, time.perf_counter() - start)
            worst.append(slowest * 1e3)
        print(f"  {name:8}" + "".join(f"{figure:12.3f}" for figure in worst))


def main(count: int = 30_000, seed: int = 1, *names: str) -> int:
    failures = 0
    for name in names or READERS:
        reader, seeds = READERS[name]
        tally: Counter[str] = Counter()
        start = time.perf_counter()
        for text in inputs(count, random.Random(seed), seeds):
            if time.perf_counter() - start > MINUTE:
                break
            wrong = broken(reader, text, tally)
            if wrong:
                failures += 1
                print(f"{name}: {text!r}: {wrong}")
                if failures >= 20:
                    return 1
        spent, done = time.perf_counter() - start, max(1, tally.total())
        print(
            f"{name:8} {done} inputs, {tally['read']} read, {tally['refused']} refused, {spent / done * 1e6:.1f} µs each"
        )
    time_by_length()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:]))
