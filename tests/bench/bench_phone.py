"""Reading and displaying telephone numbers, beside ``phonenumbers`` in the same run.

python tests/bench/bench_phone.py [COUNT]
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable

import phonenumbers

from repdb import phone

HEADS = ("03", "045", "0176", "050", "070", "080", "090", "0120", "0570", "0800")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def numbers(count: int) -> list[str]:
    """Valid Japanese numbers in national format, all different in practice, the same ones each time."""
    dice = random.Random(count)
    found = []
    while len(found) < count:
        head = dice.choice(HEADS)
        length = 11 if head in ("050", "070", "080", "090", "0800") else 10
        digits = head + "".join(dice.choices("23456789", k=length - len(head)))
        found.append(phone.display(phone.read(digits).key))
    phone.display.cache_clear()
    return found


def cost(act: Callable[[str], object], texts: Iterable[str]) -> float:
    """Microseconds for each text, the best of three runs."""
    texts = list(texts)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            act(text)
        best = min(best, time.perf_counter() - start)
    return best / len(texts) * 1e6


def theirs(text: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(text, "JP"), phonenumbers.PhoneNumberFormat.E164)


def their_display(key: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(key), phonenumbers.PhoneNumberFormat.NATIONAL)


def main(count: int) -> None:
    texts = numbers(count)
    keys = [phone.read(text).key for text in texts]
    forms = {
        "national": texts,
        "no hyphens": [text.replace("-", "") for text in texts],
        "full-width": [text.translate(WIDE) for text in texts],
        "+81 spaced": ["+81 " + text[1:].replace("-", " ") for text in texts],
        "with a label": ["TEL: " + text for text in texts],
    }
    print(f"{count} different numbers, µs each: ours, phonenumbers (parse to E.164), ratio")
    for name, written in forms.items():
        ours = cost(phone.read, written)
        other = cost(theirs, [text.removeprefix("TEL: ") for text in written])
        print(f"read, {name:14} {ours:7.2f} {other:7.2f} {other / ours:6.1f} x")
    masked = cost(phone.read, [text[:-2] + "**" for text in texts])
    print(f"read, masked         {masked:7.2f}")
    ours = cost(phone.display.__wrapped__, keys)
    other = cost(their_display, keys)
    print(f"display, not cached  {ours:7.2f} {other:7.2f} {other / ours:6.1f} x")
    cached = cost(phone.display, keys[:1000])
    print(f"display, cached      {cached:7.2f}")
    print("time by length of input (µs; a reader refuses what is longer than it could be)")
    for length in (50, 100, 200, 400, 100_000):
        print(
            f"  {length:7}: {cost(refused, ['0-' * (length // 2)] * 20):8.1f} {cost(refused, [' ' * length] * 20):8.1f}"
        )


def refused(text: str) -> bool:
    try:
        phone.read(text)
    except ValueError:
        return True
    return False


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
