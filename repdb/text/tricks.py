"""Ways of writing that hide something from filters or from the reader: their presence is itself a finding (floor 0)."""

from __future__ import annotations

import re
from typing import NamedTuple

from repdb.invisible import CLASS
from repdb.records import Text

TRICKS: dict[str, Text] = {
    "invisible_characters": Text("見えない文字が言葉の中に入っている", "Invisible characters stand inside words"),
    "reversed_text": Text(
        "文字の向きを逆にする制御文字がある", "Control characters turn the direction of the text round"
    ),
    "foreign_lookalike": Text("英字に似た外国の文字が混ざっている", "Foreign letters imitate Latin ones"),
    "kana_lookalike": Text("カタカナに似た漢字が混ざっている（カ一ド、ア力ウント）", "Kanji imitate katakana"),
    "noise_letters": Text(
        "今の日本語では使わない仮名（ヷ・ヺなど）が混ざっている", "Kana that no word of today has stand in it (ヷ, ヺ)"
    ),
    "styled_letters": Text("飾り文字で書かれている", "Letters are written in decorative symbols"),
    "spaced_letters": Text(
        "一つの言葉が一文字ずつ空けて書かれている", "A word is written with a space after every letter"
    ),
    "broken_words": Text(
        "言葉の一文字ごとに記号や空白が入っている", "Signs or blanks stand between all letters of words"
    ),
    "letter_digits": Text(
        "番号の数字のかわりに英字の O や l が使われている", "Letters O or l stand for digits of a number"
    ),
    "kanji_digits": Text("電話番号が漢数字で書かれている", "A telephone number is written in kanji numerals"),
    "circled_digits": Text("電話番号が丸数字などで書かれている", "A telephone number is written in circled digits"),
    "defanged": Text("リンクが、開かない形に書きかえられている", "A link is written so that it cannot be opened"),
}


class Trick(NamedTuple):
    """A trick of ``TRICKS`` at ``start:end`` of the text."""

    code: str
    written: str
    start: int
    end: int


_LATIN = "A-Za-zＡ-Ｚａ-ｚ"
_ALIEN = "\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u13a0-\u13ff"
_WORD = r"\w"
# One sign between any two of four or more letters, or a blank of seven or more: headings (お 知 ら せ) are shorter.
_LETTER = "[ぁ-ゖァ-ヺー々一-鿿]"
_BROKEN = (
    rf"{_LETTER}([._＿*＊^])(?:{_LETTER}\1){{2,40}}{_LETTER}|"
    rf"(?<![ぁ-ゖァ-ヺー々一-鿿] )(?:{_LETTER}[ \u3000]){{6,60}}{_LETTER}(?!{_LETTER})"
)
_PATTERNS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        # between letters only: emoji and bidirectional scripts need such characters, Japanese words do not
        ("invisible_characters", rf"[{CLASS}]{{1,64}}(?<=\w.)(?=\w)|[{CLASS}]{{2,64}}(?<=\w..)(?=\w)"),
        ("reversed_text", r"[\u202d\u202e\u2066-\u2068]"),
        ("foreign_lookalike", rf"[{_ALIEN}](?:(?<=[{_LATIN}].)|(?=[{_LATIN}]))"),
        ("kana_lookalike", r"[一力口卜二工夕才](?<=[ァ-ヺー].)(?=[ァ-ヺー])|[力卜工](?<![一-鿿ぁ-ヺー々].)(?=[ァ-ヺー]{2})|[力卜口夕工](?=ー[ァ-ヺ])"),
        ("noise_letters", r"[ヷ-ヺ]{1,64}"),
        ("styled_letters", r"[\U0001d400-\U0001d7ff\u24b6-\u24e9\U0001f130-\U0001f189]{2,64}"),
        ("spaced_letters", r"(?<![一-鿿ァ-ヺ] )[一-鿿ァ-ヺ](?:[ \u3000][一-鿿ァ-ヺ]){2,11}(?![一-鿿ぁ-ヺー])(?<!\w\w)(?<![様殿君])|(?<![A-Za-z0-9] )\b[A-Za-z](?: [A-Za-z]){3,15}\b"),
        ("broken_words", _BROKEN),
        ("letter_digits", r"(?<![A-Za-z0-9])[0OoΟО](?=[0-9OoIlΟО -]{0,14}[OoIlΟО])[0-9OoIlΟО]{1,4}(?:[- ][0-9OoIlΟО]{3,4}){2}(?![A-Za-z0-9-])"),
        ("kanji_digits", r"[〇零](?<![〇零一二三四五六七八九].)(?:[-ー・ ]?[〇零一二三四五六七八九]){9,10}(?![〇零一二三四五六七八九])"),
        ("circled_digits", r"[⓪①-⑨](?:[-ー ]?[⓪①-⑨]){9,10}"),
        ("defanged", r"\bh(?:xx|\*\*|XX)ps?://|(?<=[A-Za-z0-9])(?:\[\.\]|\(\.\)|\[dot\])(?=[A-Za-z0-9])"),
    )
)  # fmt: skip


def tricks(text: str) -> list[Trick]:
    """Every trick in the text as given, in order of place. Linear."""
    found = [
        Trick(code, match[0], *match.span())
        for code, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if code != "letter_digits" or sum(char.isdecimal() for char in match[0]) >= 5
    ]
    return sorted(found, key=lambda trick: (trick.start, trick.code))


_BREAKS = re.compile(_BROKEN)


def closed_up(text: str) -> str:
    """The text with its broken words as words, each line filled up with blanks behind them: as long as before."""
    signs = {found[1] or " " for found in _BREAKS.finditer(text)}
    if not signs:
        return text
    between = re.compile(f"(?<={_LETTER})[{re.escape(''.join(sorted(signs)))}\u3000](?={_LETTER})")
    return "\n".join(between.sub("", line).ljust(len(line)) for line in text.split("\n"))
