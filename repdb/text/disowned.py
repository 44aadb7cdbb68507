"""Contacts that a text itself calls fakes, or tells its reader not to use (floor 0).

Who warns of a fraud quotes its link. Fraudsters warn, too, so the grammar is narrow: what calls a contact a fake or forbids it
stands right beside it, and what is only forbidden is spared where the text has no other contact that is strange.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from repdb.text.told import without_denials

_AROUND = 80  # characters beside a contact in its sentence
_FURTHER = 160  # characters behind it that may speak of it again
_NOUN = r"(?:サイト|ページ|url|リンク先?|ドメイン|アドレス|e?メール|メッセージ|ショートメッセージ|ショートメール|sms|番号|電話)"
_FAKE = r"(?:偽|にせ|ニセ|詐欺|フィッシング|不審な|悪質な)"
_OPENED, _CLOSED = r"[ :(「『<\[【\"“]{0,3}$", r"^[ /)」』>\]】\"”]{0,3}"

# It is called a fake, or nobody of ours. What only a screen or a caller says of it is not said by the text.
_FAKE_BEFORE = re.compile(
    rf"{_FAKE}の?{_NOUN}(?:の(?:例|url|アドレス|リンク先?))?[はが]?{_OPENED}|"
    r"\b(?:fake|phishing|scam|fraudulent) (?:site|website|page|link|url|domain|number|address)s?:?[ \"“(]{0,2}$"
)
# Shown as an example by who says that others pose as him.
_EXAMPLE_BEFORE = re.compile(r"(?:^|[ (（・■●])(?:実|文面の?|具体|url)?例[ ]?[:：][^。\n]{0,60}$")
_POSE = re.compile(r"装[いうっ]|よそお[いうっ]|かた[るりっ]|騙[るりっ]|なりすま|偽の")
_CALLED_ABOVE = re.compile(
    rf"^[^。\n]{{0,12}}\n{{1,2}}(?:上記|これ|以上)の?{_NOUN}?は[、 ]?[^。\n]{{0,8}}{_FAKE}の?(?:{_NOUN}|もの)?(?:です|になります|であり)"
)
_REPORTED = r"(?![、,]?と(?:いう|の)?(?:表示|警告|出[たてまる]|判定|検知|検出|誤|みな|認識|ブロック|書かれ|言わ|思[わうい][^。]{0,6}(?:ても|かも|が)))"
_FAKE_AFTER = re.compile(
    rf"{_CLOSED}[はがも、]{{0,2}}{_FAKE}の?(?:{_NOUN}|物|もの)?(?:です|だ|で[、あす]|なので|とみられ|の例|[、)]|$){_REPORTED}|"
    r"^[)/ ]{0,2}(?:is|are|was) (?:an? )?(?:known )?(?:fake|phishing|scam|fraudulent)(?: (?:site|website|page|link|domain|number|url))?s?[.,;!)\n]"
)
_OURS = r"(?:当社|弊社|当行|当店|当庁|当局|私ども|本物|公式)"
_DENIES = (
    rf"{_OURS}[^。\n]{{0,8}}(?:から|の|と(?:は)?|が|サイト)[^。\n]{{0,14}}"
    r"(?:では(?:あり|ござい)ません|ではない|(?:関係|関わり)(?:は|が|の|も)?(?:一切)?(?:(?:あり|ござい)ません|ない)|無関係)"
)
_NOT_OURS_AFTER = re.compile(rf"{_CLOSED}(?:[はがものに][^。\n]{{0,16}}?)?{_DENIES}")
_NOT_OURS_BEFORE = re.compile(rf"{_DENIES}(?:の|な)?{_NOUN}?{_OPENED}")
# Others are the fakes, and this is said to be the right one.
_OTHERS = re.compile(rf"以外|(?:他|ほか|その他)の{_NOUN}|正しくは|正(?:しい|規の?){_NOUN}?は")
# The text leads its reader back to it, speaks of the reader's own data there, or of a mistake.
_BACK = re.compile(
    rf"(?:(?:上記|前記|右記|上)の?{_NOUN}?|(?:この|その|同|こちらの){_NOUN})(?:から|より|にて|で|へ|に|を(?:タップ|クリック|押|開))"
    r"(?:(?![^。\n]{0,24}(?:な[いく]|ません|ず|た(?:方|人|場合|とき|ら)))[^。\n]{0,30}(?:ください|下さい|願い|願います|頂け|いただけ|可能|できます)|(?=[。\n]|$))|"
    r"\b(?:use|tap|click|open|visit|via|through|at|from|by) (?:on )?(?:the |this )?(?:above link|link above|same link)|"
    r"(?<!not )(?<!n['’]t )(?<!never )\b(?:(?:open|visit|use|check) (?:it|there)|(?:remove|delete|cancel|stop) (?:it|them) there)\b|"
    r"(?:あなた|お客様|貴方|貴殿|ご?本人|会員)様?の[^。\n]{0,12}[がは][^。\n]{0,6}(?:載|掲載|公開|登録され|表示され)|"
    r"\byour\b[^.\n]{0,20}\b(?:is|are|was|were) (?:on|listed|shown|exposed|published)\b|\bshows? your\b|"
    r"(?:デマ|嘘|うそ|誤解|誤報|誤検知|誤判定)(?:が|です|で|だ|を|に)"
)
# The text has its reader use it.
_ONWARD = re.compile(
    rf"{_CLOSED}(?:から|より|にて|で|へ|に)(?!ご?注意|気を|つい|関し|対し|よる|似)"
    r"(?![^。\n]{0,30}(?:な[いく]|ません|ず|た(?:方|人|場合|とき|ら)))[^。\n]{0,40}(?:ください|下さい|お?願い|願います|必要|可能|できます)|"
    r"^[)/ ]{0,2}(?:(?:by|and|to|then|please)\b[, ]{0,2})?(?:sign|log|verif|confirm|enter|report it by)[a-z]{0,6}\b"
)

# Somebody poses as another in a message that holds it, or the reader is told to leave it alone.
_POSES = re.compile(
    rf"(?:を(?:名乗[るっ]た?|かた[るっ]た?|騙[るっ]た?|(?:装|よそお)[うっ]た?)|になりすました|とそっくりの)(?:偽の?|不審な|迷惑)?{_NOUN}(?:[や・と]{_NOUN}){{0,2}}{_OPENED}"
)
_GOES_ROUND = re.compile(
    rf"{_CLOSED}(?:の{_NOUN})?[がをもに]?(?:出回|届い|来て|送られ|送信され|見つか|多発|増え|ご?注意|(?:を|が)?(?:確認|報告|発見)(?:し(?:ま|て)|され))"
)
_POSING = re.compile(r"(?:名乗|かた|騙|装|よそお|なりすま|偽の?|不審な|フィッシング|詐欺)[^。\n]{0,40}$")
_LURES_TO = re.compile(
    rf"{_CLOSED}(?:の{_NOUN})?(?:へ|に|への)[^。\n、]{{0,6}}(?:誘導|誘い込|アクセスさせ|接続させ|遷移させ|移動させ)"
)
_USE = (
    r"(?:開か|押さ|触ら|触れ|出|かけ直さ|折り返さ|"
    r"(?:開封|クリック|タップ|アクセス|入力|利用|ログイン|返信|電話|応答|連絡)(?:を?(?:し|せ|され))?)"
)
_NOT = (
    r"(?:ないで(?!い[るた]|[^。、\n]{0,10}(?:場合|ますと|れば|まま|(?<!くださる)と[、返停失]))|ないよう(?!でし|です|であ|なら|な(?:場合|とき|時))|ないこと(?!は|に|が|も)|なさらない|"
    r"ず[に、]{0,2}(?:(?:すぐに?|直ちに|ただちに|速やかに|そのまま|必ず)、?)?ご?(?:削除|無視|破棄|消去|連絡|相談|報告|通報|一報|対応|注意))"
)
_ADVERB = r"(?:(?:絶対に?|決して|くれぐれも|一切)、?)?"
_LEFT_ALONE = rf"{_ADVERB}(?:{_USE}(?:たり|[や、・])){{0,2}}{_USE}(?:や[^。\n]{{0,16}})?(?:を(?:し|され)?)?{_NOT}"
_FORBIDS = re.compile(
    rf"{_CLOSED}(?:(?:など|等|という|といった|みたいな|のような|を含む|からの|への|の){{0,2}}{_NOUN}?[がはをにへも]{{0,2}}[、 ]?){_LEFT_ALONE}|"
    rf"{_CLOSED}(?:のような|という|といった|などの|等の|を含む|の)?{_NOUN}?を(?:お送り|送信|送付|ご?案内|配信|お知らせ)"
    r"(?:(?:する|いたす|している)?こと(?:は|が)(?:一切|決して|絶対に)?(?:あり|ござい)ません|(?:して|いたして)は?(?:いま|おりま)せん)"
)
_SAID_SO = re.compile(  # by others, or to others
    r"(?:ください|下さい)?[、,]?(?:と[^。\n]{0,12}(?:警告|表示|出[たてまる]|判定|言わ)|[ (]{1,2}(?:[12][0-9]歳|未成年|子供|本人以外|関係者以外|第三者))"
)
_FORBIDS_ABOVE = re.compile(
    rf"(?:上記|当該|これら|この|その|本文中)の?(?:不審な|偽の?)?{_NOUN}?(?:や{_NOUN})?(?:等|など)?[がはをにへも]{{1,2}}、?{_LEFT_ALONE}"
)
_ENGLISH = re.compile(r"\b(?:phishing|fake|scam|fraudulent|impersonating|(?:pretend|claim)ing to be)\b[^.\n]{0,60}$")
_ENGLISH_NOT = re.compile(
    r"^[)/ ]{0,2}[.,;:]?[ ]{0,2}(?:please )?(?:do not|don['’]t|never) (?:click|open|tap|visit|follow|reply|access)"
    r"(?: (?:on|to|it|this|that|these|those|the|them|here|links?|messages?|sites?|pages?)){0,4}(?=[.,;!)\n]|$| (?:and|or|but)\b)"
)

# What each of them has one of.
_CUE = re.compile(r"偽|にせ|ニセ|詐欺|フィッシング|不審|悪質|無関係|ません|ない|ず|名乗|かた|騙|装|よそお|なりす|そっくり|phish|fake|scam|fraud|imperson|ing to be", re.IGNORECASE)  # fmt: skip


def spared(text: str, places: Iterable[tuple[int, int]], presses: bool = False) -> frozenset[int]:
    """The starts of those contacts at ``places`` (start, end) that work on nobody: those that the text calls fakes or not
    its own, and, where no other is left and it ``presses`` for no click, those that it forbids. ``places``: all that nobody
    vouches for."""
    if not _CUE.search(unicodedata.normalize("NFKC", text)):
        return frozenset()
    called: set[int] = set()
    forbidden: set[int] = set()
    left = presses
    for start, end in places:
        before, after = _beside(text, start, end)
        if _leads_back(text, end) or _ONWARD.search(after):
            left = True
        elif disowns(before, after) or _CALLED_ABOVE.search(_folded(text[end : end + _FURTHER])):
            called.add(start)
        elif forbids(before, after) or _forbids_above(text, end) or _is_example(text, start, before):
            forbidden.add(start)
        else:
            left = True
    return frozenset(called if left else called | forbidden)


def disowns(before: str, after: str) -> bool:
    """Whether what stands between these parts of a sentence is called a fake, or not the sender's own."""
    if _OTHERS.search(before) or _OTHERS.search(after):
        return False
    fake = _FAKE_BEFORE.search(before) and not _POSES.search(before)
    return bool(fake or _FAKE_AFTER.search(after) or _NOT_OURS_AFTER.search(after) or _NOT_OURS_BEFORE.search(before))


def forbids(before: str, after: str) -> bool:
    """Whether it is only quoted from somebody who poses as another, or not to be used."""
    if _OTHERS.search(before) or _OTHERS.search(after):
        return False
    forbidden = _FORBIDS.search(after)
    if (forbidden and not _SAID_SO.match(after, forbidden.end())) or (
        _POSES.search(before) and _GOES_ROUND.search(after)
    ):
        return True
    if _POSING.search(before) and _LURES_TO.search(after):
        return True
    return bool(_ENGLISH.search(before) and _ENGLISH_NOT.search(after))


def _is_example(text: str, start: int, before: str) -> bool:
    return bool(_EXAMPLE_BEFORE.search(before) and _POSE.search(text, max(0, start - _FURTHER), start))


def _leads_back(text: str, end: int) -> bool:
    """Whether what follows sends the reader to what stood before."""
    return _BACK.search(_folded(text[end : end + _FURTHER])) is not None


def _forbids_above(text: str, end: int) -> bool:
    return _FORBIDS_ABOVE.search(_folded(text[end : end + _FURTHER])) is not None


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Its sentence before and behind a place, folded, without the fakes that it denies."""
    before = re.split(r"[。\n!！?？]", text[max(0, start - _AROUND) : start])[-1]
    after = re.split(r"[。\n!！]", text[end : end + _AROUND], maxsplit=1)[0]
    return _folded(before), _folded(after)


def _folded(part: str) -> str:
    return without_denials(unicodedata.normalize("NFKC", part).lower())


# Whom a message names only to say that others pose as it.
_POSED = re.compile(r"[ 」』】)）]{0,2}(?:を|と|に)(?:名乗|かた[るりっ]|騙|装[いうっ]|よそお[いうっ]|なりすま)")
# 「見本電話です。未納料金が…」という自動音声の電話
_QUOTED = re.compile(
    r"[^「」\n]{0,90}」(?:という|といった|などと(?:いう|いった)?|との|のような)[^。\n「」]{0,12}"
    r"(?:電話|音声|メール|sms|ショートメッセージ|メッセージ|はがき|ハガキ|葉書|連絡|通知|文面)",
    re.IGNORECASE,
)
_POSED_BEFORE = re.compile(r"(?:(?:pretend|claim)ing to be(?: from)?|impersonating) (?:the )?$", re.IGNORECASE)


def is_posed(text: str, start: int, end: int) -> bool:
    """Whether the name at that place is one that somebody else goes by: 佐川急便を名乗る."""
    if _POSED.match(text, end) or _POSED_BEFORE.search(text[max(0, start - 32) : start]):
        return True
    opened = text.rfind("「", max(0, start - 60), start + 1)
    return opened >= 0 and "」" not in text[opened:start] and _QUOTED.match(text, end) is not None
