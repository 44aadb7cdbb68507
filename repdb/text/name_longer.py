"""When a known name is only the beginning of a longer one: アップル引越センター is no Apple, アップルサポート poses as it (floor 0)."""

from __future__ import annotations

import re
from functools import lru_cache

from repdb import letters

# Kinds of body of their own, wherever they stand behind the name.
_BODIES = (
    "引越センター 引っ越しセンター 文化センター カルチャーセンター リフォーム 買取センター 結婚センター 学習センター スポーツ 車検 レンタカー "
    "住建 建設 建築 工務店 不動産 住宅 住設 設備 塗装 製作所 製薬 製菓 食品 水産 農園 牧場 酒造 醸造 印刷 "
    "病院 医院 クリニック 歯科 眼科 内科 外科 皮膚科 小児科 耳鼻科 薬局 整骨院 接骨院 整体 鍼灸 治療院 診療所 介護 デイサービス 老人ホーム "
    "美容室 美容院 理容 サロン エステ ネイル 学園 学院 進学塾 教室 スクール 保育園 保育所 幼稚園 こども園 大学 高校 中学校 小学校 "
    "図書館 美術館 博物館 水族館 動物園 植物園 記念館 会館 公民館 体育館 旅館 ホテル 温泉 キャンプ場 "
    "倶楽部 ミュージアム ツアーズ 劇場 シアター シネマ スタジアム アリーナ ドーム 球場 食堂 レストラン カフェ ベーカリー 工房 本舗 書店 文具店 酒店 洋菓子店 専門店 "
    "労働組合 労組 同好会 後援会 町内会 自治会 友の会 ob会 研究会 同窓会 県人会 校友会 互助会 商工会 ファンクラブ イーグルス ライフバル 野球部 柔道部"
).split()
# Those that ordinary words have in them: only at the end, or before a branch or a legal form.
_LAST = (
    "ホーム ホームズ ハウス ハイツ マンション タワー ビル ホール パーク ランド ガーデン 塾 医 商店 商会 商事 物産 興業 産業 駅 "
    "財団 基金 学会 協会 楽団 合唱団 劇団 クラブ 寮"
).split()
_BEHIND_LAST = "(?:株式会社|有限会社|合同会社|様|御中|.{1,8}(?:支?店|営業所|教室|校|支部))?$"
# A place: みずほ台…, りそな通り….  A dealer says where he is: auショップ青葉台.
_PLACE = r"台(?![帳風数])|通り|[ヶが]丘|川(?!柳)"
_DEALER = r"(?:ショップ|ステーション|プラザ|スクエア).{2,8}$"
# What a company's own departments go by, and those who pose as one.
_SERVICES = (
    "サポート ヘルプ カスタマー コンシェルジュ お客 顧客 料金 未納 未払 滞納 請求 支払 決済 引落 振替 返金 還付 払戻 入金 出金 送金 残高 取引 利用 "
    "債権 債券 回収 管理 管轄 管財 監視 調査 捜査 検査 審査 法務 訴訟 裁判 通達 告知 督促 セキュリ 認証 本人 確認 更新 保護 補償 対策 詐欺 犯罪 サイバー 事務局 運営 "
    "公式 会員 会費 メンバー ユーザー プレミアム プライム カード 口座 アカウント ログイン パスワード id ポイント マイル ギフト クーポン キャンペーン プレゼント 当選 特典 "
    "相談 窓口 受付 問合 受信料 放送受信 コール 電話 回線 通信 通話 携帯 モバイル 配送 配達 配信 宅配 宅急 急便 荷物 集荷 不在 再配 物流 通関 郵便 営業 "
    "オーダー 注文 購入 販売 マーケティング マーケットプレイス オンライン ネット(?!ワ) ウェブ web アプリ サイト ページ ホームページ 情報 "
    "お知らせ ご案内 ダイレクト バンキング バンク 銀行 証券 信託 保険 ファイナンス クレジット ローン ペイ 融資 投資 担当 職員 社員 本社 本部 支社 支局 支店"
).split()
# These alone, directly behind the name: アマゾンセンター; but not アマゾン文化センター.
_SERVICES_FIRST = (
    "センター サービス データ システム チーム スタッフ ショップ ストア モール グループ ジャパン ドライバ デバイス ライセンス ディストリビューション"
).split()
_REST = re.compile(r"(?:通り(?=[一-鿿ァ-ヺ])|が丘|友の会|お客|っ越し|こども園|[一-鿿㐀-䶿々〆ヶァ-ヺーa-z0-9]){1,20}")
ENDS_NAME = frozenset(
    " \n.,:()<>「」『』【】、。のをはにでとかよ"
)  # what mostly stands behind a name: nothing of a longer one
# The whole stands as the name of who speaks or sends.
_ALONE = re.compile(r"(?:の家|の里|の森|の湯)?(?:です|でございます|と申し|より|から|[ ]?[<】])")
_LETTERS = re.compile("[一-鿿ァ-ヺー]{2}")
_DEPARTMENT = re.compile(
    r"[課局部署係官員者室隊庁省社]$|審議会$|委員会$|会社|法人|重要|緊急|至急|通知|注意|警告|制限|停止|期限|最終"
)
_KATAKANA = re.compile("[ァ-ヺー]{2}")


def is_longer(text: str, end: int) -> bool:
    """The name that ends at ``end`` of the folded text is the beginning of the name of another body."""
    rest = None if text[end : end + 1] in ENDS_NAME else _REST.match(text, end)
    if rest is None:
        return False
    return own_body(text[end - 1 : end], rest[0]) or (
        bool(_ALONE.match(text, rest.end())) and _says_nothing(rest[0]) and bool(_LETTERS.match(rest[0]))
    )


@lru_cache(maxsize=4096)
def _says_nothing(rest: str) -> bool:
    """No word of services and no department in what follows a name."""
    *_, services, first = _patterns()
    plain = _plain(rest)
    return not (services.search(plain) or first.match(plain) or _DEPARTMENT.search(rest))


@lru_cache(maxsize=4096)
def own_body(last: str, rest: str) -> bool:
    """A name, whose last letter is given, and what directly follows it together name a body of its own. Both as text or as
    ``company.fold`` has them."""
    bodies, dealer, services, first = _patterns()
    plain = _plain(rest)
    if dealer.match(plain):
        return not services.search(plain)
    if services.match(plain) or first.match(plain):
        return False
    if bodies.search(plain):
        return True
    return bool(_KATAKANA.match(last + rest) and "ァ" <= rest[1:2] <= "ー") and not services.search(plain)


@lru_cache(maxsize=4096)
def poses(last: str, rest: str) -> bool:
    """What follows a name makes it one that those use who pose as its bearer; nothing at all does, too."""
    *_, services, first = _patterns()
    plain = _plain(rest)
    return not plain or (not own_body(last, rest) and bool(services.search(plain) or first.match(plain)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Bodies, dealers, services, and services that count in the first place only."""
    bodies = f"{_any(_BODIES)}|{_any(_LAST)}{_plain(_BEHIND_LAST)}|^(?:{_plain(_PLACE)})"
    return tuple(map(re.compile, (bodies, _plain(_DEALER), _any(_SERVICES), _any(_SERVICES_FIRST))))


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(map(_plain, words))})"


def _plain(text: str) -> str:
    """Kana large, look-alikes as kanji throughout, whatever their neighbours."""
    return letters.unify(text).translate(letters.tables().as_kanji)
