from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.redact import TOKENS, redact, redaction_preview

TABLE = [
    # names
    ("見本太郎様、ご確認ください", "〔氏名〕様、ご確認ください"),
    ("見本 花子 様です", "〔氏名〕 様です"),
    ("昨日、見本さんと話した", "昨日、〔氏名〕さんと話した"),
    ("ミホン タロウ殿", "〔氏名〕殿"),
    ("見本ゆうこさま", "〔氏名〕さま"),
    ("お名前：ミホンタロウ", "お名前：〔氏名〕"),
    ("Dear Taro Mihon, hello", "Dear 〔氏名〕, hello"),
    ("Mr. Mihon called", "Mr. 〔氏名〕 called"),
    ("服部様 土屋様", "〔氏名〕様 〔氏名〕様"),
    ("山田太郎君の学校、佐藤健太先生から", "〔氏名〕君の学校、〔氏名〕先生から"),
    ("田中さくらです", "〔氏名〕です"),
    ("息子の健太くん、ゆいちゃん", "息子の〔氏名〕くん、〔氏名〕ちゃん"),
    ("名前 見本さくら", "名前 〔氏名〕"),
    ("契約者 見本蓮 電話", "契約者 〔氏名〕 電話"),
    ("父は見本誠司です", "父は〔氏名〕です"),
    ("佐藤だけど、貸して", "〔氏名〕だけど、貸して"),
    ("佐藤ですが、貸して", "〔氏名〕ですが、貸して"),
    ("(旧姓:田中)", "(旧姓:〔氏名〕)"),
    ("Dear Ms. Tanaka-Smith,", "Dear Ms. 〔氏名〕,"),
    ("I am Mary O'Connor", "I am 〔氏名〕"),
    ("My name is Dr.Mihon", "My name is Dr.〔氏名〕"),
    # not persons
    ("田中貴金属です、鈴木自動車だけど、山田酒造ですが", None),
    ("田中さくら薬局、岡田あゆみ整体院、けんちゃん食堂", None),
    ("岡田あゆみ先生", "〔氏名〕先生"),
    ("赤ちゃん、猫ちゃん、諸君、双子ちゃん、たくさん", None),
    ("母は四人家族で、父は入院中です", None),
    ("契約者 利用説明、名前 のとおり", None),
    ("数字の1番を押す、文字3番", None),
    ("お客様の皆様、同様に様子を見て来ない様です", None),
    ("お母さん、ヤマト運輸さん、営業担当者様、たくさん", None),
    ("Dear Customer, Dear all,", None),
    # addresses
    ("〒999-0001 見本県見本市見本町1-2-3 見本荘101号室へ", "〔住所〕 〔住所〕へ"),
    ("東京都千代田区見本二丁目3番4号", "〔住所〕"),
    ("見本区上見本6-26-7に", "〔住所〕に"),
    ("見本市見本12番地の", "〔住所〕の"),
    ("見本区見本6丁目７- １７ に", "〔住所〕 に"),
    ("御本人様からのご連絡", None),
    ("at 12 Sample Street today", "at 〔住所〕 today"),
    ("東京都の消費生活センター、3市2区で", None),
    # mail and web
    ("taro.mihon@example.jp から", "〔メール〕 から"),
    ("taro[at]example.jp", "〔メール〕"),
    ("https://u:p@bad.example/path?q=1#x を", "https://〔省略〕@bad.example/〔省略〕 を"),
    ("hxxp://bad.example?id=7", "hxxp://bad.example〔省略〕"),
    ("見て example.com/foo?x=1 ね", "見て example.com/〔省略〕 ね"),
    ("http://bad.example/ だけ、example.com だけ", None),
    # numbers of people
    ("会員番号：AB-12345 の", "会員番号：〔番号〕 の"),
    ("お問い合わせ番号は９９９９-１２３４です", "お問い合わせ番号は〔番号〕です"),
    ("Order no. A-12345", "Order no. 〔番号〕"),
    ("card 4111 1111 1111 1111", "card 〔番号〕"),
    ("4111111111111111 と 3700-000000-00002", "〔番号〕 と 〔番号〕"),
    ("3700 000000 00002", "〔番号〕"),
    ("口座番号 0123456、普通 1234567", "口座番号 〔口座〕、普通 〔口座〕"),
    ("記号 12345 番号 1234567", "記号 〔口座〕"),
    ("生年月日は1980年1月2日です", "生年月日は〔生年月日〕です"),
    ("昭和30年3月4日生まれ", "〔生年月日〕生まれ"),
    ("date of birth: 2 January 1980", "date of birth: 〔生年月日〕"),
    ("見本支店 1234567 に", "見本支店 〔口座〕 に"),
    ("記号番号 10120-1234567", "記号番号 〔口座〕"),
    ("認証コードは「482913」", "認証コードは「〔番号〕」"),
    ("パスワード「mihon1970」", "パスワード「〔番号〕」"),
    ("pass: Mihon#1970、パス mihon1", "pass: 〔番号〕、パス 〔番号〕"),
    ("暗証 1234、PIN: 9876", "暗証 〔番号〕、PIN: 〔番号〕"),
    ("患者ID 998877、診察券番号 12345", "患者ID 〔番号〕、診察券番号 〔番号〕"),
    ("注文 #250-1234567-8901234", "注文 #〔番号〕"),
    ("注文 2026-11-22、会員 10000000人、予約 03-9999-1234", None),
    ("MACアドレス 00:1A:2B:3C:4D:5E", "MACアドレス 〔番号〕"),
    ("緯度 35.55,139.64", "緯度 〔住所〕,〔住所〕"),
    ("インスタ mihon_0503 と LINE: mihon1970", "インスタ 〔番号〕 と LINE: 〔番号〕"),
    ("LINE: mihon_help88 に連絡", None),
    ("インスタ mihon_guru99 をフォロー", None),
    ("mihon★example.jp", "〔メール〕"),
    ("大字見本123番地4", "〔住所〕"),
    ("born on 3 May 1970.", "born on 〔生年月日〕."),
    ("date of birth: May 3, 1970", "date of birth: 〔生年月日〕"),
    # telephones
    ("わたしの電話は03-9999-1234", "わたしの電話は〔電話番号〕"),
    ("０９０－９９９９－１２３４から", "〔電話番号〕から"),
    ("+81 (0)80-9999-1234", "〔電話番号〕"),
    ("自宅の03-9999-1234、自宅電話 03-9999-1234", "自宅の〔電話番号〕、自宅電話 〔電話番号〕"),
    ("my phone 03-9999-1234", "my phone 〔電話番号〕"),
    # a person without a title
    ("相談者 山田花子（72歳）", "相談者 〔氏名〕（72歳）"),
    ("相談者：田中一郎（72歳男性）", "相談者：〔氏名〕（72歳男性）"),
    *((f"{label} 山田花子", f"{label} 〔氏名〕") for label in ("契約者", "氏名", "お名前", "世帯主", "被害者氏名")),
    ("氏名 山田 花子、", "氏名 〔氏名〕、"),
    ("契約者 健司、", "契約者 健司、"),
    ("私は山田花子です", "私は〔氏名〕です"),
    ("山田と申します", "〔氏名〕と申します"),
    ("総務課の勅使と申します", "総務課の〔氏名〕と申します"),
    ("中村健一です。妻の久美子", "〔氏名〕です。妻の〔氏名〕"),
    ("娘の山田美咲が", "娘の〔氏名〕が"),
    ("高橋よし子様宛", "〔氏名〕様宛"),
    ("名義サトウケンタ、名義人 サトウ ケンタ", "名義〔氏名〕、名義人 〔氏名〕"),
    ("My name is Hanako Yamada.", "My name is 〔氏名〕."),
    ("asked for John Smith at 1-2-3 Shibuya", "asked for 〔氏名〕 at 〔住所〕"),
    # a claimed company, a body, a role, a relative's things
    ("リボーン債権回収と申します", None),
    ("債権回収と申します。日本年金機構と申します。東京電力と申しますが。見本商事です。", None),
    ("私は大丈夫です。私は被害者です。結構です。千葉です。山口県です。", None),
    ("相談者 女性 70代、被害者 多数、契約者 本人、相談者は電話した", None),
    ("妻の様子、娘の携帯、息子の紹介で、父の口座、母の介護、夫の会社、妻の知恵", None),
    ("名義 カ)リボーンサイケン、名義カブシキガイシャミホン", None),
    ("asked for Apple Gift Cards, I am John", None),
    # addresses as people shorten them
    ("西新宿2-8-1", "〔住所〕"),
    ("新宿区西新宿2の8の1", "〔住所〕"),
    ("横浜市中区山下町1", "〔住所〕"),
    ("メゾン山田301号室", "〔住所〕"),
    ("横浜市中区で12件、港区内3件、山下町12件、令和6-11-02、昨日 24-11-2022", None),
    # documents, accounts, secrets
    ("マイナンバー 1234 5678 9012", "マイナンバー 〔番号〕"),
    ("口座 1234567", "口座 〔口座〕"),
    ("口座へ 1234567円、口座に3000000円", None),
    ("保険証 記号12 番号345", "保険証 〔口座〕"),
    ("免許証 第301234567890号", "免許証 第〔番号〕号"),
    ("パスポート TK1234567", "パスポート 〔番号〕"),
    ("パスワードはabc123", "パスワードは〔番号〕"),
    ("password: abc123", "password: 〔番号〕"),
    ("有効期限12/28 CVV 123、セキュリティコード 456", "有効期限〔番号〕、セキュリティコード 〔番号〕"),
    ("有効期限は12/28です。パスワードを変更", None),
    ("品川300あ12-34", "〔番号〕"),
    ("昭和三十年五月五日生まれ", "〔生年月日〕生まれ"),
    ("hanako at example.jp", "〔メール〕 at example.jp"),
    ("please look at example.jp, the page at bad.example", None),
    # how to reach somebody: the writer, or the one who wants to be added
    ("LINE ID hanako_y", "LINE ID 〔番号〕"),
    ("LINE ID hanako_y を追加してください", None),
    ("友だち追加はこちら LINE ID：bad_99", None),
    ("家の電話は03-9999-1212", "家の電話は〔電話番号〕"),
    ("大家の電話は03-9999-1212", None),
    ("〇九〇九九九九一二三四", "〔電話番号〕"),
    ("〇五〇九九九九一二三四", None),
    # addresses, names and accounts as frauds' victims and those who accuse write them
    ("西新宿2丁目8番1号", "〔住所〕"),
    ("住所は札幌市中央区北1条西2丁目です", "住所は〔住所〕です"),
    ("札幌市中央区北1条西2丁目3番地", "〔住所〕"),
    ("郵便番号999-0001、zip code 9990001", "郵便番号〔住所〕、zip code 〔住所〕"),
    ("【見本太郎】様、山田太郎(ヤマダタロウ)様", "【〔氏名〕】様、〔氏名〕(〔氏名〕)様"),
    ("お客様名：山田太郎、未納者: 山田太郎", "お客様名：〔氏名〕、未納者: 〔氏名〕"),
    ("山田太郎氏、山田氏", "〔氏名〕氏、〔氏名〕氏"),
    ("ミホン タロウ サマ、ミホンタロウサマ", "〔氏名〕 サマ、〔氏名〕サマ"),
    ("犯人は佐藤健一です。佐藤健一は詐欺師", "犯人は〔氏名〕です。〔氏名〕は詐欺師"),
    ("佐藤健一という男、佐藤容疑者", "〔氏名〕という男、〔氏名〕容疑者"),
    ("佐藤工業は詐欺です。犯人は不明、詐欺師は男性、犯人は銀行員。両氏、彼氏、氏神、オキャクサマ、サマーセール", None),
    ("ログインID taro1990 パスワード hogehoge", "ログインID 〔番号〕 パスワード 〔番号〕"),
    ("パスワード reset、パスワードは bad.example、ログインIDとパスワードを入力、password expired", None),
    ("taro.mihonアットexample.com", "〔メール〕"),
    ("taro.mihon [at] example [dot] com、taro(at)example(dot)jp", "〔メール〕、〔メール〕"),
    ("アットホームな職場、あっという間、look at [this]", None),
    ("父の電話 045-999-3333、実家の固定 045-999-3333", "父の電話 〔電話番号〕、実家の固定 〔電話番号〕"),
    ("固定電話 03-9999-5555（自宅）、03-9999-5555は母の番号", "固定電話 〔電話番号〕（自宅）、〔電話番号〕は母の番号"),
    ("I'm Taro Mihon. My number is 03-9999-5555", "I'm 〔氏名〕. My number is 〔電話番号〕"),
    ("〇九〇ー九九九九ー一二三四、0 9 0 9 9 9 9 1 2 3 4", "〔電話番号〕、〔電話番号〕"),
    (
        "特商法第11条第2項、1丁目商店街、父の日に050-9999-0001、固定電話 03-9999-0001、0800-999-0001、0800ー999ー0001",
        None,
    ),
    # behind more labels, spread out, in headers
    ("届け先：山田花子、氏名/山田花子、お届け先は不明", "届け先：〔氏名〕、氏名/〔氏名〕、お届け先は不明"),
    ("ご契約者名　ヤマダ　ハナコ、お客様名：タロウ ヤマダ", "ご契約者名　〔氏名〕、お客様名：〔氏名〕"),
    ("お名前(カナ)、お客様名：カ)ミホン、届け先 ヤマト運輸", None),
    ("山田  花子  様、山 田 花 子 様", "〔氏名〕  様、〔氏名〕 様"),
    ("山田　花子（やまだ　はなこ）", "〔氏名〕（〔氏名〕）"),
    ("山田花子 TEL 03-9999-0001", "〔氏名〕 TEL 03-9999-0001"),
    ('To: "Yamada, Hanako" <a@example.jp>', 'To: "〔氏名〕" <〔メール〕>'),
    ("From: 山田花子 <a@example.jp>", "From: 〔氏名〕 <〔メール〕>"),
    ("From: 見本運輸 <a@bad.example>\nTo: <a@example.jp>", "From: 見本運輸 <〔メール〕>\nTo: <〔メール〕>"),
    ("息子の健太(中学2年)、3人目の子(ゆい)", "息子の〔氏名〕(中学2年)、3人目の子(〔氏名〕)"),
    ("Facebookの山田花子、王さん、長谷川様方", "Facebookの〔氏名〕、〔氏名〕さん、〔氏名〕様方"),
    ("王様、皆様方、お客様方", None),
    ("薬をもらった山田です。電話で山田と名乗った", "薬をもらった〔氏名〕です。電話で〔氏名〕と名乗った"),
    ("佐川急便と名乗る、見本債権回収と名乗る、野村證券です。高島屋と名乗った", None),
    # the rest of an address, and where somebody works
    ("住所は見本1-2-3-201です", "住所は〔住所〕です"),
    ("見本市見本一丁目二番三号 メゾン見本201", "〔住所〕 〔住所〕"),
    ("勤務先の見本市立見本小学校に", "勤務先の〔住所〕に"),
    ("学校から病院へ、職場の人、代表81-3-9999-5678、マンション営業 03-9999-0001", None),
    ("緯度35.5494 経度139.6470", "緯度〔住所〕 経度〔住所〕"),
    # accounts and ids
    ("見本支店 (普) 7654321、ゆうちょ 10120-12345671", "見本支店 (普) 〔口座〕、ゆうちょ 〔口座〕"),
    ("年金番号 1234-567890", "年金番号 〔番号〕"),
    ("(普通) 123456円、ゆうちょ銀行から", None),
    ("ユーザーID yamada.hanako、ユーザーID bad.example", "ユーザーID 〔番号〕、ユーザーID bad.example"),
    ("Twitter @hanako_y、#hanako_yamada", "Twitter @〔番号〕、#〔番号〕"),
    ("@nifty、@TCOM、@1000円、@mail.example、友だち追加 @bad_99、#9110", None),
    ("IP 192.0.2.5 から、IPアドレスは2001:db8:0:80a::4", "IP 〔番号〕 から、IPアドレスは〔番号〕"),
    ("IP電話 050-9999-0001、IP 10:30", None),
    ("生まれは45年の5月3日で、S45.5.3生", "生まれは〔生年月日〕で、〔生年月日〕生"),
    # what stays
    ("050-9999-0001、0120-999-001、03-9999-0001、2026年11月21日、30,000円、法務大臣許可第115号、162.158.1.1", None),
]


@pytest.mark.parametrize(("text", "want"), TABLE, ids=[row[0][:16] for row in TABLE])
def test_what_goes_and_what_stays(text: str, want: str | None) -> None:
    assert redact(text) == (text if want is None else want)


@pytest.mark.parametrize("written", ["060-9999-1234", "06099991234", "〇六〇九九九九一二三四"])
def test_060_is_a_mobile_too(written: str) -> None:
    assert redact(f"{written} から着信") == "〔電話番号〕 から着信"
    assert redact("06-0123-4567 と 06-6012-3456") == "06-0123-4567 と 06-6012-3456"


@pytest.mark.parametrize(
    "written",
    [
        "090-9999-1234",
        "０９０９９９９１２３４",
        "〇九〇-九九九九一二三四",
        "+81-90-9999-1234",
        "0081 90 9999 1234",
        "010-81-90-9999-1234",
        "090一9999一1234",
        "〇九〇ー九九九九ー一二三四",
    ],
)
def test_the_number_a_report_is_about_stays(written: str) -> None:
    assert redact(f"{written} から着信") == "〔電話番号〕 から着信"
    assert redact(f"{written} から着信", keep=frozenset({"+819099991234"})) == f"{written} から着信"


def test_the_preview_says_where_and_what() -> None:
    text = "見本\u200b太郎様 090-9999-1234"
    spans = redaction_preview(text)
    assert [(text[s.start : s.end], s.what) for s in spans] == [("見本\u200b太郎", "name"), ("090-9999-1234", "phone")]
    assert all(span.token == TOKENS[span.what] for span in spans)


PIECES = st.lists(
    st.sampled_from(
        [row[0] for row in TABLE] + ["様", "さん", "-", "0", "@", "〔", "〕", " ", "\u200b", "\n", "http://", "番号"]
    ),
    max_size=6,
)


@given(PIECES.map("".join) | st.text(max_size=60))
def test_redacting_twice_changes_nothing_and_spans_never_overlap(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
    spans = redaction_preview(text)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


@given(
    st.lists(
        st.sampled_from(
            "相談者 氏名 名義 私は 妻の 山田 花子 久美子 よし 株式会社 センター と申します です 。 、 （ ） 様 1-2-3 町 1 号室 ヤマダ の at".split()
        ),
        max_size=9,
    ).map("".join)
)
def test_names_and_addresses_in_any_order(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789._", min_size=1, max_size=20))
def test_no_local_part_survives(local: str) -> None:
    assert local + "@" not in redact(f"連絡先 {local}@example.jp まで")
