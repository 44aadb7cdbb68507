"""Random and mutated inputs through every reader of identifiers: nothing but ``Unreadable``, in linear time.

    python tests/bench/fuzz_readers.py [COUNT [SEED [READER…]]]

Exits with 1 and prints the input if a reader raises anything else or answers what it cannot read back.
Then prints the time of each reader on hostile inputs of growing length.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

from repdb import company, domain, phone, sender
from repdb.records import Identifier, Unreadable

READERS: dict[str, Callable[[str], Identifier]] = {
    "phone": phone.read,
    "sender": sender.read,
    "domain": domain.read,
    "company": company.read,
}
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


def inputs(count: int, dice: random.Random) -> Iterator[str]:
    """One third random Unicode, one third random characters of the kinds that matter, one third mutated examples."""
    for number in range(count):
        kind = number % 3
        if kind == 0:
            yield "".join(map(chr, dice.choices(EVERY, k=dice.randrange(24))))
        elif kind == 1:
            yield "".join(dice.choices(SPECIAL, k=dice.randrange(1, 32)))
        else:
            yield mutated(dice.choice(SEEDS), dice)


def mutated(text: str, dice: random.Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(len(text) + 1)
        cut = dice.randrange(4)
        new = dice.choice((dice.choice(SPECIAL), "", text[at : at + 3], dice.choice(SEEDS)[:6]))
        text = text[:at] + new + text[at + cut :]
    return text


def broken(reader: Callable[[str], Identifier], text: str, tally: Counter[str]) -> str:
    """What is wrong with the reader's answer to the text, empty if nothing is."""
    try:
        found = reader(text)
    except Unreadable as error:
        tally["refused"] += 1
        return "" if error.text.ja and error.text.en else f"no sentence for {error.code}"
    except BaseException as error:  # that is what this script is looking for
        return repr(error)
    tally["read"] += 1
    if not (found.kind and found.key and found.display):
        return f"incomplete {found}"
    if found.kind in ("phone", "masked_phone", "short_number", "displayed_id"):
        again = phone.read(found.display)
        if (again.kind, again.key) != (found.kind, found.key):
            return f"{found} shown reads as {again}"
    return ""


def time_by_length() -> None:
    print("slowest hostile input, milliseconds at 1 000, 10 000, 100 000 characters")
    for name, reader in READERS.items():
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
        reader = READERS[name]
        tally: Counter[str] = Counter()
        start = time.perf_counter()
        for text in inputs(count, random.Random(seed)):
            wrong = broken(reader, text, tally)
            if wrong:
                failures += 1
                print(f"{name}: {text!r}: {wrong}")
                if failures >= 20:
                    return 1
        spent = time.perf_counter() - start
        print(
            f"{name:8} {count} inputs, {tally['read']} read, {tally['refused']} refused, {spent / count * 1e6:.1f} µs each"
        )
    time_by_length()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:]))
