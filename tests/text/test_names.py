from __future__ import annotations

import pytest

from repdb import company
from repdb.text import names
from repdb.text.fold import fold
from repdb.text.register import Register, apart

KNOWN = {
    "見本銀行": "見本銀行",
    "ミホンカード": "ミホンカード",
    "Mihon": "mihon",
    "みほんねっと": "ミホンネット",
    "MUFJ": "mufj",
    "アコモ": "アコモ",
    "ミホンペイ": "ミホンペイ",
    "Mihon.co.jp": "mihon",
    "Mihon denwa": "mihondenwa",
}
REGISTER = Register(KNOWN)
EMPTY = Register({})


def found(text: str, register: Register = EMPTY, numbers: list[tuple[int, int]] | None = None) -> list[str]:
    folded = fold(text, lower=True)
    hits = names.find(folded.text, register, bytearray(len(folded.text) + 1), numbers or [])
    return [text[slice(*folded.span(hit.start, hit.end))] for hit in hits]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("見本銀行です", ["見本銀行"]),
        ("ミホンカ一ドより", ["ミホンカ一ド"]),
        ("ﾐﾎﾝｶｰﾄﾞより", ["ﾐﾎﾝｶｰﾄﾞ"]),
        ("ミホンカ-ド", ["ミホンカ-ド"]),
        ("ミホンぺイより", ["ミホンぺイ"]),  # the kana of the other kind
        ("見 本 銀 行 より", ["見 本 銀 行"]),
        ("見\u2061本銀行", ["見\u2061本銀行"]),
        ("ＭＵＦＪ より", ["ＭＵＦＪ"]),
        ("m i h o n より", ["m i h o n"]),
        ("Mіhon より", ["Mіhon"]),  # Cyrillic і
        ("みほんねっとの", ["みほんねっと"]),
        ("amufj mufjs mihonya", []),
        ("アコモデーション", []),
        ("プラアコモ", []),
        ("mihon123", ["mihon"]),
        ("『MihonDenwa』", ["MihonDenwa"]),
    ],
)
def test_known_names_in_any_letters(text: str, want: list[str]) -> None:
    assert found(text, REGISTER) == want


def test_a_known_name_gives_its_company() -> None:
    text = "ミホンカ一ド と Mihon.co.jp"
    hits = names.find(fold(text, lower=True).text, REGISTER, bytearray(len(text) + 1), [])
    assert [hit.key for hit in hits] == ["ミホンカード", "mihon"]
    assert REGISTER.knows("mihon.co.jp") and not REGISTER.knows("mihon.jp")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        # legal forms
        ("株式会社見本企画 担当", ["株式会社見本企画"]),
        ("見本企画株式会社、", ["見本企画株式会社"]),
        ("㈱ミホン 03", ["㈱ミホン"]),
        ("(株)I.Cミホンと(株)ミホン通信", ["(株)I.Cミホン", "(株)ミホン通信"]),
        ("管理会社㈱ミホン", ["㈱ミホン"]),
        ("独立行政法人 見本管理機構", ["独立行政法人 見本管理機構"]),
        ("債権回収法人 担当 見本", ["債権回収法人"]),
        # endings
        ("ミホン債権回収より", ["ミホン債権回収"]),
        ("民事訴訟見本センターのはがき", ["民事訴訟見本センター"]),
        ("見本銀行口座に", []),
        ("コールセンターの近くのセンター", []),
        ("見本県警の", ["見本県警"]),
        ("警視庁の者", ["警視庁"]),
        # places
        ("【ご利用確認サポート】至急", ["ご利用確認サポート"]),
        ("【カスタマーサービス】", ["カスタマーサービス"]),
        ("【重要】【お知らせ】【当選通知】【12:30】", []),
        ("「ミホン」を名乗るSMS", ["ミホン"]),
        ("「ミホン」や「見本料金確認」を名乗る", ["ミホン", "見本料金確認"]),
        ("「ABC」などの送信元から", ["ABC"]),
        ("『本日中に連絡します』と称し", []),
        ("いつもミホンペイをご利用いただき", ["ミホンペイ"]),
        ("ミホンからのお知らせ", ["ミホン"]),
        ("業者を名乗る者、弁護士をかたる男", []),
        ("全国の県警を名乗る電話", ["県警"]),
        ("mihojobのプラットフォームで、onlineアカウント", ["mihojob"]),
        ("差出人: ミホン企画 <a@b>", ["ミホン企画"]),
        ("サポートセンターです 料金の", ["サポートセンター"]),
        ("見本保険課カトウです。", ["見本保険課カトウ"]),
        ("重要です。必要です。", []),
        ("ニットミホン(704件)、ホンニン(12件)", ["ニットミホン", "ホンニン"]),
        ("サイト『ミホントーク(運営)』", ["ミホントーク"]),
        ("© 2026 Mihon Bank Inc.", ["Mihon Bank Inc"]),
        ("© 2026 Mihon Japan G.K.", ["Mihon Japan"]),
        ("○○運輸です", []),
        # who speaks, signs, and is posed as
        ("見本水道局給水停止の予告", ["見本水道局"]),
        ("見本捜査部:あなたは疑われています", ["見本捜査部"]),
        ("次の見本捜査部:あなたは\n部:あなたは\n見本捜査部:03-99", []),
        ("以上です。敬具、\n見本電機大学\n", ["見本電機大学"]),
        ("敬具\n見本太郎\n", []),
        ("見本村役場職員を名乗る男", ["見本村役場"]),
        ("役場の職員を名乗る男、担当者を名乗る", ["役場"]),
        ("見本不服審判所をかたる", ["見本不服審判所"]),
        ("いつもMihon Mallをご利用いただき", ["Mihon Mall"]),
        ("いつも mallをご利用いただき", ["mall"]),
        ("こちらは見本管理局の佐藤です。市の佐藤です", ["見本管理局"]),
        ("もしもし、こちらは見本滞在管理庁です。そこは見本庁です", ["見本滞在管理庁"]),
        ("至急 ミホン相談係 TEL 050-9999-0001、担当係 050-9999-0001", []),
        ("業者名:MIHON FX\n会社名\n見本ライフ\nサイト名 なし", ["MIHON FX", "見本ライフ"]),
        ("詐欺会社「ミホンX」とアプリ「ミホンY」", ["ミホンX"]),
        ("「ミホンX」という通販業者が", ["ミホンX"]),
        ("[ミホンペイ]残高が不足", ["ミホンペイ"]),
        ("ミホンのアカウントが停止", ["ミホン"]),
        ("Mihon:Your account is locked", ["Mihon"]),
        ("[重要]残高が不足", []),
        ("Subject: Your account", []),
        # labels, headings and form letters
        ("送信元アドレス: a@b.example\n差出人のアドレスが違う\n送信元表記は次のとおり", []),
        ("【差出人】【内 容】【銀行振込口座】【ご使用量】【危険】【2026年最新版】【制限されているサービス】", []),
        ("【{ServiceName}】XXX株式会社「@mihon.example」から「3999050001」から", []),
        ("期限前にご利用いただき、パスワードをご利用ください。立替払口座振替をご利用いただき", []),
        ("クレジットカード会社より。銀行名:見本 学会からのお知らせ", []),
    ],
)
def test_unknown_names_by_form_ending_and_place(text: str, want: list[str]) -> None:
    assert sorted(set(found(text)), key=text.find) == want or found(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("あおば商事株式会社です", ["あおば商事株式会社"]),
        ("中央あおば債権回収株式会社 許可番号", ["中央あおば債権回収株式会社"]),
        ("株式会社みどり不動産より", ["株式会社みどり不動産"]),
        ("まつもと商事株式会社", ["まつもと商事株式会社"]),
        ("つばさ電力です。料金が", ["つばさ電力"]),
        ("本日さくら銀行より電話", ["さくら銀行"]),
        ("見本銀行・みずほ銀行です", ["見本銀行", "みずほ銀行"]),
        ("株式会社くらしの友", []),  # where it ends nobody can tell
        ("ほげほげ商事株式会社", []),  # nor where this begins: 商事 alone is nobody
        ("怪しい債権回収から", []),
    ],
)
def test_names_with_hiragana_are_whole_or_none(text: str, want: list[str]) -> None:
    assert found(text) == want


def test_two_odd_places_and_what_crosses_a_line() -> None:
    far = "。" * 60
    assert found(f"ミホンカ一ド{far}ミホンカ-ド", REGISTER) == ["ミホンカ一ド", "ミホンカ-ド"]
    assert found("見 本\n銀 行 の", REGISTER) == []
    assert found("あみほんねっと", REGISTER) == ["みほんねっと"]


@pytest.mark.parametrize(
    "odd",
    ["カ一", "a ", "é", "・ア", "ア・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・・。"],
)
def test_a_name_at_either_end_of_a_long_odd_stretch(odd: str) -> None:
    assert found("ミホンカ一ド、" + odd * 300 + "。ミホンカ-ド", REGISTER) == ["ミホンカ一ド", "ミホンカ-ド"]


def test_of_words_that_overlap_the_longest_counts() -> None:
    hits = (
        [(1, 5, 9), (0, 0, 9)],
        [(0, 0, 2), (1, 1, 5)],
        [(0, 0, 2), (1, 2, 4), (2, 1, 6)],
        [(0, 0, 2), (5, 2, 4)],
        [(0, 1, 2), (1, 2, 3), (2, 1, 5)],
    )
    kept = [apart(list(one), 3) for one in hits]
    assert kept == [[(0, 9, 0)], [(0, 2, 0)], [(0, 2, 0), (2, 4, 1)], [(0, 2, 0)], [(1, 5, 2)]]


def test_a_signature_beside_a_number() -> None:
    text = "03-9999-0001 ミホンお客様サポートまで"
    assert found(text, numbers=[(0, 12)]) == ["ミホンお客様サポート"]
    assert found("03-9999-0001 お問い合わせ先", numbers=[(0, 12)]) == []
    assert found("至急、ミホン相談係 TEL 050-9999-0001", numbers=[(14, 27)]) == ["ミホン相談係"]
    assert found("ご担当係 050-9999-0001", numbers=[(5, 18)]) == []
    assert found("03-9999-0001(通話無料)", numbers=[(0, 12)]) == found("03-9999-0001\nホーム", numbers=[(0, 12)]) == []


def test_claimed_and_incidental() -> None:
    def flags(text: str) -> list[tuple[bool, bool]]:
        folded = fold(text, lower=True)
        return [(n.claimed, n.incidental) for n in names.find(folded.text, REGISTER, bytearray(len(text) + 1), [])]

    assert flags("見本銀行です") == [(True, False)]
    assert flags("お振込先\n見本銀行 本店 普通") == [(False, True)]
    assert flags("Mihon: abc123") == [(False, True)]
    assert names.claimed_after("見本県警」を名乗る", 4) and not names.claimed_after("見本県警が捜査", 4)
    assert names.helper("見本市消費生活センター") and not names.helper("ミホン債権回収")
    assert flags("見本銀行アプリの更新はこちら") == flags("見本銀行IDの停止") == [(True, False)]
    assert flags("見本銀行アプリの更新できた?") == flags("昨日の、見本銀行アプリの更新") == [(False, True)]


def test_names_inside_links_are_left_to_the_link() -> None:
    text = "https://mihon.example/"
    assert names.find(text, REGISTER, bytearray(b"\1" * (len(text) + 1)), []) == []


def test_an_address_names_no_company() -> None:
    assert found("東京都千代田区", Register({"東京都": "東京都"})) == []
    assert found("東京都の発表", Register({"東京都": "東京都"})) == ["東京都"]


def test_keys_are_folded_names() -> None:
    text = "株式会社ミホン企画"
    (hit,) = names.find(text, EMPTY, bytearray(len(text) + 1), [])
    assert hit.key == company.fold("ミホン企画")


@pytest.mark.parametrize(
    ("text", "number", "want"),
    [
        ("03-9999-0001 (営業時間)", 12, []),
        ("03-9999-0001 24時間 受付", 12, []),
        ("03-9999-0001(平日9-18時)", 12, []),
        ("03-9999-0001 令和6年10月2日", 12, []),
        ("03-9999-0001(内12)", 12, []),
        ("03-9999-0001 (下4桁)", 12, []),
        ("03-9999-0001 today", 12, []),
        ("03-9999-0001 Ltd", 12, []),
        ("03-9999-0001 ドライバー", 12, []),
        ("03-9999-0001 24時間サポート", 12, ["24時間サポート"]),
        ("03-9999-0001 月島信金", 12, ["月島信金"]),
    ],
)
def test_what_stands_beside_a_number_has_the_shape_of_a_name(text: str, number: int, want: list[str]) -> None:
    assert found(text, numbers=[(0, number)]) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("【ヘルプ】【サポート】", []),
        ("配達ドライバーを名乗る、弊社スタッフを名乗る", []),
        ("「ご利用サポート」を名乗る", ["ご利用サポート"]),
        ("「Support」を名乗る", ["Support"]),
        ("販売業者 有限会社", []),
        ("販売業者 有限会社見本商店", ["有限会社見本商店"]),
        ("販売業者 有限会社 見本商店", ["有限会社 見本商店"]),
        ("販売業者 有限会社\n見本商店", ["見本商店"]),
        ("販売業者:\n有限会社見本商店", ["有限会社見本商店"]),
        ("・(株)見本通信サポート 03 を名乗ります", ["(株)見本通信サポート"]),
        ("会社名は「見邊債權囘收」です", ["見邊債權囘收"]),
        ("会社名は変わりません", []),
        ("Mihon Saiken Kaishu Co., Ltd. 03", ["Mihon Saiken Kaishu Co., Ltd"]),
        ("Please call Mihon Corp. now", ["Mihon Corp"]),
        ("It is. Mihon Net, Inc", ["Mihon Net, Inc"]),
        ("2026 Mihon LLC / your co., ltd", ["Mihon LLC"]),
        ("It ended early. Mihon Inc. and Mihon LLCs", ["Mihon Inc"]),
    ],
)
def test_forms_labels_and_functions(text: str, want: list[str]) -> None:
    assert found(text) == want


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("三井見本カード", "三丼見本力ード"),
        ("三井見本カード", "三井見本力ード"),
        ("日本見本", "日夲見本"),
        ("ミオンカード", "ミオソカード"),
        ("ソミー見本", "ンミー見本"),
    ],
)
def test_look_alikes_that_names_use_themselves(name: str, written: str) -> None:
    register = Register({name: "key"})
    for text in (f"{written}より", f"いつも {written} を", f"{name}から"):
        folded = fold(text, lower=True).text
        assert [key for _, _, key in register.find(folded, bytearray(len(folded) + 1))[0]] == ["key"]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Mihon: Your account is locked", True),
        ("[Mihon]: Please confirm now.", True),
        ("Mihon: mihon99", False),
        ("I pay by Mihon: it is easy", False),
    ],
)
def test_a_name_before_a_colon_opens_a_message(text: str, claimed: bool) -> None:
    folded = fold(text, lower=True).text
    name = names.find(folded, REGISTER, bytearray(len(folded) + 1), [])[0]
    assert name.claimed == claimed


def test_a_known_name_with_its_legal_form_is_the_company() -> None:
    text = fold("(c) Mihon.co.jp, Inc. and Mihon, Inc.", lower=True).text
    assert {hit.key for hit in names.find(text, REGISTER, bytearray(len(text) + 1), [])} == {"mihon"}
