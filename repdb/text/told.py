"""Phrases that a text only tells of: what a warning, a news item or a helpline quotes from frauds (floor 0).

Who warns of a fraud writes the fraud's own words. A phrase is *told* where its sentence says that such messages are fraud,
that somebody pretends it, or that nobody is ever asked for it. Only that sentence is spared: phishing warns of phishing, too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter

from repdb.text.phrases import PhraseHit

_LONGEST = 400  # characters of one sentence that are looked at
_NOUN = (
    r"(?:電話|音声|メール|メッセージ|sms|ショートメッセージ|ショートメール|はがき|ハガキ|葉書|通知|文言|文面|表示|画面|広告|投稿|"
    r"添付ファイル|募集|勧誘|相談|書面|書き込み|案内|サイト|手紙|訪問|人物|者|事案|ケース|トラブル)"
)
_CUE = re.compile(
    # It is fraud, or somebody's trick.
    r"(?:詐欺|架空請求|フィッシング|闇バイト|偽物|(?<!性)犯罪)(?:です|だ(?:と|よ(?!ね)|から|って)|らし[いく]|なんだ(?:って|よ(?!ね)|から)|とみられ|と思われ|の?手口|の?予兆|に(?:ご|要)?注意|[がは](?:多発|急増|増え|増加|相次|発生)|"
    rf"の(?:疑い|恐れ|おそれ|相談|被害が)|の?{_NOUN}|に応募|への応募|を?見破)|手口|訓練|偽(?:の)?{_NOUN}|だまされな|騙されな|逮捕された|が逮捕|"
    # Somebody pretends it.
    r"を?装[いうっ]|騙[るりっ](?!取)|かた[るりっ]|(?:を|と)名乗[るりっ]|になりすまし|を称する|と称[すし]|"
    rf"不審な?{_NOUN}|"
    # Somebody else says it.
    rf"(?:という|といった|などの|などと(?:いう|いった)|との|とする|等の|等と(?:いう|いった)|と書かれた|と記載された)(?:内容の|趣旨の|不審な|偽の|うその)?{_NOUN}|"
    r"」(?:など|等)?と[^。]{0,10}(?:電話|メール|sms|連絡|メッセージ|音声)|よう(?:に)?(?:言われ|指示|求め|促|迫|要求)|と言われ|と表示され|を?要求され|だまし取|騙し取|犯人の口座|"
    r"」(?:など|等)?って(?=[。、!?…\s]|$)|」(?:など|等)?と(?:表示|書かれ|言われ|告げ|言って|言い|話し|うそ|嘘|持ちかけ|誘[いわ])|"
    # Somebody asks what to make of it.
    rf"本物(?:です)?か?(?:な|しら)?[?？]|(?:詐欺|怪しい|迷惑メール|フィッシング)(?:ですか|でしょうか|かな|なの[?？か]|だよね|ですよね)|(?:って(?:{_NOUN}|連絡)(?:が|、)?|(?<![買行持送取撮借帰戻っ])って(?:が|、)?)(?:来た|きた|来て|きて|来ま|きま|届い)|"
    rf"{_NOUN}が(?:あって|あった(?:ん|の)|来て|きて|来た(?:ん|の)|きた(?:ん|の)|かかってき|届いた(?:ん|の))|無視(?:して|で)(?:も)?(?:いい|よい|良い|大丈夫)|"
    # Nobody asks for it, or only of who has fallen for it already.
    r"(?:案内|誘導|お願い|お尋ね|お伺い|入力の?お願い)(?:は|を)(?:一切|決して)?(?:行いません|行っていません|行っておりません|しません|いたしません|致しません|しておりません)|"
    r"(?:入力|操作|送金|振込)は(?:一切)?(?:必要ありません|必要ございません|不要|行いません)|(?:負担|費用|料金)は(?:一切)?(?:ございません|かかりません)|お(?:伺い|聞き|尋ね)(?:し|いたし|致し)ません|"
    r"(?:入力|応答|返信|開|クリック|タップ|教え|伝え|送信|購入|支払)(?:し|い|っ|え)?(?:て)?(?:しまった|た)(?:場合|方は|ら)|"
    r"(?:アクセス|ログイン|登録|ダウンロード|インストール|開封|電話|連絡)してしまった(?:場合|方は|ら)|"
    r"ことは(?:一切|決して|絶対|ござい|あり|ない|しておりま|していま)|(?:行って|送って|送信して|お願いして|発行して)(?:は)?お?り?い?ません|受け取れません|"
    r"(?:開か|クリックし|タップし|押さ|アクセスし|連絡し|電話し|応じ|返信し|支払わ|信じ|信用し|教え|入力し|購入し|渡さ|かけ)ないで|"
    r"絶対に[^。]{0,10}(?:ない|ず)|"
    # Somebody warns.
    r"(?:押し|開い|クリックし|タップし|出|かけ)(?:ちゃ|たら|ては)(?:絶対)?(?:ダメ|だめ|駄目|いけない)|例[:：] ?「|"
    r"電話を切[っりる]|(?:警察|センター|188|9110|110番?|窓口)(?:など)?(?:に|へ|と|まで)ご?(?:相談|通報)(?!した|しない|すると)|"
    r"呼び?[かが]け|注意喚起|にご?注意|ご注意を|注意してください|相談が(?:寄せ|増え|相次)|被害[がも](?:多発|増え|増加|相次|発生|確認)|"
    r"(?:流出|漏えい|漏洩|不正アクセス)[^。]{0,14}(?:お詫び|の可能性|のおそれ|の恐れ|が判明|に関する|事案|事象)|"
    r"虚偽の?(?:メール|電話|情報|寄付|要請|請求|広告|サイト)|前兆電話|便乗した|懸念され|狙われてい|犯人(?:[はが](?!あなた|お客様|貴方|[^。]{0,6}名義)|と)|不審に思|不審な(?:点|こと)|詐欺(?:被害|電話|行為|メール)|"
    r"beware|be careful (?:with|of)|is a scam|are scams|we (?:will )?never|(?<!if you )(?<!unless you )(?:never|do not|don['’]t) (?:ask|call|share|give|click|pay|access|enter|reply|respond|rush)|"
    r"claim(?:ing|s|ed) to be|(?:fake|phishing|scam) (?:delivery|messages?|notices?|texts?|e-?mails?|websites?|sites?|calls?)|messages? (?:states?|says?) that|"
    r"\b(?:messages?|e-?mails?|texts?|they|callers?|scammers?) (?:will|may|might|could|can) (?:ask|say|claim|look|tell|appear|pretend)|looks? like (?:it|they)(?:'s|’s|'re|’re| is| are) from|"
    r"scam(?:mer)?s (?:claim|say|pretend|pose|who|that|are|have|send|will|call|use|may)|warned (?:me|us|you) (?:about|of)|\bgot one (?:too|of)|pretend(?:ing)? to be|fraudulent (?:message|mail|email|call|text)s?"
)


# A fake that is denied is none (偽サイトではありません), unless somebody asks whether it is one.
_DENIED = re.compile(
    rf"(?:偽(?:の)?{_NOUN}?|偽物|にせもの|詐欺|フィッシング|迷惑|スパム|架空請求|不審な|怪しい|ウイルス){_NOUN}?(?:など|等|の類)?(?:じゃ|では|でも)(?:ない|なく|ありません|ございません)(?!です?か|でしょうか|か|[?？])|"
    r"(?:\bnot|n['’]t)(?: an?)? (?:fake|scam|phishing|fraud|spam)\b"
)


# Who keeps the reader from those that could help warns of nothing.
_SECRECY = re.compile(
    r"(?:警察|家族|銀行員?|行員|誰|他人|周り|周囲|弁護士|友人)(?:の(?:人|方))?(?:など|等)?(?:に|へ|と)[はも]?[^。\n]{0,8}(?:連絡|電話|通報|相談|話)[しさ]?(?:ない(?:で|よう|こと)|ず)|"
    r"\b(?:do not|don['’]t|never) (?:call|contact|tell|talk to|speak to|inform) (?:the |your )?(?:police|bank|any ?one|anybody|family|lawyer|friends)\b"
)


def without_denials(folded: str) -> str:
    """The folded text without the fakes that it says it is not."""
    return _DENIED.sub("", folded)


_ENDS = re.compile(r"[「『」』。!?！？\n]|(?<=[a-z0-9)\"'])\.(?=[ ]{1,2}[A-Z])")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text as spans; a quotation in 「」 belongs to the sentence around it."""
    start, quoted = 0, -1
    for found in _ENDS.finditer(text):
        sign = found[0]
        if sign in "「『":
            quoted = found.start()
        elif sign in "」』":
            quoted = -1
        elif quoted < 0 or sign == "\n" or found.start() - quoted > _LONGEST:
            yield start, found.end()
            start, quoted = found.end(), -1
    if start < len(text):
        yield start, len(text)


def split_told(
    text: str, hits: Iterable[PhraseHit], contacts: Iterable[int] = (), *, spoken: bool = False
) -> tuple[tuple[PhraseHit, ...], tuple[PhraseHit, ...]]:
    """(phrases that the text itself says, phrases that it only tells of), each in order of place. ``contacts``: where it
    makes its reader call or open what nobody vouches for; who only warns does so in no sentence but those that warn.
    ``spoken``: it is a call or a short message, which lists no words of frauds: what it commands, it wants."""
    said: list[PhraseHit] = []
    told: list[PhraseHit] = []
    found = sorted(hits, key=lambda hit: hit.start)
    if not found:
        return (), ()
    places = sorted(contacts)
    spans = [
        (start, end, warning(text[start : min(end, start + _LONGEST)]) and not _commands(text, start, end, places))
        for start, end in sentences(text)
    ]
    titled = any(_TITLE.search(text[start:end]) for start, end, _ in spans[:_HEAD])
    written = sum(not text[start:end].isspace() for start, end, _ in spans)
    throughout = sum(warns for *_, warns in spans) >= max(2 if titled else _SEVERAL, written * _MUCH)
    if throughout and _presses(found, spans):
        throughout = all(_told_at(spans, at) for at in places)
    place = iter(spans)
    end, warns, covered = 0, False, throughout
    for hit in found:
        while hit.start >= end and (span := next(place, None)):
            start, end, warns = span
            covered = throughout and not (spoken and _COMMAND.search(text, max(start, end - _TAIL), end))
        (told if warns or (covered and not hit.group.startswith("demand_")) else said).append(hit)
    return tuple(said), tuple(told)


_TAIL = 40  # characters at the end of a sentence that are looked at
# How a sentence ends that tells its reader to do something, and is no "do not".
_COMMAND = re.compile(
    r"(?:(?<!ない)(?:て|で)|を|の上|[ごお][一-鿿ぁ-ん]{1,6})[、]?(?:ください|下さい|お願い(?:し|いた|致)します|願います)[。!！\s]*$"
)


def _commands(text: str, start: int, end: int, places: list[int]) -> bool:
    """Whether a sentence has its reader do something by one of the contacts at ``places``, and does not quote it."""
    at = bisect_right(places, start - 1)
    if at == len(places) or places[at] >= end:
        return False
    before = text[start : places[at]]
    quoted = max(before.rfind(sign) for sign in "「『") > max(before.rfind(sign) for sign in "」』")
    return not quoted and _COMMAND.search(text, max(start, end - _TAIL), end) is not None


Span = tuple[int, int, bool]  # a sentence, and whether it warns


def _told_at(spans: list[Span], place: int) -> bool:
    return spans[bisect_right(spans, place, key=itemgetter(0)) - 1][2]


def _presses(hits: Iterable[PhraseHit], spans: list[Span]) -> bool:
    """Whether the sentences that do not warn press by themselves; helplines want calls, too."""
    groups: dict[str, float] = {}
    for hit in hits:
        demand = hit.group.startswith("demand_")
        if not demand and hit.weight > groups.get(hit.group, 0.0) and not _told_at(spans, hit.start):
            groups[hit.group] = hit.weight
    return sum(groups.values()) >= _PRESSING


_PRESSING = 1.2  # of weights of phrases, each group's strongest
# From so many sentences on, and such a part of all, the whole text is a warning; phishing has one or two.
_SEVERAL, _MUCH = 3, 0.2
# A heading that warns, among the first sentences or lines.
_HEAD = 6
_TITLE = re.compile(
    r"(?:詐欺|不審|迷惑メール|迷惑電話|フィッシング|架空請求|偽|装[うっ]た?|騙る|かたる|名乗る|悪質|予兆)[^。\n]{0,24}(?:注意|警戒|用心|気をつけ|だまされな|騙されな)"
)


def warning(sentence: str) -> bool:
    """Whether a sentence tells of fraud, or says that nobody asks for such a thing."""
    folded = without_denials(unicodedata.normalize("NFKC", sentence).lower())
    return bool(_CUE.search(_SECRECY.sub("", folded)))
