"""The closed vocabularies, with their names in Japanese and English (floor 0). The only list of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from repdb.records import Text

CATEGORIES: dict[str, Text] = {
    "fake_billing": Text("架空請求", "fake billing"),
    "unjust_billing": Text("不当請求", "unjust billing"),
    "one_click": Text("ワンクリック請求", "one-click billing"),
    "impersonated_collector": Text("債権回収会社のなりすまし", "impersonated debt collector"),
    "delivery": Text("宅配便のなりすまし", "parcel delivery impersonation"),
    "bank_phishing": Text("銀行のフィッシング", "bank phishing"),
    "card_phishing": Text("クレジットカードのフィッシング", "card phishing"),
    "account_phishing": Text("アカウントのフィッシング", "account phishing"),
    "tax_or_public_office": Text("税務署・役所のなりすまし", "tax or public office impersonation"),
    "utility": Text("電気・ガス・水道・通信のなりすまし", "utility impersonation"),
    "refund": Text("還付金・返金", "refund"),
    "police_impersonation": Text("警察・検察のなりすまし", "police impersonation"),
    "family_impersonation": Text("家族・知人のなりすまし", "impersonation of family or friends"),
    "job_offer": Text("副業・求人", "job offer"),
    "investment": Text("投資", "investment"),
    "international_callback": Text("国際電話への折り返し", "international call-back"),
    "nuisance_sales": Text("しつこい勧誘", "nuisance sales"),
    "silent_call": Text("無言電話・ワン切り", "silent call"),
    "other": Text("その他", "other"),
}
# The same as a sentence says what was reported: "other" alone says nothing.
REPORTED_FOR = CATEGORIES | {"other": Text("不審な連絡", "suspicious contact")}

ROLES: dict[str, Text] = {
    "sender": Text("発信元", "sender"),
    "callback": Text("折り返し先", "callback"),
    "link": Text("リンク先", "link"),
    "claimed": Text("名乗った名前", "claimed name"),
    "reported": Text("報告された番号", "reported"),
    "official": Text("公式の連絡先", "official contact"),
    "advertiser": Text("広告・宣伝の連絡先", "advertiser"),
}
# Identifiers in these roles are never counted as scam, whatever page they stand on.
INNOCENT_ROLES = frozenset({"official", "advertiser"})

VERDICTS: dict[str, Text] = {
    "dangerous": Text("危険", "Dangerous"),
    "suspicious": Text("要注意", "Suspicious"),
    "past": Text("過去に報告あり", "Reported in the past"),
    "unreported": Text("報告なし", "No report so far"),
    "official": Text("公式", "Official"),
    "disputed": Text("異議申立て中", "Disputed"),
}
ADVERSE_VERDICTS = frozenset({"dangerous", "suspicious", "past", "disputed"})

STANCES: dict[str, Text] = {
    "adverse": Text("被害・不審の報告", "adverse"),
    "benign": Text("問題ないという報告", "benign"),
    "dispute": Text("持ち主の異議", "dispute by the owner"),
}

KINDS: dict[str, Text] = {
    "phone": Text("電話番号", "phone number"),
    "masked_phone": Text("一部を伏せた電話番号", "masked number"),
    "short_number": Text("短い番号・特番", "short or service number"),
    "displayed_id": Text("番号計画にない表示番号", "displayed ID outside the numbering plan"),
    "domain": Text("ドメイン", "domain"),
    "email": Text("メールアドレス", "e-mail address"),
    "sender_id": Text("送信者名", "sender ID"),
    "company": Text("会社名", "company name"),
}

COMPANY_STATUS: dict[str, Text] = {
    "genuine": Text("実在", "genuine"),
    "fictitious": Text("架空", "fictitious"),
    "unverified": Text("未確認", "unverified"),
}

SOURCE_KINDS: dict[str, Text] = {
    "official": Text("公的機関の公表", "official notice"),
    "feed": Text("データ提供", "feed"),
    "article": Text("記事", "article"),
    "board": Text("口コミ掲示板", "board"),
    "contributor": Text("利用者の報告", "contributors"),
    "partner": Text("提携先", "partner"),
    "peer": Text("他の repdb", "another repdb"),
    "reference": Text("参照資料", "reference data"),
}

REPORT_STATUS: dict[str, Text] = {
    "pending": Text("確認待ち", "pending review"),
    "accepted": Text("受理", "accepted"),
    "rejected": Text("却下", "rejected"),
    "withdrawn": Text("取下げ", "withdrawn"),
}

DISPUTE_STATUS: dict[str, Text] = {
    "open": Text("確認中", "being verified"),
    "verified": Text("本人と確認済み", "owner verified"),
    "refused": Text("認められませんでした", "not accepted"),
    "closed": Text("取下げ・終了", "closed"),
}
# What a receipt or a line of the audit log is about → its states.
STATUS_OF = {"report": REPORT_STATUS, "dispute": DISPUTE_STATUS}

# What a source or a spreadsheet may call a category: folded to lower case, spaces removed.
CATEGORY_ALIASES: dict[str, str] = {name.ja: code for code, name in CATEGORIES.items()} | {
    "架空請求詐欺": "fake_billing",
    "未納料金": "fake_billing",
    "ワンクリック詐欺": "one_click",
    "不在通知": "delivery",
    "宅配": "delivery",
    "フィッシング": "account_phishing",
    "phishing": "account_phishing",
    "還付金詐欺": "refund",
    "還付金": "refund",
    "警察": "police_impersonation",
    "副業": "job_offer",
    "投資詐欺": "investment",
    "国際電話": "international_callback",
    "ワン切り": "silent_call",
    "無言電話": "silent_call",
    "勧誘": "nuisance_sales",
    "営業": "nuisance_sales",
    "迷惑電話": "nuisance_sales",
}

# Everyday words for what we name otherwise, as people fill them into a table. Only there: in prose they say too little.
_EVERYDAY: dict[str, str] = {
    word: code
    for code, words in {
        "fake_billing": "架空料金請求 架空料金請求詐欺 架空請求メール 架空請求sms 架空請求ハガキ 架空請求はがき 未納料金請求 料金未納 未払い料金 未払料金 利用料金請求 身に覚えのない請求",
        "unjust_billing": "不当な請求 不当料金請求",
        "one_click": "ワンクリック ワンクリック不当請求 ワンクリック請求詐欺",
        "impersonated_collector": "債権回収 債権回収詐欺 債権回収会社 なりすまし債権回収",
        "delivery": "宅配便 宅配業者 宅配便詐欺 宅配詐欺 宅配業者なりすまし 宅配便なりすまし 不在通知sms 不在通知詐欺",
        "bank_phishing": "銀行フィッシング 銀行なりすまし 銀行詐欺 インターネットバンキング不正送金 不正送金",
        "card_phishing": "カードフィッシング クレジットカード詐欺 カード会社なりすまし",
        "account_phishing": "フィッシング詐欺 フィッシングメール フィッシングサイト スミッシング アカウント乗っ取り なりすましメール phishingscam smishing",
        "tax_or_public_office": "税務署 国税庁 役所 市役所 税務署なりすまし 国税庁なりすまし 役所なりすまし 公的機関なりすまし",
        "utility": "電力会社なりすまし 通信会社なりすまし",
        "refund": "還付 返金詐欺 医療費還付",
        "police_impersonation": "警察詐欺 警察官詐欺 警察官なりすまし 警察なりすまし 検察 ニセ警察 ニセ警察詐欺 偽警察 偽警察官",
        "family_impersonation": "オレオレ詐欺 おれおれ詐欺 俺俺詐欺 オレオレ 家族なりすまし 親族なりすまし 息子なりすまし 知人なりすまし",
        "job_offer": "副業詐欺 闇バイト 在宅ワーク",
        "investment": "投資勧誘 sns型投資詐欺 投資勧誘詐欺 sns型投資・ロマンス詐欺 金融商品詐欺 金融商品等取引名目 暗号資産 仮想通貨",
        "international_callback": "国際電話詐欺 国際ワン切り 海外からの電話",
        "nuisance_sales": "営業電話 迷惑営業 勧誘電話 電話勧誘 セールス セールス電話 しつこい営業 営業勧誘 テレアポ 迷惑勧誘 不動産勧誘 電話勧誘販売 訪問販売 訪問購入 押し買い 点検商法 不用品回収 telemarketing",
        "silent_call": "ワンギリ 無言 無音 無音電話",
        "other": "振り込め詐欺 特殊詐欺 預貯金詐欺 キャッシュカード詐欺盗 融資保証金詐欺 ギャンブル詐欺 交際あっせん詐欺 ロマンス詐欺 sns型ロマンス詐欺 "
        "サポート詐欺 アポ電 自動音声 詐欺 sms詐欺 詐欺sms 迷惑sms 不審sms 不審なsms sms メール 電話 scam spam fraud phonescam smsscam "
        "詐欺電話 詐欺メール 迷惑メール 不審な電話 不審電話 不審なメール 不審メール なりすまし 不明 未分類 なし 特になし",
    }.items()
    for word in words.split()
}  # fmt: skip
_ROLE_WORDS: dict[str, str] = {name.ja: code for code, name in ROLES.items()} | {
    word: code
    for code, words in {
        "sender": "発信 発信者 発信番号 発信者番号 送信元 送信者 差出人 着信 caller from",
        "callback": "折り返し 折返し 折返し先 折返 折返先 かけ直し先 連絡先 返信先 call-back",
        "link": "リンク 誘導先 url サイト",
        "claimed": "名乗り 自称 名乗った会社",
        "reported": "報告 報告番号 相手 相手の番号",
        "official": "公式 正規 公式窓口 公式番号 本物 相談窓口 公的窓口",
        "advertiser": "広告 宣伝 広告主",
    }.items()
    for word in words.split()
}
_STANCE_WORDS: dict[str, str] = {name.ja: code for code, name in STANCES.items()} | {
    word: code
    for code, words in {
        "adverse": "迷惑 迷惑電話 不審 被害 詐欺 悪質 怪しい あやしい 危険 要注意 偽 偽物 偽サイト ブラック 黒 scam scammer spam fraud fraudulent phishing "
        "phish malicious malware suspicious suspect dangerous unsafe bad fake blacklist blacklisted",
        "benign": "問題なし 問題ない 正常 安全 安心 無害 正規 公式 本物 正当 ホワイト 白 無罪 誤検知 safe ok harmless benign legit legitimate official genuine "
        "ham good clean trusted whitelist whitelisted false_positive",
        "dispute": "異議 異議申立て 異議申し立て 異議申立 誤報告 誤り",
    }.items()
    for word in words.split()
}

# The English names that answers show, folded alike; no words to look for in prose ("other", "refund").
_SHOWN = {"".join(name.en.casefold().split()): code for code, name in CATEGORIES.items()}


def listed(names: Mapping[str, Text]) -> Text:
    """The codes that may be written, for a person to choose from: 架空請求(fake_billing)、…"""
    known = {code: name for code, name in names.items() if code}
    return Text("、".join([f"{name.ja}({code})" for code, name in known.items()]), ", ".join(known))


def read_category(text: str) -> str | None:
    """The category that a word means, or ``None`` when it is not one of ours. Empty means ``other``."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    if not words:
        return "other"
    code = "_".join(words).replace("-", "_")
    word = "".join(words)
    return code if code in CATEGORIES else CATEGORY_ALIASES.get(word) or _EVERYDAY.get(word) or _SHOWN.get(word)


def read_role(text: str) -> str | None:
    """The role that a word means, or ``None``."""
    return _meant(text, ROLES, _ROLE_WORDS)


def read_stance(text: str) -> str | None:
    """The stance that a word means, or ``None``."""
    return _meant(text, STANCES, _STANCE_WORDS)


_YES = frozenset(
    "1 1.0 y yes true t はい 有 あり ○ 〇 ◯ 該当 する 迷惑 詐欺 不審 scam spam fraud phishing malicious".split()
)
_NO = frozenset(
    "0 0.0 n no false f いいえ 無 なし × x 非該当 しない 安全 safe benign ham legit legitimate official".split()
)


_PRAISE = re.compile(
    r"正規|公式|本物|信頼|安全|安心|良い|よい|いい(?!え|か)|重要な電話|問題な[しい]|great|good|useful|trust|helpful|genuine|safe"
)
_BLAME = re.compile(
    r"迷惑|危険|悪|詐欺|怪し|しつこ|不審|うざ|不快|嫌|要注意|スパム|scam|spam|fraud|bad|annoying|harass|danger|suspicious|nuisance"
)
_TURNED = re.compile(
    r"な[いく]|ません|ではあ|じゃ|不(?!審|快)|非|無(?!料)|偽|not|never|n't|no(?=good|safe|trust|help|use)|un(?:safe|trust)|distrust"
)


def read_rating(text: str) -> str | None:
    """The stance that somebody's opinion means; ``None`` for stars, figures and words that do not say whether they praise
    or blame: five stars are good on one board and dangerous on another."""
    word = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    if stance := read_stance(word):
        return stance
    praises, blames = bool(_PRAISE.search(word)), bool(_BLAME.search(word))
    if praises == blames or _TURNED.search(word):
        return None
    return "benign" if praises else "adverse"


# What a column of states or results says of much else: an address that answers is OK, and a ticket that is done is good.
_LOOSE = frozenset("ok good clean 正常 正当 白 無罪".split())
# Of a row that no longer stands, or is not about the other side.
_VOID = re.compile(
    r"false.?positive|reject|withdraw|withdrew|remov|delist|delet|retract|invalid|revok|cancel|notfraud|nofraud|notscam|noscam|notspam|"
    r"誤登録|誤報|誤検知|誤り|取り?消|取り?下げ|解除|削除|却下|無効|撤回|被害者|相談者|該当(?:なし|せず|しない)|詐欺では?な|問題な[しい]"
)
_GENUINE = re.compile(r"(?:正規|公式|本物|正当)(?:の|な|と|で|$)")


def read_state(text: str) -> str:
    """``benign`` where a state or result says in so many words that nothing is wrong, ``void`` where the row no longer
    stands or is not about the other side, and empty for all else that such a column may hold."""
    word = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    if word not in _LOOSE and read_stance(word) == "benign":
        return "benign"
    genuine = _GENUINE.search(word) and not _NOTE_TURNED.search(word)
    return "void" if genuine or _VOID.search(word) else ""


# A note that takes back what its row seems to say.
_INNOCENT_NOTE = re.compile(
    r"(?:正規|公式|本物)の?(?:電話)?(?:番号|電話|サイト|url|連絡先|窓口|ドメイン)?(?:だ|である|です|でした|と)(?:確認|判明|分か|わか)|"
    r"(?:被害者|相談者|通報者|申出人)の(?:電話)?番号(?:です|でした|。|、|$)|詐欺では(?:ありませんでした|なかった|ありません。?$)|"
    r"(?:not (?:a )?(?:scam|fraud)|false positive|no fraud found|is (?:a )?(?:legitimate|genuine))"
)
_NOTE_TURNED = re.compile(
    r"偽|装|かた[るりっ]|騙|称し|名乗|思わせ|見せかけ|誤認|とは限|言[いうっわ]|か(?:どうか|も)|\?|？|said|says|claim|pretend"
)


def acquits(note: str) -> bool:
    """Whether a note says that its row's number or site is nobody's fraud, or the victim's."""
    folded = unicodedata.normalize("NFKC", note).casefold()
    found = _INNOCENT_NOTE.search(folded)
    return bool(found) and not _NOTE_TURNED.search(folded)


def read_flag(text: str) -> str | None:
    """The stance that the answer to "is it a fraud?" means, or ``None``."""
    word = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return "adverse" if word in _YES else "benign" if word in _NO else read_stance(word)


def read_genuine(text: str) -> str:
    """The stance that the answer to "is it the genuine one?" means; empty for what is no answer, such as the genuine one."""
    word = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    turned = {"adverse": "benign", "benign": "adverse"}
    return read_stance(word) or turned.get(read_flag(word) or "", "")


def _meant(text: str, codes: Mapping[str, Text], words: Mapping[str, str]) -> str | None:
    word = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return word if word in codes else words.get(word)
