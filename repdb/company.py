"""Company names: any written form → one folded key; legal forms; near names (floor 0).

Two spellings of one name fold to one key; a name that is only *near* another stays another name. Aliases that share no
letter (NTT docomo, ＮＴＴドコモ) are data, not folding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import methodcaller

from repdb import bundled, invisible, letters
from repdb.records import Identifier, Text, Unreadable
from repdb.urltext import visible

MAX_NAME = 200
# Similarity 1 - indel distance / total length. 0.93 lets one inserted or lost character pass in names of eight or more
# (消費者生活センター / 消費生活センター 0.941) and one changed character in fifteen; 三井住友信託銀行 / 三井住友銀行
# (0.857), 東日本旅客鉄道 / 西日本旅客鉄道 (0.857) and JAカード / JALカード (0.909) stay apart. Of 869 names that real reports
# and pages use, no two are near; the closest pair of real firms is opbank / otpbank (0.923).
NEAR_THRESHOLD = 0.93
# Characters that tell sister companies apart however long the name is: 東日本高速道路 / 西日本高速道路, 第一 / 第二.
_TELLING = frozenset("0123456789一二三四五六七八九十百千東西南北中新旧大小上下左右第本支都道府県市区町村")
# Look-alikes that are letters of names themselves, so no fold may take them for one: 三丼住友, 日夲郵便, イオソ.
ALIKE = str.maketrans("丼夲ソ", "井本ン")
_COLLECTOR_ENDINGS = (
    "債権回収",
    "債券回収",
    "債権管理回収",
    "債権回収機構",
    "債権回収センター",
    "債権回収管理センター",
    "債権回収部",
    "債権回収局",
    "債権回収事務局",
    "債権回収法人",
    "債権回収サービス",
    "債権管理事務局",
    "債権管理センター",
    "サービサー",
)
_MASKED = re.compile(r"[○◯●〇□■△▲▽▼×✕*＊※]{2,16}")
_ADDRESSED = re.compile(r"\s?(?:様|殿|さま|さん|氏|サマ)$")
_NUMBER = re.compile(r"[0-9](?:[ ()ー.・-]{0,2}[0-9*]){8}")
_HONORIFIC = re.compile(r"(?:\s(?:様|殿|サマ)|御中|オンチユウ)\s?$")
_HIDDEN = re.compile(rf"(?<=\w)(?![\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef])[{invisible.CLASS}]{{1,64}}(?=\w)")
_ERRORS = {
    "not_a_name": Text(
        "会社名として読めません。法人格だけ、記号だけの名前は使えません。",
        "This is no company name: nothing is left without legal form and punctuation.",
    ),
    "masked_name": Text(
        "一部が伏せ字になっているため、どの会社か決まりません。",
        "Part of this name is masked, so it names no single company.",
    ),
    "personal_name": Text(
        "会社名の欄に、人の名前・電話番号・住所・メールアドレスがあります。会社名だけを書いてください。",
        "The company name holds a person's name, number, address or mail address. Give the company's name alone.",
    ),
    "too_long": Text("会社名が長すぎます（200 文字まで）。", "The name is too long (200 characters at most)."),
}


def read(name: str) -> Identifier:
    """One company name → ``Identifier`` of kind ``company``; display is the name cleaned of what nobody sees.

    Flags: ``legal_form:<form>``, ``invisible_characters`` (between two letters: what stands at an edge was copied along, and
    variation selectors choose a kanji's shape). Raises ``Unreadable`` with code
    ``not_a_name``, ``masked_name`` or ``too_long``; never anything else.
    """
    shown = " ".join(visible(name).split())
    if len(shown) > MAX_NAME:
        raise Unreadable("too_long", _ERRORS["too_long"])
    if _MASKED.search(shown):
        raise Unreadable("masked_name", _ERRORS["masked_name"])
    key = fold(shown)
    if not key:
        raise Unreadable("not_a_name", _ERRORS["not_a_name"])
    form = legal_form(shown)
    flags = {f"legal_form:{form}"} if form else set()
    if not name.isascii() and _HIDDEN.search(name):
        flags.add("invisible_characters")
    return Identifier("company", key, shown, frozenset(flags))


@lru_cache(maxsize=1)
def _known_brands() -> frozenset[str]:
    """Keys of the seed's register: 野村 is a family, and short for a broker."""
    names = [*bundled.rows("companies.csv"), *bundled.rows("company_aliases.csv")]
    return frozenset(fold(cell) for row in names for cell in row[:2] if cell)


def read_claimed(name: str) -> Identifier:
    """``read`` for a name that will be stored and shown. Raises Unreadable also with ``personal_name``: for a name with
    personal data in it, or that is a person's, a number or an address.
    """
    import unicodedata

    from repdb.text.full_names import is_full_name, names_person
    from repdb.text.person_words import FAMILY
    from repdb.text.redact import redaction_preview

    found = read(name)
    shown = unicodedata.normalize("NFKC", found.display)
    bare = _ADDRESSED.sub("", shown)
    rest, form = _strip_forms(bare.lower())
    if form and is_full_name(rest):  # firms are called after their founders
        return found
    # What English words alone tell is no person's but a brand's: Hello Work.
    held = any(one.what != "name" or not bare[one.start : one.end].isascii() for one in redaction_preview(bare))
    if (
        held
        or _NUMBER.search(bare)
        or names_person(rest if form else bare)
        or (bare != shown and is_full_name(bare, surname=True))
        or (not form and bare in FAMILY and not any(map(methodcaller("startswith", fold(bare)), _known_brands())))
    ):
        raise Unreadable("personal_name", _ERRORS["personal_name"])
    return found


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The key of a name: NFKC, lower case, hiragana and small kana as large katakana, ー for every long vowel mark, new
    kanji, look-alikes settled by their neighbours, legal forms, honorifics, spaces and punctuation gone.

    Idempotent. Empty when nothing is left. Cut at ``MAX_NAME`` characters. ヴ and バ stay apart, long vowels count.
    """
    key = _fold_once(name[: 4 * MAX_NAME])[:MAX_NAME]
    while (again := _fold_once(key)) != key:
        key = again[:MAX_NAME]
    return key


def disguised(name: str, spellings: Iterable[str]) -> bool:
    """Whether a name is spelt like none of the spellings that share its key: one with look-alikes of their letters.

    Width, case, kana, old kanji, accents, blanks, punctuation and legal forms are nobody's disguise.
    """
    written = _plain(name, False)
    return all(written != _plain(spelling, False) for spelling in spellings)


@lru_cache(maxsize=4096)
def legal_form(name: str) -> str | None:
    """The legal form that a name states (``株式会社``, ``Inc.``), or ``None``."""
    return _strip_forms(letters.unify(name[: 4 * MAX_NAME]))[1]


def nearest(key: str, keys: Iterable[str]) -> tuple[str, float] | None:
    """The most similar other key and its similarity, if at least ``NEAR_THRESHOLD``: near, which is never the same. A key
    that differs by look-alikes only has similarity 1.

    Keys whose numbers, directions or place suffixes differ are different bodies, however long the rest.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    keys, plain, size = tuple(keys), key.translate(ALIKE), len(key)
    for other in keys if size > 3 else ():
        if len(other) == size and other != key and other.translate(ALIKE) == plain:
            return other, 1.0
    found = process.extract_iter(key, keys, scorer=Indel.normalized_similarity, score_cutoff=NEAR_THRESHOLD)
    near = [(other, score) for other, score, _ in found if other != key and _telling(other) == _telling(key)]
    return max(near, key=lambda pair: (pair[1], pair[0]), default=None)


def named(name: str, name_en: str) -> Text:
    """The name for readers of either language. In English the Japanese one stands behind, to be known again in a message."""
    return Text(name, name if name.isascii() or name_en in ("", name) else f"{name_en} {name}")


# Offices of which every town, district or prefecture has its own. Keys of names, as ``fold`` makes them.
_OFFICES = (
    "警察署 警察本部 県警 府警 道警 税務署 国税局 法務局 地方裁判所 簡易裁判所 家庭裁判所 高等裁判所 地方検察庁 区検察庁 市役所 区役所 町役場 村役場 県庁 府庁 "
    "年金事務所 保健所 消防署 労働基準監督署 公共職業安定所 都消費生活センター 県消費生活センター 市消費生活センター 区消費生活センター 町消費生活センター"
).split()
_SECTION = ("課", "係", "室")
_BRANCHES = ("支店", "支社", "営業所", "出張所", "支局", "店")


def is_office(key: str) -> bool:
    """Whether the key of a name is that of a local public office, or of a section of one: they are real, and more than any
    register holds."""
    names = _office_keys()
    return key.endswith(names) or (key.endswith(_SECTION) and any(name in key for name in names))


@lru_cache(maxsize=1)
def _office_keys() -> tuple[str, ...]:
    return tuple(fold(name) for name in _OFFICES)


def is_branch(key: str) -> bool:
    """Whether the key of a name ends as those of branches do: 見本銀行新宿支店."""
    return key.endswith(_branch_keys())


@lru_cache(maxsize=1)
def _branch_keys() -> tuple[str, ...]:
    return tuple(fold(ending) for ending in _BRANCHES)


def branch_of(key: str, names: Iterable[str]) -> str:
    """The longest of these keys of names of which a branch's key begins with; empty for none."""
    return max((name for name in names if len(name) > 1 and key != name and key.startswith(name)), key=len, default="")


def claims_collection(name: str) -> bool:
    """True for a name that says it is a debt collector (ends in 債権回収, サービサー …). Says nothing of a licence."""
    return fold(name).endswith(_collector_keys())


@lru_cache(maxsize=1)
def _collector_keys() -> tuple[str, ...]:
    return tuple(fold(ending) for ending in _COLLECTOR_ENDINGS)


def _telling(key: str) -> list[str]:
    return sorted(char for char in key if char in _TELLING)


def _fold_once(name: str) -> str:
    return letters.settle(_plain(name, True))


def _plain(name: str, alike: bool) -> str:
    text = _HONORIFIC.sub("", letters.unify(name, alike).strip())
    return letters.letters_only(_strip_forms(text)[0])


def _strip_forms(text: str) -> tuple[str, str | None]:
    """Unified text without legal forms, and the first form found. A name that is nothing but an edge form keeps it."""
    anywhere, at_edge, forms = _form_patterns()
    first = None
    if found := anywhere.search(text):
        first = forms[found[0]]
        text = anywhere.sub(" ", text)
    for _ in range(3):
        text = text.strip(" ,、")
        edge = at_edge.search(text)
        if not edge or edge.span() == (0, len(text)):
            break
        first = first or forms[(edge[1] or edge[2]).strip()]
        text = text[edge.end() :] if edge[1] else text[: edge.start()]
    return text, first


@lru_cache(maxsize=1)
def _form_patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    forms: dict[str, str] = {}
    written: dict[str, list[str]] = {"any": [], "edge": []}
    for where, text, form in bundled.rows("legal_forms.csv"):
        unified = letters.unify(text)
        forms[unified] = form
        written[where].append(unified)
    longest = {where: sorted(set(found), key=lambda one: (-len(one), one)) for where, found in written.items()}
    heads = "|".join(re.escape(one) for one in longest["edge"] if one[-1] == ")" or one in ("k.k.", "kk", "g.k.", "gk"))
    tails = "|".join(re.escape(one) for one in longest["edge"] if not (one[-1] == ")" and one[0] != "("))
    edge = rf"^({heads})(?:(?<=\))|\s)|(?:(?=\()|(?<=[\s,.]))({tails})$"
    return re.compile("|".join(map(re.escape, longest["any"]))), re.compile(edge), forms
