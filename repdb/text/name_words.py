"""The words that make or unmake a company name in Japanese text (floor 0). Tables only; ``names`` applies them."""

from __future__ import annotations

KANJI = "一-鿿㐀-䶿々〆ヶ"
NAME = rf"{KANJI}ァ-ヺーa-z0-9&・.+'!\-"  # letters of a name, inside a character class
HIRAGANA = "ぁ-ゖ"

LEGAL_FORMS = (
    "株式会社 有限会社 合同会社 合資会社 合名会社 財団法人 社団法人 独立行政法人 npo法人 弁護士法人 司法書士法人 "
    "特定非営利活動法人 債権回収法人 認可法人 ㈱ ㈲ (株) (有) (同) (社) (財)"
).split()
# Forms that fraudsters use as a name by themselves.
BARE_FORMS = frozenset({"債権回収法人", "認可法人"})

# Endings that make a name wherever they stand, with a letter before them.
STRONG = (
    "債権回収 債券回収 債権管理 債権機構 サービサー 事務局 事務総局 管理局 財務局 管財局 管理機構 回収機構 支援機構 年金機構 救済機構 推進機構 流通機構 保護機構 保証機構 管理組合 センター 事務所 支局 "
    "銀行 信用金庫 信用組合 労働金庫 ネットバンク 証券 急便 運輸 通運 宅配 宅配便 電力 ガス 電鉄 生命保険 損害保険 ファイナンス クレジット "
    "県警 府警 道警 警視庁 警察庁 警察署 検察庁 裁判所 税務署 税関 国税庁 国税局 総務省 法務省 財務省 厚生労働省 経済産業省 金融庁 消費者庁 "
    "通信局 労働局 公安局 大使館 領事館 法律事務所 総合管理部 管理部 通信事業部 保険課 年金課 捜査課 捜査一課 捜査二課 捜査三課 調査業協会 協会 協議会 リサーチ 総研 "
    "ホールディングス 郵便局 マーケティングサービス カスタマーサービス カスタマーサポート カスタマーセンター お客様サポート お客様センター "
    "サポートセンター サポートデスク 水道局"
).split()
# Bodies that are whole names already.
BODIES = frozenset(
    "警視庁 国税庁 警察庁 検察庁 総務省 法務省 財務省 金融庁 消費者庁 厚生労働省 経済産業省 裁判所 郵便局".split()
)
# Endings that make a name only where one is expected: in brackets, before を名乗る, as a signature.
WEAK = (
    "サービス サポート カード ショップ ストア データ システム ネット ペイ モール 市場 生協 組合 商店 商事 工業 通信 放送 協力会 "
    "部 課 局 庁 署 省 審判所 役場 役所 審議会 大学"
).split()

# Legal forms of names in Latin letters, which stand behind.
LATIN_FORMS = ["co., ltd", "co.,ltd", "co. ltd", "co ltd", " inc.", ", inc", " corp.", " k.k.", " llc"]

# Words in hiragana that names hold; others around a name are the sentence's: みどり不動産, and 怪しい不動産.
SOFT = tuple(
    "あいおい あおい あおぞら あおば あかつき あけぼの あさひ あすか あすなろ あゆみ いずみ いちご いろは うるま えびす おおぞら おひさま かえで かがやき かもめ "
    "かんぽ きずな きぼう きらきら きらぼし くすのき くらし くるみ けやき こころ こだま ことぶき こまち さいたま さくら さざなみ さつき さぬき しあわせ しずぎん しらさぎ すこやか "
    "すずらん すばる すみれ そよかぜ たいよう たちばな たんぽぽ ちどり つくし つくば つばき つばさ つばめ つむぎ なごみ なでしこ なのはな のぞみ はなみずき はまなす はやぶさ "
    "はるか ひかり ひたちなか ひなた ひばり ひまわり ひろぎん ふくおか ふくろう ふたば ふるさと ふれあい ほほえみ ほのぼの まごころ まほろば みずほ みちのく みどり みなと みなみ みのり みやび "
    "みらい むさし めぐみ もみじ やすらぎ やまと やまびこ ゆうあい ゆうちょ よつば よろこび らくらく りそな りんどう ろうきん わかくさ わかば".split()
)
# What stands before such a name and is none of it: 本日さくら銀行より.
BEFORE_SOFT = frozenset(
    "本日 昨日 今日 明日 今回 先日 先程 今月 今年 現在 以下 下記 上記 当社 弊社 同社 当方 元 旧 新 某 偽 自称 通称".split()
)

# Kinds of body that are themselves what a caller pretends to be: 県警を名乗る.
POSED_AS = frozenset(
    "警察 県警 府警 道警 検察 裁判所 税務署 年金事務所 市役所 区役所 役場 消費者センター 電力会社 ガス会社 水道局 銀行協会 郵便局 保健所".split()
)
# Words beside which a Latin word is the name of a service: ABCアカウント, ABCのプラットフォーム.
SERVICE_OF = "プラットフォーム アカウント 会員 公式".split()

# What stands behind a claimed name. Read with the particles between: を名乗る, などと称し, からのお知らせ.
POSING = "名乗 かたり かたる かたっ 騙 装い 装う 装っ 称す 称し 称さ なりす なる所 なるところ なる会社 なる業者 名義 名で 名を 名前 名称で 名称を使".split()
GREETING = "利用いただ 利用頂 利用下 利用くだ 会員様 愛顧".split()
NOTICE = "お知らせ ご案内 重要な 緊急の".split()
HEADERS = "差出人 送信者 送信元 発信元 発信者 送り主 送信者名 from 発行元 配信元 発行者 発行・運営".split()
SAYING = "です でございます と申し".split()
# 見本捜査部:あなたは… at the head of a line; 敬具 and the line below it.
SPEAKING = "部: 課: 局: 署: センター:".split()
# Labels of a name in warnings and imprints: 業者名: MIHON FX.
LABELS = "業者名 会社名 サイト名 ショップ名 屋号 運営会社 販売業者 アプリ名".split()
# Labels of an imprint that stand before a legal form, with no colon between.
SELLERS = frozenset(
    [*LABELS, *"商号 社名 販売者 運営者 事業者 事業者名 販売業者名 販売事業者 運営事業者 販売元 運営元".split()]
)
TITLED = [f"{kind}{opening}" for kind in ("サイト", "業者", "会社", "アプリ", "ショップ") for opening in "「『"]
# Endings of a name that stands right before a telephone number, besides the weak ones that are no public office's.
SIGNING = tuple("サービス サポート カード ネット 通信 システム データ 係 企画 調査 管理 ライン 事務".split())
CLOSING = "敬具 草々 かしこ regards sincerely".split()
# What a caller adds to the body he says he is from.
STAFF = ("職員", "社員", "係員", "担当者", "者")

# Words that name a kind of body, alone or behind one of the words before them.
GENERIC = frozenset(
    "債権回収 債権管理 事務局 センター コールセンター コンタクトセンター データセンター サービスセンター 相談センター 事務所 法律事務所 弁護士事務所 "
    "銀行 ネット銀行 地方銀行 証券 電力 ガス クレジット 協会 協議会 裁判所 警察署 水道局 役場 役所 学会 大学 委員会 リサーチ 生命保険 損害保険 サービス カード クレジットカード "
    "商事 商会 商店 不動産 工業 産業 興業 建設 物産 物流 運輸 急便 通運 管理センター "
    "デビットカード キャッシュカード マイナンバーカード プリペイドカード ギフトカード ポイントカード ショップ ストア データ システム ネット インターネット "
    "部 課 局 庁 署 省 通信 全部 一部 電気・ガス 支局 探偵事務所 税関 回収 管理部 県警 会社 債権回収会社 カード会社 事業者 業者 宅配業者 宅配 宅配便 "
    "弁護士 職員 担当 担当者 社員 警察 警察官 調査機関 商号 組織名 宛名 個人 本人 上記 下記 次 以下 実在 第三者 大手企業 企業 金融機関 配送業者 "
    "運送業者 通販サイト 公的機関 役所 市役所 リンク メール 手順 書類 男 女 人 者".split()
)
KIND_OF = frozenset(
    "同 当 各 本 全 両 他 貴 弊 毎 約 が 地元 最寄 最寄り 近く 専門 公式 正規 偽 各地 全国 一般 大手 架空 悪質 有料 無料 動画 配信 関係 海外 国内 "
    "国際 総合 加入 簡易 管轄 都道府 弊社 当社 同社".split()
)
# What stands in brackets and is a heading, not a name: words anywhere in it, at its end, and all of it.
HEADING = (
    "重要 お知らせ 通知 緊急 至急 確認 警告 注意 必読 再送 連絡 案内 速報 最終 当選 キャンペーン 限定 件名 問合 問い合 利用 日時 金額 内容 ログイン ユーザー "
    "名前 メール アドレス 差出人 送信元 表示名 口座 使用量 パスワード 願い 危険 防犯 アドバイス 曜 住所 方法 画像 追記 関連 番号 発行 停止 解除 電話 受付 対応 変更 更新 登録 契約 請求 支払 詐欺 特徴 とは 手続 還付 期限 本文 担当 "
    "通話無料 専用 ダイヤル [0-9]{4}年 され してい できる 料無料 要請 督促 催告 生年月日 について 場合 ください ます です する した"
).split() + ["all rights"]
HEADING_ENDS = tuple("件 例 例文 サイト ページ 機能 修正 処理 書 状 欄 名 的 度".split())
HEADING_WHOLE = (
    r"[0-9\-/:.年月日時分 ]+|[a-z]{0,4}[ -]?[0-9\-]{5,30}|[a-z]|内[ ]?容|民間団体|ホーム|トップ|メニュー|"
    r"sms|line|url|pr|ad|new|re|fw|faq|id|tel|fax|http[a-z0-9]*|no-?reply|spam|from|to|cc|subject|date|タイトル|アカウント|お?客様|お?荷物|スマホ|パソコン|端末|携帯|現在|今月|先月|本日|ご自身|あなた"
)
# What stands where a name could and is none: times and counts, what a person does, English words that hold sentences together.
TIMES = (
    "平日 土日祝 土日 休日 祝日 毎日 年中無休 終日 営業時間 受付時間 対応時間 営業 受付 午前 午後 曜日 曜 時間 時 分 半 年 月 火 水 木 金 土 日 祝 秒 "
    "桁 内線 内 下 上 末尾 番 円 件 名 回 枚 階 号 歳 以内 以降 令和 平成 昭和 まで から am pm"
).split()
TIMES_ALONE = "時間 曜 平日 年中 祝"
FUNCTIONS = frozenset(
    "ヘルプ サポート ドライバー スタッフ オペレーター アドバイザー ガイダンス フリーダイヤル フリーコール ナビダイヤル 販売業者 販売者 運営者 責任者 "
    "店長 代表 代表者 運営会社 有限会社 株式会社 合同会社".split()
)
FUNCTIONS_OF = ("配達", "配送", "宅配", "担当", "専用", "専属", "専門", "弊社", "当社")
LITTLE = frozenset(
    "a an the this that these those your our my his her its we you i it he she they us me be is are was were been has have had do does did will "
    "can may must please call dial phone tel fax ext extension contact text reply visit click open help support customer service team desk line "
    "number hours hour today now tomorrow daily weekdays mon tue wed thu fri sat sun monday friday from to for at on in of or and but by with "
    "as if not no yes free toll more info information here there between after before about via office ltd inc co corp llc kk limited am pm only "
    "urgent immediately all any each every re new dear hello hi sir madam named called company".split()
)
# A name stands there, but nobody claims to be it: payment routes, merchants, ways of contact.
INCIDENTAL_AFTER = r"[ ]?(?:id|ギフト|プリペイド|コード|ポイント|で(?:支払|購入|買|止ま|保留|留め|見つけ|見かけ|見た|売って|働|待|会)|にて購入|アプリ|[ ]{0,2}[一-鿿ァ-ヺー]{0,6}[本支]店|:|\(id|のqr|公式アカウント|pay)"
INCIDENTAL_BEFORE = (
    r"(?:利用先|登録カード|登録の?カード|加盟店名?|利用店舗名?|利用場所|店舗名?|振込先|口座|ブランド|visa|株主"
    r"|(?:配送|運送|宅配|配達|輸送)(?:業者|会社|方法|手段|便)名?)[】]?[ :】\n(]{0,3}$"
)
# Bodies that people are sent to for help: named on a warning page, they are not who called.
HELPERS = (
    r"消費生活|国民生活センター|消費者(?:庁|ホットライン|センター)|警察相談|法テラス|弁護士会|司法書士会|フィッシング対策|jpcert|"
    r"サイバー(?:犯罪|警察)|公安委員会|調査業協会|迷惑メール相談|総務省|経済産業省|金融庁|東京都$|県$|協議会$|全国銀行協会|^警察庁$"
)
