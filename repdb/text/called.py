"""Whose a number in a message is: one that the reader is to call, an office's, or the reader's own (floor 0).

Only a number that the message itself makes its reader call may be reported along with it. A number that merely stands
there may be the victim's, a bystander's or the police's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import compress, pairwise
from typing import NamedTuple

from repdb.categories import INNOCENT_ROLES
from repdb.phone import line_type
from repdb.records import Mention
from repdb.text import hosts, markup, numbers
from repdb.text.fold import fold

PHONES = frozenset({"phone", "masked_phone", "displayed_id"})
_NEAR = 64  # characters before a number that are looked at
_PHONE = r"(?:(?:お?電話|携帯|スマホ|tel|連絡先)(?:電話)?(?:番号)?|番号)"
_IS = r"[ ]?(?:は|が|も|:|=)?[ ]?[「『(]?"
# Those whose numbers people name beside the fraud's: relatives, friends, neighbours, who lost money; and what is ours.
_OTHERS = (
    r"(?:(?<![一-鿿])(?:お?(?:母|父|兄|姉|祖母|祖父|婆|爺|じい|ばあ|嫁|孫)(?:さん|さま|様|ちゃん)?|妻|夫|弟|妹|娘|親|主人|旦那|隣)|(?:母|父|両)親|"
    r"義[母父兄姉弟妹]|[叔伯][母父]|息子|[長次三][男女]|家内|親戚|親類|親族|家族|友人|友達|友だち|知人|知り?合い?|同僚|上司|部下|先輩|後輩|彼女|彼氏|恋人|隣人|隣家|"
    r"近所(?:の(?:人|方|家))?|被害者|被害に遭った(?:人|方)|(?:私|僕|俺|うち|わたし|自分|当方|我が?家|わが家)の[^ \n。、:0-9]{1,8})"
)
_OWN_BEFORE = re.compile(
    rf"(?:(?:登録|届け?出)(?:済み|いただいた|された)?の?[ ]?{_PHONE}"
    rf"|(?:届け?先|配送先|送付先|相談者|受取人|依頼主|契約者|会員|本人|客様|私|僕|俺|自分|(?<![一-鿿])家|自宅|実家)(?:様|さま)?の?[ ]?{_PHONE}"
    rf"|(?:届け?先|配送先|送付先|相談者|受取人|(?<![一-鿿])家|自宅|実家)(?:様|さま)?"
    rf"|{_OTHERS}(?:さん|さま|様)?(?:の家|宅)?の?[ ]?{_PHONE}|{_OTHERS}(?:の家|宅)){_IS}$"
    r"|\b(?:my|your|registered) (?:home |own |registered )?(?:phone|mobile|cell|telephone|number)(?: phone)?(?: number)?(?: is)?[ :]{0,2}$"
    r"|\bmy (?:son|daughter|mother|father|mom|mum|dad|wife|husband|brother|sister|neighbou?r|friend|doctor|lawyer|boss)(?:'s)?(?: at| on|,)? ?\(?$"
    r"|\b(?:(?:my|our|his|her|their) (?:[a-z]{2,12}(?:'s)? ){1,3}|(?:the )?victim's )(?:home )?(?:phone|mobile|cell|telephone|number)(?: phone)?(?: number)?(?: is)?[ :]{0,2}$"
)
_OWN_LOOSE = " はがも:=「『("  # _IS, and how the words before it can end
_OWN_LAST = (
    "号",
    "話",
    "帯",
    "ホ",
    "先",
    "者",
    "人",
    "家",
    "宅",
    "様",
    "さま",
    "l",
    "e",
    "r",
    "is",
    "at",
    "n",
    "d",
    "m",
)
_OWN_AFTER = re.compile(
    r"[ 」』)]{0,2}(?:(?:様|さま|さん|殿)(?![々子式相態方])|(?:は|が)(?:私|自分|自宅|実家|本人|お客様|相談者)の)"
)
# An office or an official word in the same clause: nobody is accused who is only recommended.
_OFFICE = (
    r"(?:公式|正規|本物|本当の|正しい|警察|警視庁|検察|裁判所|消費生活|国民生活|消費者(?:庁|センター|ホットライン)|法テラス|弁護士会|紛失|学校|保育園|病院|医院|"
    r"司法書士会|役所|役場|[都道府県]庁|税務署|国税|年金事務所|保健所|消防|法務局|最寄り|official|genuine|police|court)"
)
_SPARED_BEFORE = re.compile(_OFFICE + r"[^\n。、0-9]{0,16}$")
# What the reader is asked; not what he did, nor what others will do with his number.
_NOT_ASKED = (
    r"(?![^\n。0-9]{0,16}(?:した(?!ら)|しました|かけ(?:た(?!ら)|まし)|て(?:しま|い[たま]|[^\n。0-9]{0,8}(?:もら[いっ]|くれま?し?た|いただ[いき]ま?し?た))|ないで|"
    r"(?:電話|連絡|sms|メッセージ|メール|コード|番号|通知)[をで]?(?:が(?:届|来|き[たて]|かか|鳴|あ[っり])|いたし|致し|しま|差し上げ|さしあげ|お?送)))"
)
_ASKED_AFTER = re.compile(
    rf"[ 」』】)]{{0,2}}(?:(?:へ|まで|迄|宛て?|あて){_NOT_ASKED}|に{_NOT_ASKED}[^\n。0-9]{{0,8}}(?:電話|連絡|折り?返|かけ|発信|問い?合わ?せ|相談))"
)
# お and ご are for the reader; 「…の電話は」 and 「…の連絡先」 say whose a number is, and ask nothing.
_ASKED_BEFORE = re.compile(
    r"(?:お電話(?!番号)|ご連絡は|折り?返し|(?:電話|連絡)(?:して)?(?:を(?!し[たま]|して[いきお]|かけて[いきお]|かけ[たま]|受け|もら|切)|くだ|下さ)"
    r"|(?:^|[\n。、!?】])[ ]?連絡は"
    r"|(?<!\ba )(?<!\bthe )(?<!\bthis )\bcall\b(?! (?:from|came))|\bgive (?:us|me) a call\b|\b(?:dial|ring)\b"
    r"|(?:^|[.,;!?\n] ?|\b(?:please|to|and|or|must|should|now|then) )phone\b(?! (?:number|is)))[^\n。0-9]{0,32}$"
)
_PLEASE = ("さい", "願い")  # one stands in every match of
_PLEASE_BEFORE = re.compile(
    r"(?:電話|連絡|折り?返し?)[^\n。0-9]{0,12}(?:ください|下さい|願い(?:し|いた|致)しま?す|願います)[^0-9ぁ-ゖァ-ヺ一-鿿]{0,6}$"
)
_LABELLED = re.compile(
    r"(?:窓口|(?<![ごの])連絡先|(?:下記|以下|こちら|次|左記|当[社店方]|弊[社所]|担当者?|窓口|合わ?せ|緊急|専用|係|部|課|局|センター|事務所)の連絡先|"
    r"問い?合わ?せ(?:先)?|コールセンター|サポート(?:センター|デスク)|ヘルプデスク|担当者?|直通)[^\n。0-9]{0,8}$"
)
# Whoever writes it says outright that this is the fraud's number.
_ACCUSED_BEFORE = re.compile(
    r"(?:詐欺(?:師|業者|犯)?|架空請求|犯人|迷惑電話)(?:の|に使われた|で使われた)(?:電話)?番号[はが:][ ]?[「『(]?$"
)
_ACCUSED_AFTER = re.compile(r"[ 」』)]{0,2}(?:です|でし[たて]|だ[っと。]|[。、\n]|$)")
# Alone behind a sentence, as text messages of frauds end; not behind words of an office, and not a freephone number.
_ALONE = re.compile(rf"^(?!.*{_OFFICE})(?:.*[。!?\n])?[ 「『【(]{{0,3}}$", re.DOTALL)
_NO_WORD_OF = re.compile(r"[ 」』】)]{0,3}(?![ 」』】)ぁ-ゖ])")
_DESKS = frozenset({"toll_free", "shared_cost"})
_JOINED = re.compile(r"[ 」』】)]{0,2}(?:[、,・/]|または|又は|もしくは|or|か|と)?[ 「『【(]{0,2}")


def is_own(text: str, start: int, end: int) -> bool:
    """Whether the folded text calls the number at ``start:end`` its reader's own, or the victim's."""
    if _OWN_AFTER.match(text, end):
        return True
    before = text[max(0, start - _NEAR) : start]
    if not before.rstrip(_OWN_LOOSE).endswith(_OWN_LAST):
        return False
    clause = max(before.rfind("\n"), before.rfind("。"), before.rfind("、"))
    return _OWN_BEFORE.search(before, clause + 1) is not None


def is_asked(text: str, start: int, end: int) -> bool:
    """Whether the folded text asks its reader to call the number at ``start:end``; a label alone does not."""
    return bool(_ASKED_AFTER.match(text, end)) or _asked_before(text[max(0, start - _NEAR) : start])


def _asked_before(head: str) -> bool:
    """Whether the words before a number ask for a call; but for the last sign, they do so within its own sentence."""
    clause = max(head.rfind("\n", 0, -1), head.rfind("。", 0, -1), 0)
    if _ASKED_BEFORE.search(head, clause):
        return True
    return any(word in head for word in _PLEASE) and _PLEASE_BEFORE.search(head) is not None


def offered(text: str, found: Iterable[Mention], keep: frozenset[str] = frozenset()) -> list[Mention]:
    """What of ``found`` in a message may be reported with it. ``keep``: the keys that the report is about.

    Nothing innocent; of numbers, none that is the reader's own, an office's or called official, and, but for senders,
    only those that the message makes its reader call, or that its writer calls a fraud's (role ``reported``). What redaction
    takes stays gone unless the message asks for a call.
    """
    from repdb.text.redact import redact  # reading a message needs none of it

    told = [mention for mention in found if mention.role not in INNOCENT_ROLES]
    if not any(mention.kind in PHONES for mention in told):
        return told
    shown = markup.read(text).shown.text if markup.looks_like(text) else text
    here, left = _judged(shown), _judged(redact(shown, keep=keep))
    spared = here.spared | left.spared
    senders, callbacks = left.all - spared, (here.asked | (here.labelled & left.all)) - spared
    accused = (here.accused & left.all) - spared - callbacks
    allowed = {"sender": senders, "reported": callbacks | accused}
    told = [m._replace(role="reported") if m.key in accused and m.role == "callback" else m for m in told]
    return [m for m in told if m.kind not in PHONES or m.key in allowed.get(m.role, callbacks)]


class _Judged(NamedTuple):
    """Keys of the numbers in a text: ``spared`` are not to be accused, ``asked`` to be called, ``labelled`` as contacts or
    put there alone, ``accused`` outright."""

    all: set[str]
    spared: set[str]
    asked: set[str]
    labelled: set[str]
    accused: set[str]


def _judged(text: str) -> _Judged:
    folded = fold(text, lower=True)
    shown, closed = folded.text, bytearray(len(folded.text) + 1)
    for link in hosts.find(folded, text):
        closed[link.start : link.end] = b"\1" * (link.end - link.start)
    hits = sorted(numbers.find(folded, text, closed))
    keys = [hit.found.key for hit in hits]
    joined = [bool(_JOINED.fullmatch(shown, one.end, two.start)) for one, two in pairwise(hits)]
    heads = [shown[max(0, hit.start - _NEAR) : hit.start] for hit in hits]
    after = _spread([bool(_ASKED_AFTER.match(shown, hit.end)) for hit in hits][::-1], joined[::-1])[::-1]
    spare = [is_own(shown, hit.start, hit.end) for hit in hits]
    before = (
        _spread([bool(sign(head)) for head in heads], joined)
        for sign in (_SPARED_BEFORE.search, _asked_before, _LABELLED.search)
    )
    spared, asked, labelled = (set(compress(keys, flags)) for flags in before)
    spared |= set(compress(keys, _spread(spare, joined)))
    alone = [
        bool(_ALONE.match(head) and _NO_WORD_OF.match(shown, hit.end)) for head, hit in zip(heads, hits, strict=True)
    ]
    labelled |= {key for key in compress(keys, alone) if line_type(key) not in _DESKS}
    accused = {
        key
        for key, head, hit in zip(keys, heads, hits, strict=True)
        if _ACCUSED_BEFORE.search(head) and _ACCUSED_AFTER.match(shown, hit.end)
    }
    return _Judged(set(keys), spared, asked | set(compress(keys, after)), labelled, accused)


def _spread(flags: list[bool], joined: list[bool]) -> list[bool]:
    """A、B または C へ: one word for all, so a flag goes on to the next number where nothing but such a joint parts them."""
    for at, on in enumerate(joined):
        flags[at + 1] |= on and flags[at]
    return flags
