"""Signals of whole messages: one row for each code, where it speaks and where it is silent."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeded_fixtures import TODAY

from repdb import score, store
from repdb.campaigns import Backing, Match
from repdb.check import Checker
from repdb.company import fold
from repdb.db import open_database
from repdb.ingest import know_sources, save_raw
from repdb.records import Answer, Company, Finding, Mention, OfficialChannel, Source, Tally, Text
from repdb.score import MESSAGE_PROVEN
from repdb.signals.message import MESSAGE_SIGNALS, LinkText, MailFacts, MessageCase, observe, words
from repdb.signals.message.claims import FULL_LIST
from repdb.signals.message.facts import Claim, Seen
from repdb.signals.message_weights import MESSAGE_WEIGHTS
from repdb.text.manner import is_general
from repdb.text.phrases import PhraseHit

REPORTS = (
    {"callback_number": "050-9999-0042", "source": "board-a", "category": "fake_billing", "reported_on": "2026-11-10"},
    {"callback_number": "050-9999-0042", "source": "board-b", "category": "fake_billing", "reported_on": "2026-11-12"},
    {"callback_number": "03-6709-99**", "source": "board-a", "category": "fake_billing", "reported_on": "2026-11-12"},
    {"domain": "bait.example", "source": "board-a", "category": "delivery", "reported_on": "2019-01-02"},
    {"sender_id": "Mercari", "source": "board-a", "category": "delivery", "reported_on": "2026-11-12"},
    {"callback_number": "050-9999-0043", "source": "office", "category": "fake_billing", "reported_on": "2026-11-15"},
    {"callback_number": "050-9999-0043", "source": "daily", "category": "fake_billing", "reported_on": "2026-11-15"},
)
OFFICE, DAILY = Source("office", "公表", "official", trust=1.4), Source("daily", "記事", "article", trust=1.0)
HOSHI = Company(fold("ほしぞら債権回収"), "ほしぞら債権回収株式会社", "genuine", licence="法務大臣許可第999号", legal_form="株式会社",
                source="moj-servicers", checked_on="2026-11-01")  # fmt: skip
HOSHI_PHONE = OfficialChannel(
    "phone", "+81399991234", HOSHI.company, "代表", source="moj-servicers", checked_on="2026-11"
)


@pytest.fixture(scope="module")
def checker(seeded_file: Path) -> object:
    """Checks against the seed rows, some reports of invented numbers, and an invented licensed collector."""
    path = seeded_file.parent / "messages.db"
    path.write_bytes(seeded_file.read_bytes())
    with closing(open_database(str(path), write=True)) as db:
        know_sources(db, ["board-a", "board-b"])
        with db.transaction():
            store.save_sources(db, [OFFICE, DAILY])
            save_raw(db, REPORTS, {}, TODAY)
            store.save_companies(db, [HOSHI], fold)
            store.save_official_channels(db, [HOSHI_PHONE])
        yield Checker(db, TODAY)


LONG = (
    "本日の作業について、担当の者より順にご報告を差し上げます。\n" * 10
)  # names that stand in it are not its sender's


class Row(NamedTuple):
    """``code`` is found in ``said`` and not in ``unsaid``; both may have a sender behind ``|``."""

    code: str
    said: str
    unsaid: str
    kind: str = "sms"


ROWS = (
    Row("known_contact", "至急 050-9999-0043 にお電話ください", "至急 050-9999-0042 にお電話ください"),
    Row("reported_contact", "至急 050-9999-0042 にお電話ください", "至急 03-9999-0001 にお電話ください"),
    Row("sender_name_reported", "荷物が発送されました|Mercari", "荷物が発送されました|Amazon"),
    Row("sender_id_other", "【楽天カード】ご利用のお知らせ|Amazon", "【楽天カード】ご利用のお知らせ|Rakuten"),
    Row("message_masked_match", "至急 03-6709-9912 にお電話ください", "至急 03-6709-9812 にお電話ください"),
    Row("message_name_fictitious", "アマゾンマーケティングサービスより未納のお知らせ", "Amazonより発送のお知らせ"),
    Row("message_name_fictitious", "訴訟最終告知のお知らせ 取下げのご相談は民事訴訟管理センター 03-9999-0001", "民事訴訟管理センターというところからはがきが届きました"),
    Row("message_name_fictitious", "法務省管轄支局 国民訴訟通達センター 取下げ最終期日", "「国民訴訟通達センター」を名乗るはがきにご注意を。相談は市民課 03-9999-0001", "postcard"),
    Row("message_name_fictitious", "【特別法人支援団体】支援金の受取りはこちら", "【特別法人支援団体】を名乗るメールが届いています。相談は市民課 03-9999-0001"),
    Row("mentions_fictitious", "民事訴訟管理センターというところからはがきが届きました。本物?", "法務省というところからはがきが届きました。本物?"),
    Row("mentions_fictitious", "民事訴訟管理センターというところからはがきが届きました。本物?", "民事訴訟管理センターです。裁判の取下げ費用を求めます"),
    Row("message_name_fictitious", "年金払戻管理局です。口座番号をご返信ください", "年金払戻管理局の件で電話ください"),
    Row("message_name_fictitious", "訴訟通知センターです。訴状が提出されました", "県警です。「訴訟通知センター」名義のはがきによる詐欺が多発。裁判の取下げ費用を求めます"),
    Row("message_name_abuses", "【アマゾン料金回収管理局】未納 050-9999-0001 へ連絡", "【青空料金回収管理局】未納 050-9999-0001 へ連絡"),
    Row("message_near_name", "消費者生活センターです。料金の未納があります", "消費生活センターです。料金の未納があります"),
    Row("message_licence_unknown", "青空債権回収です。ご連絡ください", "リボーン債権回収株式会社です。ご連絡ください"),
    Row("message_licensed", "リボーン債権回収株式会社です。ご連絡ください", "青空債権回収です。ご連絡ください"),
    Row("claims_company", "【楽天カード】ご利用のお知らせ", "明日の集合は九時です"),
    Row("claims_unconfirmed", "【メルカリ】不正ログインを検知しました。下記リンクから認証してください", "【メルカリ】荷物が発送されました"),
    Row("claims_unconfirmed", "メルカリです。不正ログインを検知しました。至急ご確認ください", "メルカリです。不正ログインを検知しました。至急ご確認ください https://www.mercari.com/", "mail"),
    Row("mail_unconfirmed", "メルカリです。不正ログインを検知しました。至急ご確認ください https://www.mercari.com/", "メルカリです。不正ログインを検知しました。至急ご確認ください", "mail"),
    Row("unknown_claimant", "国民財務管財局です。訴訟履歴を確認しました", "株式会社青空商会です。訴訟履歴を確認しました"),
    Row("vague_reason", "お支払いの件で確認したい事があります。050-9999-0001", "明日の件で確認したい事があります"),
    Row("job_by_messenger", "簡単な副業で高収入。LINEを追加してください", "簡単な副業で高収入。説明会にお越しください"),
    Row("link_mismatch", "【ヤマト運輸】再配達 http://yamato-re.example/", "【ヤマト運輸】再配達 https://www.kuronekoyamato.co.jp/"),
    Row("sender_mismatch", "【楽天カード】ご利用のお知らせ|info@rk-card.example", "【楽天カード】ご利用のお知らせ|info@rakuten-card.co.jp", "mail"),
    Row("free_mail_sender", "【楽天カード】ご利用のお知らせ|rakuten@gmail.com", "【楽天カード】ご利用のお知らせ|info@rakuten-card.co.jp", "mail"),
    Row("callback_mismatch", "ほしぞら債権回収です。03-9999-7777 へ折り返しお電話ください", "ほしぞら債権回収です。03-9999-1234 へ折り返しお電話ください"),
    Row("callback_line", "【佐川急便】お荷物の件 090-9999-0001 までご連絡ください", "【佐川急便】お荷物の件 03-9999-0001 までご連絡ください"),
    Row("callback_unconfirmed", "【佐川急便】お荷物の件 03-9999-0001 までご連絡ください", "佐藤です。03-9999-0001 までご連絡ください"),
    Row("callback_abroad", "至急 +1 212 999 0100 までお電話ください", "至急 03-9999-0001 までお電話ください"),
    Row("callback_unallocated", "至急 050-9999-0001 までお電話ください", "至急 050-3198-0000 までお電話ください"),
    Row("several_callbacks", "至急 03-9999-0001 か 03-9999-0002 までお電話ください", "至急 03-9999-0001 までお電話ください"),
    Row("masked_callback", "本日中に 03-9999-00** までお電話ください", "本日中に 03-9999-0001 までお電話ください"),
    Row("displayed_number_forged", "警察です。出頭してください|+1800335814321", "警察です。出頭してください|03-9999-0001", "voice"),
    Row("sender_number_odd", "【三井住友銀行】口座を確認してください|+44 20 7946 0018", "【三井住友銀行】口座を確認してください|03-9999-0001"),
    Row("sender_id_other", "【佐川急便】荷物をお届けします|Mercari", "【佐川急便】荷物をお届けします|SAGAWA"),
    Row("anonymous_demand", "サポートセンターです。利用料金が未納です。03-9999-0001", "株式会社青空商会です。利用料金が未納です。03-9999-0001"),
    Row("anonymous_link", "荷物をお預かりしています http://h.example/", "【青空運送】荷物をお預かりしています http://h.example/"),
    Row("personal_payee", "お振込先:青空銀行 普通 7200000 グエン ヴアン", "お振込先:青空銀行 普通 7200000 カ)アオゾラ ショウカイ"),
    Row("personal_payee", "お振込先 青空銀行 普通 名義 ヤマダ タロウ", "お振込先 青空銀行 普通 名義 カ)アオゾラ ショウカイ"),
    Row("link_unconfirmed", "【青空運送】住所不明です。荷物をお預かりしています http://h.example/", "【青空運送】ご予約の変更はこちら http://h.example/"),
    Row("sender_name_differs", "差出人: aozora.example.jp <info@hoshi.example>\n設定の更新", "差出人: aozora.example.jp <info@mail.aozora.example.jp>\n設定の更新", "mail"),
    Row("sender_name_differs", "差出人: info＠aozora．example．jp <info@hoshi.example>\n設定の更新", "差出人: 青空 <info@hoshi.example>\n設定の更新", "mail"),
    Row("official_sender", "差出人: 楽天カード <info@rakuten-card.co.jp>\nご案内", "差出人: info@rakuten-card.co.jp <info@hoshi.example>\nご案内", "mail"),
    Row("link_hidden", "【メルカリ】お支払い方法をご確認ください https://****", "【青空商店】お支払い方法をご確認ください https://****"),
    Row("link_unread", "明日の集合は https://mihonx/ のとおりです", "明日の集合は https://mihon.example/ のとおりです"),
    Row("no_demand", "明日の集合は九時です", "明日の集合は https://mihonx/ のとおりです"),
    Row("no_demand", "【日本郵便】窓口のご案内 https://www.post.japanpost.jp/", "【日本郵便】窓口のご案内 https://www.post.japanpost.jp/r?u=bad.example"),
    Row("link_mismatch", "【日本郵便】ご不在でした https://www.google.com/url?q=https://bad.example/", "【日本郵便】ご不在でした https://www.google.com/url?q=https://www.japanpost.jp/"),
    Row("link_dynamic_host", "ご確認ください http://abc.duckdns.org", "ご確認ください http://abc.example"),
    Row("link_ip_host", "ご確認ください http://93.184.216.34/login", "ご確認ください http://192.168.0.1/"),
    Row("link_lookalike", "ご確認ください https://www.amazom.co.jp.example.top/", "ご確認ください https://aozora.example/"),
    Row("link_mixed_script", "ご確認ください https://\u0430mazon.example/", "ご確認ください https://amazon-aozora.example/"),
    Row("link_shortened", "ご確認ください https://bit.ly/abc", "ご確認ください https://abc.example/"),
    Row("link_lookalike", "ご返答は help@amazom.co.jp.example.top まで", "ご返答は help@aozora.example まで"),
    Row("link_far_suffix", "ご確認ください https://abc.cyou/", "ご確認ください https://abc.co.jp/"),
    Row("link_far_suffix", "ご返答は help@abc.cyou まで", "ご返答は help@abc.co.jp まで"),
    Row("wrong_legal_form", "Amazon株式会社です。ご確認ください", "アマゾンジャパン合同会社です。ご確認ください"),
    Row("fake_helpline", "未納料金の相談は消費生活センター 03-9999-0001 へ", "未納料金の相談は消費者ホットライン 188 へ"),
    Row("fake_helpline", "逮捕状の件は見本警察署 03-9999-0110 へ至急お電話ください", "落とし物の件は見本警察署 03-9999-0110 へお電話ください"),
    Row("fake_helpline", "相談は消費生活センター 050-9999-0001 へ", "相談は消費生活センター 03-9999-0001 へ"),
    Row("helpline_unconfirmed", "落とし物の件は見本警察署 03-9999-0111 へ", "落とし物の件は見本警察署 03-9999-0110 へ"),
    Row("vague_reason", "至急お電話ください。見本警察署 03-9999-0111", "至急お電話ください。見本警察署 03-9999-0110"),
    Row("message_name_abuses", "見本消費生活総合センターです。至急 03-9999-0001 へお電話ください", "見本市消費生活総合センターです。至急 03-9999-0001 へお電話ください"),
    Row("hidden_characters", "アカ\u2061ウントを確認してください", "アカウントを確認してください ❤️"),
    Row("disguised_letters", "ア力ウントを確認してください", "アカウントを確認してください"),
    Row("disguised_contact", "至急 〇五〇九九九九〇〇〇一 まで電話", "至急 050-9999-0001 まで電話"),
    Row("phrase", "身辺調査を開始します", "散歩を開始します"),
    Row("link_hidden", "Booking.comの予約の件です。以下のリンクからカード情報をご確認ください", "Booking.comの予約の件です。以下のリンクからご確認ください https://www.booking.com/help"),
    Row("official_contacts", "Booking.comの予約の件です。以下のリンクからご確認ください https://www.booking.com/help", "Booking.comの予約の件です。以下のリンクからカード情報をご確認ください"),
    Row("link_text_differs", "ご確認ください https://www.mihon.jp@parcel-desk.com/a", "ご確認ください https://taro@parcel-desk.com/a"),
    Row("own_channel", "お支払いは郵送した請求書をご覧ください", "お支払いは郵送した請求書をご覧ください。暗証番号を返信してください"),
    Row("no_demand", "明日は十時に集まります", "ぎふとかーどをかってばんごうをおくって"),
    Row("no_demand", "See you at ten tomorrow", "Please wire 500000 yen to this account"),
    Row("no_demand", "明日は十時に集まります", "今から行く。金を用意しろ"),
    Row("no_demand", "メルカリの箱を捨てました", "メルカリが違反を見つけました、時間内に確認してください"),
    Row("no_demand", "明日は十時に集まります", "詳しくは「見本 再配達」で検索して一番上のサイトを開いて"),
    Row("no_demand", "明日は十時に集まります", "荷物のこと https : // aozora . example / abc"),
    Row("no_demand", "件名: お知らせ\n明日は十時に集まります", "件名: お知らせ\n\n", "mail"),
    Row("no_demand", "件名: お知らせ\n明日は十時に集まります", "件名: お知らせ\n添付ファイルをご覧ください", "mail"),
    Row("link_shortened", "集合場所 https://bit.ly/abc", "集合場所 https://maps.app.goo.gl/abc"),
    Row("link_carries", "【日本郵便】ご確認ください https://www.post.japanpost.jp/?to=https://bad.example", "【日本郵便】ご確認ください https://www.post.japanpost.jp/?to=https://www.japanpost.jp/"),
    *(
        Row("official_contacts", "【日本郵便】ご不在でした https://www.post.japanpost.jp/", f"【日本郵便】ご不在でした https://www.post.japanpost.jp/ {more}")
        for more in (
            "ギフトカードを購入し番号を返信してください", "暗証番号を返信してください", "普通 1234567 へお振込ください", "担当 080 99 99 00 01 へお電話ください",
            "担当 0八0-九九九九-〇〇〇一 へ", "現金を用意してください", "LINEで友だち追加してください",
        )
    ),
    Row("official_contacts", "【日本郵便】ご不在でした https://www.post.japanpost.jp/", "【日本郵便】偽SMSのリンク http://jp-bait.top は開かないでください。正しい案内 https://www.post.japanpost.jp/"),
    Row("official_contacts", "【日本郵便】ご不在でした https://www.post.japanpost.jp/", "【日本郵便】ご不在でした https://www.post.japanpost.jp/ か 03-9999-0001 へ電話してください"),
    Row("road_unconfirmed", "【日本郵便】ご不在でした https://www.post.japanpost.jp/ 送料は現金書留で見本町の吉田宛に送ってください", "【日本郵便】ご不在でした。お電話は窓口まで https://www.post.japanpost.jp/"),
    Row("official_sender", "【楽天カード】ご利用のお知らせ|info@rakuten-card.co.jp", "【楽天カード】ご利用のお知らせ|info@rk-card.example", "mail"),
    Row("official_sender", "【楽天カード】ご利用のお知らせ|info@rakuten-card.co.jp", "【日本郵便】ご利用のお知らせ|info@rakuten-card.co.jp", "mail"),
    Row("sender_mismatch", "【日本郵便】更新のお願い|info@rakuten-card.co.jp", "【日本郵便】楽天カードでのお支払い|info@rakuten-card.co.jp", "mail"),
    Row("links_to_sender", "ご案内 https://www.aozora.example/|info@aozora.example", "元本保証の未公開株 https://www.aozora.example/|info@aozora.example", "mail"),
    Row("sender_mismatch", "ゆうちょ銀行です。口座の更新|info@aozora.example", "学年費はゆうちょ口座へお振込みください|info@aozora.example", "mail"),
    Row("worded_as_usual", "明日10時にお待ちしております。変更はお電話でどうぞ 03-9999-0001", "明日10時にお待ちしております。変更はお電話でどうぞ +675 7234 5518"),
    Row("links_to_sender", "ご案内 https://www.aozora.example/|info@aozora.example", "在宅ワークで日給3万円 https://www.aozora.example/|info@aozora.example", "mail"),
    Row("disguised_letters", "大切なお知らせ ヺヤエ 詳しくは", "大切なお知らせ ヤエ 詳しくは", "mail"),
    Row("links_to_sender", "ご確認ください https://www.aozora.example/|info@aozora.example", "ご確認ください https://www.bait.example/|info@aozora.example", "mail"),
    Row("warns_of_fraud", "「身辺調査を開始する」という電話は詐欺です", "身辺調査を開始します"),
    Row("warns_of_fraud", "「身辺調査を開始する」という電話は詐欺です", "「身辺調査を開始する」という電話は詐欺です。暗証番号を教えてください"),
    Row("warns_of_fraud", "「身辺調査を開始する」というメールは詐欺です", "「身辺調査を開始する」というメールは詐欺です。添付のファイルを開いてください", "mail"),
    Row("order_callback", "Amazonです。98,000円の決済が完了しました。キャンセルは 050-9999-0001 へお電話ください", "Amazonです。98,000円の決済が完了しました。キャンセルは注文履歴からできます"),
    Row("quotes_fraud", "それは詐欺です。開かないでください。\n> 見本カードです\n> https://www.bait.example/", "それは詐欺でしょうか。\n> 見本カードです\n> https://www.bait.example/", "mail"),
    Row("own_channel", "ご確認は公式アプリからお手続きください", "ご確認は公式アプリからではなく、返信でお願いします"),
    Row("own_channel", "税金が未納です。市役所の窓口までご相談ください", "税金が未納です。下記窓口までお電話でご相談ください"),
    Row("own_channel", "未納があります。お手元の請求書でお支払いください", "未納があります。お手元の請求書でお支払いか、ゼロゴーゼロのきゅうきゅうきゅうきゅう、いちにさんよんへ"),
    Row("own_channel", "督促状 見本区 納税課 03-9999-0001 までご連絡ください", "督促状 見本区 納税課 03-9999-0001 まで本日中にご連絡ください"),
    Row("disguised_contact", "至急 ゼロゴーゼロの、きゅうきゅうきゅうきゅう、いちにさんよんへ", "至急 050-9999-0001 まで電話"),
    Row("disguised_contact", "至急 aozora ドット com へ", "至急 ドットコム商会 へ"),
    Row("own_channel", "未納があります。お手元の請求書でお支払いください", "未納があります。お手元の請求書について 050-9999-0001 へ"),
    Row("own_channel", "料金が未納です。my楽天モバイルからお支払いください", "料金が未納です。my楽天モバイルからお支払いください https://aozora.top/"),
    Row("own_channel", "料金が未納です。お問い合わせはお客様センター(151)へ", "料金が未納です。お問い合わせはお客様センター(1515)へ"),
    Row("own_channel", "督促状\n見本区役所　国保年金課　保険料係\n電話　03-9999-0001", "督促状\n見本訴訟管理　国保年金課　保険料係\n電話　03-9999-0001", "postcard"),
    Row("own_channel", "督促状 見本区 納税課 03-9999-0001 までご連絡ください", "還付金があります。見本区 納税課 03-9999-0001 までご連絡ください"),
    Row("own_channel", "督促状 見本区 納税課 03-9999-0001 までご連絡ください", "督促状 国民訴訟管理センター 訴訟課 03-9999-0001 までご連絡ください"),
    Row("screen_alarm", "ウイルスを検出しました", "ウイルスを検出し、必要な操作を実行しました", "popup"),
    Row("screen_alarm", "ウイルスを検出しました", "お使いのブラウザを更新してください", "popup"),
    Row("machine_in_office", "総務省です。1番を押してください", "青空世論調査です。1番を押してください", "voice"),
    Row("machine_in_office", "見本銀行です。1番を押してください", "見本銀行にお電話いただきありがとうございます。1番を押してください", "voice"),
    Row("unknown_claimant", "【AOZORA DOCK】料金が未納です。法的措置に移行します https://aozora.example/", "【AOZORA DOCK】決済の確認が取れませんでした。料金が未納です https://aozora.example/", "mail"),
    Row("foreign_messenger", "応募はテレグラム @aozora_job へ", "応募は電話で"),
    Row("foreign_messenger", "応募は Telegram @aozora_job へ", "Telegram: コードは https://t.me/login/12345 でも使えます"),
    Row("free_mail_sender", "Google から、配信できません|x@googlemail.com", "Google から、配信できません|mailer-daemon@googlemail.com", "mail"),
    Row("warns_of_fraud", "パスワードは誰にも教えないでください", "アカウントは停止されました。パスワードは誰にも教えないでください", "mail"),
    Row("business_letter", "見本商事 御中\n売掛金のご入金がまだです", "見本様\nご入金がまだです", "mail"),
    Row("own_name", "件名: 【青空ノート】お支払いの確認\n支払い情報をご確認ください", "件名: 【青空銀行】お支払いの確認\n支払い情報をご確認ください", "mail"),
    Row("own_name", "青空ノートをご利用いただきありがとうございます", "青空ノートをご利用いただきありがとうございます。楽天カードの番号をご確認ください", "mail"),
    Row("own_name", "件名: 【青空ノート】お支払いの確認", "件名: 【青空ノート】お支払いの確認\n法的措置に移行します", "mail"),
    Row("addressed_by_name", "青木 健 様\n会費のお支払いをお願いします", "会員様\n会費のお支払いをお願いします", "mail"),
    Row("addressed_by_name", "青木様、会費のお支払いをお願いします", "青木様、振込先の口座が変更となりました"),
    Row("addressed_by_name", "【楽天カード】\n青木様、会費のお支払いをお願いします", "【楽天カード】\n青木様、会費のお支払いを https://aozora.example/ でお願いします"),
    Row("absence_by_text", "お荷物をお届けしましたが不在のため持ち帰りました", "お荷物を宅配ボックスにお届けしました"),
    Row("absence_by_text", "お届け先の住所に不備があり荷物を保管しています", "不在のため荷物を持ち帰りました", "mail"),
    Row("absence_by_text", "荷物を保管しています。住所が確認できません", "荷物を保管しています。住所の確認できる物をお持ちください", "mail"),
    Row("link_mismatch", f"{LONG}\n楽天カード\nhttps://aozora.example/ {LONG}", f"{LONG}\n楽天カードの発行する明細を含む物 https://aozora.example/ {LONG}", "mail"),
    Row("link_mismatch", f"{LONG}\n楽天カード\nhttps://aozora.example/ {LONG}", f"{LONG}次のものと\n楽天カードの明細を含む物 https://aozora.example/ {LONG}", "mail"),
    Row("nameless_body", "電力会社の者です。検針票を見せてください", "青空電力の青木です。検針票を見せてください", "voice"),
    Row("police_story", "あなた名義の口座が犯罪に使われ、逮捕状が出ています", "逮捕状という映画を見たよ", "voice"),
    Row("family_call", "俺だけど、会社の書類を入れた鞄を電車に忘れて困ってる", "俺だけど、今から帰るよ", "voice"),
    Row("worded_as_fraud", "アカウントに異常が検出されました。至急下記よりご確認ください", "本日の練習は雨のため中止です。来週に振り替えます"),
    Row("worded_as_usual", "本日の練習は雨のため中止です。来週の土曜に振り替えます", "アカウントに異常が検出されました。至急下記よりご確認ください"),
    Row("nothing_found", "明日の集合は九時です", "身辺調査を開始します"),
    Row("no_demand", "明日の集合は九時です", "至急 03-9999-0001 までお電話ください"),
)  # fmt: skip
# Codes that need a mail's head or a known campaign, and have tests of their own below.
APART = {
    "auth_failed",
    "reply_elsewhere",
    "return_path_elsewhere",
    "link_text_differs",
    "parts_differ",
    "parts_unread",
    "known_campaign",
    "reported_campaign",
    "message_licence_missing",
}


def codes(checker: Checker, written: str, kind: str) -> dict[str, Finding]:
    text, _, sender = written.partition("|")
    return {finding.code: finding for finding in checker.check(text, kind, sender).findings}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_signal(checker: Checker, row: Row) -> None:
    said = codes(checker, row.said, row.kind)
    assert row.code in said
    assert row.code not in codes(checker, row.unsaid, row.kind)
    assert "{" not in said[row.code].text.ja + said[row.code].text.en


def test_every_code_has_its_row() -> None:
    assert {row.code for row in ROWS} | APART == set(MESSAGE_WEIGHTS)


def test_every_signal_says_what_it_sees() -> None:
    assert [look.__name__ for look in MESSAGE_SIGNALS if not (look.__doc__ or "").strip()] == []


def test_weights_have_reasons_and_both_languages() -> None:
    for code, row in MESSAGE_WEIGHTS.items():
        assert row.why and row.text.ja and row.text.en.replace("“", "").replace("”", "").isascii(), code


# --- strengths


def weight(checker: Checker, code: str, text: str, kind: str = "sms") -> float:
    return codes(checker, text, kind)[code].weight


def test_a_contact_on_record_weighs_by_its_verdict(checker: Checker) -> None:
    sure = weight(checker, "known_contact", "至急 050-9999-0043 にお電話ください")
    fresh = weight(checker, "reported_contact", "至急 050-9999-0042 にお電話ください")
    old = weight(checker, "reported_contact", "ご確認ください http://bait.example/")
    assert sure > 3 > fresh > 2 > old > 0


def test_what_the_verdict_on_a_number_has_counted_is_not_counted_again(checker: Checker) -> None:
    """The block of 050-9999-0042 was given to nobody, and the look-up's verdict says so."""
    reported, fresh = (
        codes(checker, f"至急 050-9999-{n} にお電話ください", "sms")["callback_unallocated"] for n in ("0042", "0099")
    )
    assert reported.weight == 0.0 < fresh.weight
    for text in ("? 050-9999-0042", "本日ご予約の件でお電話ください 050-9999-0042"):
        assert checker.check(text).verdict == "suspicious", "reports of a crowd alone do not make a message dangerous"


def test_words_do_not_excuse_a_number_that_has_been_reported(checker: Checker) -> None:
    text = "青空商事です。ご不明な点は、お問い合わせ窓口 {number} までお願いします。"
    for kind in ("mail", "sms"):
        assert "reported_contact" in codes(checker, text.format(number="050-9999-0042"), kind)
        assert "reported_contact" not in codes(checker, text.format(number="050-9999-0099"), kind)
    assert checker.check(text.format(number="03-9999-1234"), "mail").verdict not in ("dangerous", "suspicious", "past")


def test_a_shared_link_or_the_own_name_weighs_less_than_a_foreign_domain(checker: Checker) -> None:
    full = weight(checker, "link_mismatch", "【イオンカード】ご確認ください https://abc.example/")
    short = weight(checker, "link_mismatch", "【イオンカード】ご確認ください https://bit.ly/abc")
    own = weight(checker, "link_mismatch", "【イオンカード】ご確認ください https://aeon-aozora.co.jp/")
    assert full > short > own > 0


def test_the_domain_of_another_genuine_company_is_no_mismatch(checker: Checker) -> None:
    assert "link_mismatch" not in codes(checker, "【楽天カード】ポイント交換先 https://www.amazon.co.jp/", "sms")


def test_a_name_built_on_the_sender_s_own_is_no_abuse(checker: Checker) -> None:
    text = "東京電力お客様窓口エナジーです。電気料金のお知らせ"
    assert "message_name_abuses" not in codes(checker, f"{text}|info@tepco.co.jp", "mail")


def test_freephone_numbers_are_not_held_against_a_company(checker: Checker) -> None:
    found = codes(checker, "ほしぞら債権回収です。0120-999-999 へ折り返しお電話ください", "sms")
    assert "callback_mismatch" not in found or found["callback_mismatch"].weight == 0


def test_who_signs_by_a_companys_name_in_the_head_is_no_shop_that_tells_of_it(checker: Checker) -> None:
    body = "件名: ご案内\n\nメルカリの設定の変更が完了しました。\nhttps://{0}/x"
    posing, telling = (
        checker.check(f"差出人: {name} <info@aozora.example>\n{body.format('aozora.example')}", "mail")
        for name in ("メルカリ", "青空文具店")
    )
    assert posing.score > 2 * telling.score
    forwarded = f"-----Original Message-----\nFrom: メルカリ <info@mercari.com>\n\n{body.format('aozora.example')}"
    for name, accused in (("メルカリ", True), ("青空", False)):
        found = checker.check(f"差出人: {name} <a@aozora.example>\n{forwarded}", "mail").findings
        assert any(one.code == "sender_mismatch" for one in found) is accused


def test_a_050_number_is_less_foreign_than_a_mobile(checker: Checker) -> None:
    said = "ほしぞら債権回収です。{} へ折り返しお電話ください"
    fixed, voip, mobile = (
        weight(checker, "callback_mismatch", said.format(number))
        for number in ("03-9999-7777", "050-3198-7777", "090-9999-7777")
    )
    assert fixed < voip < mobile


def test_a_driver_gives_a_mobile_of_his_own(checker: Checker) -> None:
    said = "【佐川急便】お荷物の件 {}090-9999-0001 までご連絡ください"
    for code in ("callback_line", "callback_mismatch"):
        found = codes(checker, said.format("担当ドライバー直通 "), "sms")
        assert code not in found or found[code].weight <= 0.5
    assert weight(checker, "callback_line", said.format("")) >= 1.5


def test_a_050_number_counts_little(checker: Checker) -> None:
    assert weight(checker, "callback_line", "【佐川急便】お荷物の件 050-3198-0000 までご連絡ください") <= 0.5
    assert weight(checker, "callback_line", "【佐川急便】お荷物の件 090-9999-0001 までご連絡ください") >= 1.5


def test_absence_from_the_list_of_licences_says_little_until_the_list_is_there(checker: Checker) -> None:
    text = "青空債権回収です。ご連絡ください"
    case = checker.check(text, "sms").case
    full = {f.code: f for f in observe(replace(case, licences=FULL_LIST))}
    assert weight(checker, "message_licence_unknown", text) < 0.5 < full["message_licence_missing"].weight
    assert "message_licence_unknown" not in full


# --- words


def hit(group: str, value: float) -> PhraseHit:
    return PhraseHit(group, value, group, 0, 1, "")


GROUPS = ("deadline", "unpaid_fee", "legal_threat", "investigation", "prepaid_card", "settlement", "demand_call")


@pytest.mark.parametrize(
    ("code", "weight", "kind", "text"),
    [
        ("own_channel", -1.4, "sms", "水道料金が未納です。お手元の納入通知書でお支払いください。営業所 03-9999-1111"),
        ("anonymous_demand", 1.1, "sms", "お客様へお知らせ。ご確認ください。050-9999-0001"),
        ("unknown_claimant", 0.3, "sms", "【青空市】市税の滞納により差押えを行います。03-9999-1111"),
        (
            "unknown_claimant",
            1.0,
            "mail",
            "【AOZORA DOCK】料金が未納です。法的措置に移行します https://aozora.example/",
        ),
        ("callback_line", 0.5, "sms", "ヤマト運輸の青木です。090-9999-0001 へお電話ください"),
        ("callback_line", 1.8, "sms", "ヤマト運輸です。090-9999-0001 へお電話ください"),
        ("claims_unconfirmed", 0.4, "sms", "日本年金機構の青木です。至急お手続きください。アカウントを停止します"),
        ("claims_unconfirmed", 1.1, "sms", "【メルカリ】不正ログインを検知しました。ご確認ください"),
        ("link_far_suffix", 0.8, "sms", "至急ご確認ください https://aozora.shop/"),
        ("link_far_suffix", 1.4, "sms", "至急ご確認ください https://aozora.top/"),
        ("link_mismatch", 0.6, "mail", "【メルカリ】あなたの店は aozora.example です"),
        ("link_mismatch", 1.2, "sms", "【メルカリ】ご確認ください https://mercari-otoiawase.jp/"),
        ("link_mismatch", 1.5, "sms", "【メルカリ】ご確認ください https://bit.ly/aozora"),
        ("mentions_fictitious", 0.0, "sms", "民事訴訟管理センターからはがきが来たけど本物?"),
        ("mentions_fictitious", 1.6, "sms", "民事訴訟管理センターから未納料金のSMSが来た"),
        ("message_name_fictitious", 3.5, "sms", "民事訴訟管理センターです。民事訴訟管理センターへお電話ください"),
        ("job_by_messenger", 0.7, "sms", "お母さん、携帯が壊れて困ってる。LINE ID:aozora99"),
    ],
)
def test_the_same_sign_weighs_by_its_company(checker: Checker, code: str, weight: float, kind: str, text: str) -> None:
    found = {one.code: one.weight for one in checker.check(text, kind).findings}
    assert found.get(code) == weight, found


def test_a_sender_that_cannot_be_read_differs_from_nothing(checker: Checker) -> None:
    text = "差出人: aozora.example.jp <info@-.-.->\n設定の更新"
    assert "sender_name_differs" not in {one.code for one in checker.check(text, "mail").findings}


def test_an_address_that_a_link_carries_is_told_with_the_owner_of_that_link(checker: Checker) -> None:
    text = "https://www.post.japanpost.jp/ と https://www.amazon.co.jp/?to=https://bad.example"
    told = [one for one in checker.check(text, "sms").findings if one.code == "link_carries"]
    assert len(told) == 1 and "Amazon" in told[0].text.en and "bad.example" in told[0].text.en
    assert not [one for one in checker.check(text, "page").findings if one.code == "link_carries"]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("抽選の結果は当選です。代金はローソン店頭でお支払いください https://aozora.example/", False),
        ("お支払いはローソン、コンビニ各社などでどうぞ https://aozora.example/", False),
        ("ローソン、お客様への重要なお知らせ https://aozora.example/", True),
        ("ローソンの荷物、届いたら受け取っておいて。場所は https://aozora.example/", False),
        ("ローソンの荷物を預かっています。手続きは https://aozora.example/", True),
        ("ローソンの暗証番号教えて。すぐ送ってくれる？ https://aozora.example/", True),
    ],
)
def test_a_till_is_not_who_the_message_claims_to_be(checker: Checker, text: str, claims: bool) -> None:
    assert ("link_mismatch" in {one.code for one in checker.check(text, "sms").findings}) is claims


LETTER = (
    "青空会議のみなさま\n\n"
    + "先月の会合では来年の催しについて話し合いました。\n" * 12
    + "{}"
    + "次の会合は来月の初めです。資料は追って送ります。\n" * 12
)


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("申し込みは楽天市場のような店のページで受け付けてはどうかという声もありました。\n", False),
        ("楽天市場をご利用いただきありがとうございます。\n", True),
        ("【楽天市場】より\n", True),
    ],
)
def test_a_long_letter_mentions_companies_on_its_way(checker: Checker, words: str, claims: bool) -> None:
    found = checker.check(LETTER.format(words) + "https://aozora.example/", "mail").findings
    assert ("link_mismatch" in {one.code for one in found}) is claims


@pytest.mark.parametrize(
    ("sender", "claims"),
    [("青空鍼灸院", False), ("お客様サポート", True), ("楽天市場", True)],
)
def test_a_house_that_signs_is_not_whom_it_mentions(checker: Checker, sender: str, claims: bool) -> None:
    text = f"差出人: {sender} <yoyaku@aozora.example>\n件名: ご予約\n\n会計は楽天市場のポイントでも承ります。https://aozora.example/"
    found = {one.code for one in checker.check(text, "mail").findings}
    assert ("sender_mismatch" in found) is claims


@pytest.mark.parametrize(
    ("head", "body", "claims"),
    [
        (
            "差出人: Aozora <noreply@mail.aozora.example>",
            "ログインを検出しました。\nプロバイダ: google\n至急ご連絡ください",
            False,
        ),
        ("差出人: あおぞら杯 <info@liga.example>", "あおぞら杯の参加費が未納です。\n■ PayPay\nあおぞら杯", False),
        ("差出人: あおぞら杯 <info@liga.example>", "参加費が未納です。\n■ PayPay\n", True),
        ("差出人: aozorapaypay <info@aozorapaypay.example>", "利用料が未納です。\n■ PayPay\n", True),
        (
            "差出人: Aozora <noreply@aozora.example>",
            "PayPayをご利用いただきありがとうございます。料金が未納です。",
            True,
        ),
        ("差出人: support <support@support.example>", "support\n利用料が未納です。\n■ PayPay\n", True),
        (
            "差出人: お客様サポート <info@liga.example>",
            "お客様サポートです。利用料が未納です。\n■ PayPay\nお客様サポート",
            True,
        ),
    ],
)
def test_who_keeps_to_a_name_is_not_whom_he_mentions(checker: Checker, head: str, body: str, claims: bool) -> None:
    found = {one.code for one in checker.check(f"{head}\n件名: お知らせ\n\n{body}", "mail").findings}
    assert ("sender_mismatch" in found) is claims


@pytest.mark.parametrize(
    ("body", "poses"),
    [
        (
            "解約を承りました。\n【佐川急便】（飛脚宅配便）\n【ヤマト運輸】（宅急便）\nのいずれかでお送りください。",
            False,
        ),
        ("解約を承りました。\n・佐川急便\n・ヤマト運輸\nのいずれか。佐川急便の伝票をお持ちください。", False),
        ("解約を承りました。\n【佐川急便】（飛脚宅配便）でお送りください。", True),
        ("佐川急便です。不在でした。\n【佐川急便】（飛脚宅配便）\n【ヤマト運輸】（宅急便）", True),
        ("お荷物の件です。\n【佐川急便】より\n【ヤマト運輸】より", True),
    ],
)
def test_who_leaves_the_choice_among_carriers_is_none_of_them(checker: Checker, body: str, poses: bool) -> None:
    case = checker.check(f"差出人: info@aozora.example\n件名: お知らせ\n\n{body}", "mail").case
    assert bool(case.brands) is poses, case.brands


@pytest.mark.parametrize(
    ("name", "link", "mismatch"),
    [
        ("楽天カード", "https://r10.to/aozora", False),
        ("エポスカード", "https://r10.to/aozora", True),
        ("dカード", "https://s.vpass.jp/aozora", False),
        ("dカード", "https://s.vpass.jp.aozora.example/", True),
    ],
)
def test_who_links_to_the_house_of_its_group_is_no_impostor(
    checker: Checker, name: str, link: str, mismatch: bool
) -> None:
    found = checker.check(f"【{name}】カードのご利用を制限しています {link}", "sms").findings
    assert ("link_mismatch" in {one.code for one in found}) is mismatch


def test_what_two_endings_hide_is_no_paper(checker: Checker) -> None:
    text = "件名: 確認のお願い\n\n添付: 青空確認書{}.exe"
    assert [h.group for h in checker.check(text.format(".pdf"), "mail").case.hits] == ["attachment"]
    assert not checker.check(text.format("").replace("添付: ", ""), "mail").case.hits


CALM = "差出人: 青空ストア <info@aozora.example>\n件名: {}\n\n{}でのお支払いを承りました。https://aozora.example/orders"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        (CALM.format("メルカリでのお支払いを承りました", "メルカリ"), 0.6),
        (CALM.format("メルカリでのお支払いが確認できません", "本日中にお手続きください。メルカリ"), 2.4),
        (CALM.format("メルカリでのお支払いを承りました", "メルカリ").replace("aozora.example/", "aozora.top/"), 2.4),
    ],
)
def test_a_calm_mail_that_names_a_company_is_no_impostor(checker: Checker, text: str, weight: float) -> None:
    answer = checker.check(text, "mail")
    assert {one.code: one.weight for one in answer.findings}["link_mismatch"] == weight
    assert weight > 1 or answer.verdict == "unreported"


PASSED_ON = (
    "差出人: 青空花子 <hanako@aozora.example>\n件名: Fwd: お支払い\n\nこんなのが来ました。\n\n{}\n"
    "差出人: メルカリ <info@mercari.aozora.top>\n件名: お支払い\n\nメルカリです。至急お手続きください。https://mercari.aozora.top/"
)


def test_a_message_that_names_another_road_in_words_is_not_official(checker: Checker) -> None:
    for more, verdict in (("", "official"), ("送料はペイペイ送金で吉田へ", "unreported")):
        assert checker.check(f"【日本郵便】ご不在でした https://www.post.japanpost.jp/ {more}").verdict == verdict


def test_a_report_on_a_company_s_name_as_sender_convicts_none_of_its_messages(checker: Checker) -> None:
    text = "【メルカリ】ご利用料金が確定しました。https://www.mercari.com/"
    answers = [checker.check(text, "sms", sender) for sender in ("", "Mercari")]
    assert [answer.verdict for answer in answers] == ["official", "official"]
    assert checker.check("【メルカリ】ご利用料金 https://mercari.aozora.top/", "sms", "Mercari").verdict == "dangerous"


@pytest.mark.parametrize("mark", ["---------- Forwarded message ----------", "----- 転送メッセージ -----"])
def test_who_passes_a_mail_on_did_not_send_it(checker: Checker, mark: str) -> None:
    answer = checker.check(PASSED_ON.format(mark), "mail")
    assert {seen.mention.key for seen in answer.case.senders} == {"aozora.top"} and answer.verdict == "dangerous"
    assert "aozora.example" in {seen.mention.key for seen in checker.check(PASSED_ON.format(""), "mail").case.senders}


@pytest.mark.parametrize(
    "text",
    [
        "【メルカリ】リンク先が https://mercari.aozora.top/ のメールは当社からのものではありません。",
        "【メルカリ】偽サイトの例：https://mercari.aozora.top/ 開かないでください",
    ],
)
def test_a_fake_that_is_called_one_is_not_the_message_s_own(checker: Checker, text: str) -> None:
    assert checker.check(text, "mail").case.links == ()
    assert checker.check("【メルカリ】https://mercari.aozora.top/", "mail").case.links


@pytest.mark.parametrize(
    ("text", "adverse"),
    [
        (
            "【注意】佐川急便を名乗る偽SMS(http://aozora.top)が出回っています。開かないで削除してください。PTA広報",
            False,
        ),
        ("当行がSMSで https://aozora.xyz/ のようなURLをお送りすることはありません。三井住友銀行", False),
        ("佐川急便を名乗る偽SMSにご注意。正しくは http://aozora.top で再配達", True),
        ("佐川急便を名乗る偽サイト(http://aozora.top)が確認されています。対象の方は上記リンクからご確認ください", True),
        ("佐川急便 お荷物の再配達はこちら https://aozora-post.com/ (偽サイトではありません)", True),
    ],
)
def test_who_quotes_a_fake_link_is_told_from_who_sends_it(checker: Checker, text: str, adverse: bool) -> None:
    answer = checker.check(text, "sms")
    assert (answer.verdict in ("dangerous", "suspicious")) is adverse
    assert bool(answer.case.links and answer.case.brands) is adverse


@pytest.mark.parametrize(
    "text",
    [
        "昨日「未納料金が発生しています」ってSMS来たんだけど無視でいいよね?",
        "口座を調べると警察から電話があったの。本物ですか？",
    ],
)
def test_who_asks_about_a_fraud_is_none(checker: Checker, text: str) -> None:
    assert checker.check(text, "sms").verdict == "unreported"


def test_an_ending_is_that_of_the_link_or_of_the_sender(checker: Checker) -> None:
    for text, what in (
        ("至急ご確認ください https://aozora.top/", "リンク先"),
        ("差出人: 青空 <a@aozora.top>\n件名: 至急\n\n至急ご返信ください", "差出人"),
    ):
        (found,) = [one for one in checker.check(text, "mail").findings if one.code == "link_far_suffix"]
        assert found.text.ja.startswith(f"{what}の末尾")


def test_a_page_that_warns_poses_as_nobody(checker: Checker) -> None:
    warning = (
        "メルカリを名乗る詐欺に注意\n\nメルカリを名乗り、「未納料金がある」と +1 844-555-0110 から電話があります。"
    )
    assert checker.check(warning, "page").case.brands == ()
    assert checker.check(warning.replace("を名乗り", "です"), "sms").case.brands


def test_words_of_a_second_group_count_half(checker: Checker) -> None:
    groups = MessageCase(
        "x" * 20, hits=(PhraseHit("a", 1.0, "xx", 0, 9, ""), PhraseHit("b", 0.8, "xx", 2, 6, ""))
    ).groups
    assert {group: hit.weight for group, hit in groups.items()} == {"a": 1.0, "b": 0.4}


@given(st.lists(st.tuples(st.sampled_from(GROUPS), st.floats(0.1, 2.0)), max_size=30))
def test_a_group_counts_once_and_words_alone_never_condemn(rows: list[tuple[str, float]]) -> None:
    found = observe(MessageCase("", "sms", hits=tuple(hit(*row) for row in rows)))
    words_only = [finding for finding in found if finding.code == "phrase"]
    assert len(words_only) == len({group for group, _ in rows})
    assert sum(finding.weight for finding in words_only) <= words.MOST + 0.01
    assert score.judge_message(words_only)[0] != "dangerous"


def test_what_every_failed_payment_is_told_in_counts_as_two_groups_would() -> None:
    def weights(*rows: tuple[str, float]) -> dict[str, float]:
        hits = tuple(PhraseHit(group, weight, "xx", 10 * n, 10 * n + 2, "") for n, (group, weight) in enumerate(rows))
        found = observe(MessageCase("会費のお知らせ。" * 20, "mail", hits=hits))
        return {finding.evidence[0]: finding.weight for finding in found if finding.code == "phrase"}

    story = (("account_stop", 1.0), ("unpaid_fee", 0.8), ("verify", 0.8), ("deadline", 0.9), ("final_notice", 1.0))
    told = weights(*story, ("refund", 0.9))
    assert told.pop("refund") == 0.9
    assert sum(told.values()) == pytest.approx(2.0, abs=0.01)
    assert weights(*story[:2]) == dict(story[:2])


def test_words_of_ordinary_reminders_count_for_the_message() -> None:
    with_them = observe(MessageCase("", "sms", hits=(hit("unpaid_fee", 0.7), hit("reassurance", -0.7))))
    assert {finding.evidence: finding.weight for finding in with_them if finding.code == "phrase"} == {
        ("unpaid_fee",): 0.7,
        ("reassurance",): -0.7,
    }


@pytest.mark.parametrize("name", ["サポートセンター", "ご利用確認サポート", "お客様相談窓口", "カスタマーサービス"])
def test_names_that_name_nobody(name: str) -> None:
    assert is_general(name)


@pytest.mark.parametrize("name", ["佐川急便", "青空商会", "リボーン債権回収", "東京ガス"])
def test_names_that_name_somebody(name: str) -> None:
    assert not is_general(name)


# --- mail heads, campaigns


def mail(**facts: object) -> dict[str, Finding]:
    return {f.code: f for f in observe(MessageCase("", "mail", mail=MailFacts(**facts)))}  # type: ignore[arg-type]


def test_failed_checks_count_unless_the_sender_was_confirmed() -> None:
    assert "auth_failed" in mail(failed=("dmarc",))
    assert "auth_failed" not in mail(failed=("spf",), confirmed=True)
    assert "auth_failed" not in mail()


def test_replies_to_another_party() -> None:
    assert "reply_elsewhere" in mail(sender="a.example", reply_to="b.example")
    assert mail(sender="a.example", reply_to="gmail.com")["reply_elsewhere"].weight > 1
    assert "reply_elsewhere" not in mail(sender="a.example", reply_to="a.example")
    assert "return_path_elsewhere" in mail(sender="a.example", return_path="b.example")
    assert not {"reply_elsewhere", "return_path_elsewhere"} & mail(return_path="b.example").keys()


def test_a_link_that_shows_another_host_than_it_leads_to() -> None:
    links = (LinkText("amazon.co.jp", "bait.example"),)
    assert mail(links=links)["link_text_differs"].weight >= 3
    assert mail(links=(LinkText("amazon.co.jp", "bit.ly"),))["link_text_differs"].weight < 1
    own = {"amazon.co.jp": frozenset({"amazon"}), "amazon.com": frozenset({"amazon"})}
    same = MessageCase("", "mail", mail=MailFacts(links=(LinkText("amazon.co.jp", "amazon.com"),)), officials=own)
    assert "link_text_differs" not in {f.code for f in observe(same)}


def test_a_number_that_is_dialled_and_another_shown() -> None:
    found = mail(links=(LinkText("+81120999001", "+819099990001"),))["link_text_differs"]
    assert 0.5 < found.weight < 1.5 and "090-9999-0001" in found.text.ja and "0120-999-001" in found.text.en


def test_what_was_not_read_is_told_and_not_called_harmless() -> None:
    whole, part = (
        {f.code: f for f in observe(MessageCase("明日の集合は九時です", "mail", mail=MailFacts(unread=unread)))}
        for unread in (False, True)
    )
    assert "no_demand" in whole and "parts_unread" not in whole
    assert part["parts_unread"].weight == 0 and "no_demand" not in part


def test_parts_of_a_mail_that_lead_to_different_parties() -> None:
    assert "parts_differ" in mail(apart=("amazon.co.jp", "bait.example"))
    own = {"amazon.co.jp": frozenset({"amazon"}), "amazon.com": frozenset({"amazon"})}
    same = MessageCase("", "mail", mail=MailFacts(apart=("amazon.co.jp", "amazon.com")), officials=own)
    assert "parts_differ" not in {f.code for f in observe(same)}


def campaign(proven: bool, apart: bool, verdict: str = "unreported") -> tuple[str, float]:
    known = verdict != "unreported"
    number = "+815099990001"
    answer = Answer(number, "phone", number, "050-9999-0001", known, verdict, 0.0, Tally(), "2026-11-21", "1")
    seen = Seen(Mention("phone", number, "callback"), answer)
    text = Match("c1", 0.9, "delivery", "", 5, 2, "2026", "2026")
    found = observe(MessageCase("", seen=(seen,), campaign=text, backing=Backing(proven, apart)))
    return next((f.code, f.weight) for f in found if f.code in ("known_campaign", "reported_campaign"))


def test_a_known_text_weighs_more_when_others_than_the_crowd_know_it() -> None:
    (one, less), (two, more) = campaign(False, True), campaign(True, True)
    assert (one, two) == ("reported_campaign", "known_campaign") and 0 < less < more
    assert two in MESSAGE_PROVEN and one not in MESSAGE_PROVEN


def test_the_same_reports_are_not_counted_for_a_contact_and_for_its_text() -> None:
    assert campaign(False, True, "suspicious") == campaign(False, True)
    assert campaign(False, False, "suspicious") == ("reported_campaign", 0.0)
    assert campaign(False, False) == campaign(False, True), "nothing is on record of the contact"
    assert campaign(True, False, "suspicious")[1] == pytest.approx(campaign(True, True)[1] - 2.1)


@pytest.mark.parametrize(
    ("count", "last", "en"),
    [
        (1, "2026-03-01", "Nearly the same text was reported once (2026-03-01, similarity 0.90)"),
        (
            2000,
            "2026-03-05",
            "Nearly the same text was reported 2,000 times (2026-03-01 to 2026-03-05, similarity 0.90)",
        ),
    ],
)
def test_how_often_a_text_was_reported_reads_as_english(count: int, last: str, en: str) -> None:
    known = Match("c1", 0.9, "delivery", "", count, 1, "2026-03-01", last)
    (found,) = [f for f in observe(MessageCase("", campaign=known)) if f.code == "reported_campaign"]
    assert found.text.en == en and f"{count:,} 件あります" in found.text.ja


def test_a_messenger_is_not_who_the_message_claims_to_be() -> None:
    line = Claim("line", "LINE", "LINE", "claimed", 0, 4, "genuine")
    assert MessageCase("", claims=(line,)).brands == (line,)
    assert MessageCase("", claims=(line,), hits=(hit("messenger", 0.6),)).brands == ()


# --- the verdict on a message


def finding(code: str, weight: float) -> Finding:
    return Finding(code, weight, Text(code, code))


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), "unreported"),
        ((("phrase", 3.0),), "suspicious"),
        ((("phrase", 3.0), ("anonymous_demand", 1.5)), "suspicious"),
        ((("link_mismatch", 2.4), ("phrase", 1.0)), "dangerous"),
        ((("message_name_fictitious", 3.5),), "dangerous"),
        ((("reported_contact", 1.2),), "past"),
        ((("reported_contact", 2.1), ("phrase", 3.0)), "suspicious"),
        ((("known_contact", 3.4),), "dangerous"),
        ((("official_contacts", -3.0), ("phrase", 1.0)), "official"),
        ((("official_contacts", -3.0), ("wrong_legal_form", 2.0)), "unreported"),
        ((("official_contacts", -3.0), ("link_mismatch", 2.4), ("phrase", 3.0), ("known_contact", 3.4)), "suspicious"),
    ],
)
def test_verdicts(findings: tuple[tuple[str, float], ...], verdict: str) -> None:
    assert score.judge_message([finding(*one) for one in findings])[0] == verdict


@given(
    st.lists(st.tuples(st.sampled_from(sorted(MESSAGE_WEIGHTS)), st.floats(0, 4)), max_size=8),
    st.sampled_from(sorted(MESSAGE_WEIGHTS)),
    st.floats(0, 4),
)
def test_more_adverse_evidence_never_lowers_the_score(rows: list[tuple[str, float]], code: str, more: float) -> None:
    before = [finding(*row) for row in rows]
    assert score.judge_message([*before, finding(code, more)])[1] >= score.judge_message(before)[1]


@given(
    st.sampled_from(sorted(score.MESSAGE_FACTS)),
    st.floats(0.1, 4),
    st.lists(st.tuples(st.sampled_from(["phrase", "worded_as_usual", "own_channel"]), st.floats(-3, 1)), max_size=6),
)
def test_kind_words_take_back_no_fact(fact: str, weight: float, words: list[tuple[str, float]]) -> None:
    alone = [finding(fact, weight)]
    said = [finding(*row) for row in words]
    assert score.judge_message([*alone, *said])[1] >= score.judge_message(alone)[1]
    if sum(row[1] for row in words) > 0.001:
        assert score.judge_message([*alone, *said])[1] == round(score.combine([*alone, *said], score.MESSAGE_PRIOR), 4)


def test_of_very_many_links_those_that_were_not_looked_up_are_no_unread_ones(checker: Checker) -> None:
    many = " ".join(f"https://mihon{n}.example/" for n in range(70))
    assert "link_unread" not in codes(checker, many, "sms")
    assert "link_unread" in codes(checker, f"{many[:500]} https://mihonx/", "sms")
