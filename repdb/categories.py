"""The closed vocabularies, with their names in Japanese and English (floor 0). The only list of each."""

from __future__ import annotations

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
    "job_offer": Text("副業・求人", "job offer"),
    "investment": Text("投資", "investment"),
    "international_callback": Text("国際電話への折り返し", "international call-back"),
    "nuisance_sales": Text("しつこい勧誘", "nuisance sales"),
    "silent_call": Text("無言電話・ワン切り", "silent call"),
    "other": Text("その他", "other"),
}

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

# The English names that answers show, folded alike; no words to look for in prose ("other", "refund").
_SHOWN = {"".join(name.en.casefold().split()): code for code, name in CATEGORIES.items()}


def read_category(text: str) -> str | None:
    """The category that a word means, or ``None`` when it is not one of ours. Empty means ``other``."""
    words = text.casefold().split()
    if not words:
        return "other"
    code = "_".join(words).replace("-", "_")
    word = "".join(words)
    return code if code in CATEGORIES else CATEGORY_ALIASES.get(word) or _SHOWN.get(word)
