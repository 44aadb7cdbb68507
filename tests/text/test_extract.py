from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.records import Mention
from repdb.text.extract import Extractor, extract
from repdb.text.mail import read_mail
from repdb.text.roles import shown_role

NAMES = {"見本銀行": "見本銀行", "ミホンカード": "ミホンカード", "LINE": "line", "Mihon.example": "mihon"}
OFFICIAL: Mapping[str, str] = {"mihonbank.example": "見本銀行", "+81120999001": "見本銀行", "+81399990009": "見本銀行"}
READER = Extractor(NAMES, OFFICIAL)


def roles(text: str, kind: str = "", reader: Extractor = READER) -> dict[str, str]:
    return {mention.key: mention.role for mention in reader.extract(text, kind=kind) if mention.kind != "company"}


def companies(text: str, kind: str = "") -> dict[str, str]:
    return {mention.key: mention.role for mention in READER.extract(text, kind=kind) if mention.kind == "company"}


def test_a_message_gives_every_identifier_with_place_and_role() -> None:
    text = "【見本銀行】至急０５０－９９９９－０００１まで http://bad.duckdns.org"
    assert READER.extract(text) == [
        Mention("company", "見本銀行", "claimed", "見本銀行", 1, 5),
        Mention("phone", "+815099990001", "callback", "０５０－９９９９－０００１", 8, 21),
        Mention("domain", "bad.duckdns.org", "link", "http://bad.duckdns.org", 24, 46),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "key", "role"),
    [
        # messages: the trap
        ("【カスタマーサービス】料金が未納です。03-9999-0001 に折り返しご連絡下さい", "sms", "+81399990001", "callback"),
        ("着信 +1800335814321 警視庁です", "voice", "+1800335814321", "sender"),
        ("見本管財事務局(TEL03-9999-0001) 裁判通達書", "postcard", "+81399990001", "callback"),
        # genuine reminders and known channels
        ("【見本カード】お支払いの確認ができておりません。0570-999-001 へ。", "sms", "+81570999001", "official"),
        ("見本銀行です。03-9999-0009 までご連絡ください", "sms", "+81399990009", "official"),
        ("裁判の件です。見本国民生活センター 03-9999-0001 公式窓口までお電話ください", "sms", "+81399990001", "callback"),
        ("詐欺の手口に注意。相談は見本消費生活センター TEL:03-9999-0001", "", "+81399990001", "official"),
        # mails quote the true helpline
        ("差出人: 見本 <a@bad.example>\n\n至急 https://bad.example/ へ\nお問い合わせ 03-9999-0001（受付時間 9:00～18:00）", "mail", "+81399990001", "official"),
        # pages: culprits and helplines side by side
        ("還付金の詐欺が急増しています。\n最近の着信例: 03-9999-0001\n■見本警察署 電話:0256-99-0110", "page", "+81399990001", "sender"),
        ("還付金の詐欺が急増しています。\n最近の着信: 03-9999-0001\n■見本警察署 電話:0256-99-0110", "page", "+81256990110", "official"),
        ("「料金未納」のSMSに載っていたのは03(9999)0001。固定電話風でも信用しないで。", "page", "+81399990001", "reported"),
        ("見本銀行を装う音声は「0」を押せと言い、03(9999)0001 のような東京の番号からかかります。", "page", "+81399990001", "reported"),
        ("詐欺に注意。見本(157)や見本電話(0800-999-0157)も同様に装われます。", "page", "+818009990157", "official"),
        ("詐欺に注意。0800-999-0157も同様に注意。", "page", "+818009990157", "reported"),
        ("詐欺に注意。0800-999-0157、0800-999-0158 は料金案内に使われる本物。", "page", "+818009990157", "official"),
        ("0800の迷惑営業メモ\n・0800-999-5131 見本電話の代理店を装う回線の話。", "page", "+818009995131", "reported"),
        ("0800の迷惑営業メモ\n・0800-999-5131 見本電話の回線の話。", "page", "+818009995131", "official"),
        ("詐欺の電話。被害者の携帯電話（090-9999-1234）に着信。", "page", "+819099991234", "official"),
        ("詐欺の電話。被害者（050-9999-0001から電話を受けた）の話。", "page", "+815099990001", "sender"),
        ("市内の70代男性宅（042-999-0001）に詐欺の電話。", "page", "+81429990001", "official"),
        ("未納のお知らせをSMSで送ります。送信者の欄に出る番号\n0175-99-2111(役場代表) ドコモ、楽天モバイル", "page", "+81175992111", "official"),
        ("詐欺の番号 050-9999-0001 ドコモなどを名乗る", "page", "+815099990001", "reported"),
        ("名乗りの一覧\n警視庁捜査二課 050-9999-0001\n架空請求です", "page", "+815099990001", "reported"),
        ("公式サイトにそっくりの mihon.example に注意。詐欺です。", "page", "mihon.example", "link"),
        ("詐欺が心配なら188か#9110へ。", "page", "jp:188", "official"),
        ("詐欺の番号です。\n市民課 042-999-0001\n", "page", "+81429990001", "official"),
        ("詐欺に注意。末尾が0110の番号（03-9999-0110など実在の警察署の番号を偽装）から", "page", "+81399990110", "official"),
        ("詐欺の口コミ 050-9999-0001\n関連する電話番号\n03-9999-0005 見本歯科", "page", "+81399990005", "official"),
        ("詐欺電話に注意。実際に使われた番号：050-9999-0001", "mail", "+815099990001", "callback"),
        ("当社の正規のアドレスは info@mihon.example です。偽に注意。", "page", "mihon.example", "official"),
        ("不審なメールに注意。\n正しいドメイン\nmihon.example\n", "page", "mihon.example", "official"),
        ("詐欺被害です。被害者（60代女性、090-9999-0001）に不審な電話。", "page", "+819099990001", "official"),
        ("Aさん(042-999-0001)宅に、警察官を名乗る男から不審な電話。", "page", "+81429990001", "official"),
        ("詐欺です。担当の鈴木さん（090-9999-0001）に電話するよう言われた。", "page", "+819099990001", "callback"),
        ("詐欺でした。私の携帯090-9999-1234に着信。", "page", "+819099991234", "official"),
        ("詐欺の電話。近くの交番（03-9999-0003）に相談した。", "page", "+81399990003", "official"),
        ("0120-999-510の最新状況\n宅配業者からの連絡", "page", "+81120999510", "reported"),
        ("0800-999-5646（08009995646）では、通信会社の代理店を名乗る例の報告が多い。", "page", "+818009995646", "reported"),
        (
            "無視している方へ\n・0120-999-861\n・03-9999-9738\nこのどれかなら正当な督促で、詐欺や迷惑電話ではありません。",
            "page",
            "+81399999738",
            "official",
        ),
        ("新着口コミ\n08009990290 (2025/11/22 15:12:45)\nニセ電力会社の自動音声アンケート。", "page", "+818009990290", "reported"),
        ("偽の府警から「逮捕する」「罰金を立て替えて」。番号は 09099990157 です。", "page", "+819099990157", "reported"),
        ("詐欺に注意。\n見本警察署 0256-99-0111 市役所を名乗る電話にご注意ください。", "page", "+81256990111", "official"),
        ("詐欺に注意。\n見本警察署 0256-99-0111\n迷惑電話にご注意ください。", "page", "+81256990111", "official"),
        ("詐欺に注意。\n見本警察署 0256-99-0111\n詐欺かと思った方は早めにお電話を。", "page", "+81256990111", "official"),
        ("詐欺に注意。\n見本警察署 0256-99-0111 は、詐欺の疑いがある場合の窓口です。", "page", "+81256990111", "official"),
        ("詐欺に注意。0800-999-0157、0800-999-0158 は本物に見せかけた番号です。", "page", "+818009990157", "reported"),
        ("詐欺に注意。03-9999-0001 などが報告されています。", "page", "+81399990001", "reported"),
        ("詐欺に注意。03-9999-0001 は「電気停止」をうたう自動音声です。", "page", "+81399990001", "reported"),
        ("府警の番号を使う詐欺。代表075(999)9111に似せた番号が表示された。", "page", "+81759999111", "official"),
        ("詐欺メールの電話番号。0120-999-001や03-9999-0002を検索したら、本当に見本銀行につながる番号でした。", "page", "+81399990002", "official"),
        ("「0800-999-0001」に出ると、光回線が安くなると話しかけられます。業者の名前は曖昧なまま。しつこい電話。", "page", "+818009990001", "reported"),
        ("0120999545(0120-999-545)の勧誘にご用心\n面談に応じると強引に契約を迫られます。", "page", "+81120999545", "reported"),
        ("08009990001は危険?\n光回線の相談が寄せられています。08009990002も同じ調子の電話です。しつこい勧誘。", "page", "+818009990002", "reported"),
        ("迷惑電話の一覧\n電話番号: 03-9999-0001\n事業者名: 架空請求\n電話番号: 050-9999-0002\n事業者名: 青空決済", "page", "+81399990001", "reported"),
        ("迷惑電話の一覧\n電話番号: 03-9999-0001\n事業者名: 架空請求\n電話番号: 050-9999-0002\n事業者名: 青空決済", "page", "+815099990002", "official"),
        ("詐欺SMSにご注意。05099990001からの電話は配達員からです!こちらは本物。料金の未納をいう0399990002は架空請求", "page", "+815099990001", "official"),
        ("架空請求の番号 050-9999-0001 からの着信が多数報告されています。", "page", "+815099990001", "sender"),
        ("詐欺SMSの例: 本日中に 050-9999-0001 担当 見本まで", "page", "+815099990001", "callback"),
        ("詐欺に注意。相談は見本消費生活センター TEL:03-9999-0001", "page", "+81399990001", "official"),
        ("架空請求の例を紹介。同センターは03・9999・0001。", "page", "+81399990001", "official"),
        ("この番号050-9999-0001は運送会社が使う公式の番号です。", "page", "+815099990001", "official"),
        ("見本買取店 〒999-0001 営業時間 10:00 電話 03-9999-0001 / FAX 03-9999-0002", "page", "+81399990002", "official"),
        ("架空請求の手口。当事務所の無料相談は 0120-999-009 へ", "page", "+81120999009", "advertiser"),
        ("0120-999-009は見本光の勧誘電話です。しつこい営業に注意。", "page", "+81120999009", "reported"),
        ("詐欺の被害にあったら見本県警察本部（代表 03-9999-0001）へ", "page", "+81399990001", "official"),
        ("Beware of this scam: calls from 050-9999-0001 claim to be the tax office.", "page", "+815099990001", "sender"),
        ("Our customer service: 03-9999-0001. Head office in Mihon", "page", "+81399990001", "official"),
        ("消費者ホットライン188", "page", "jp:188", "official"),
        ("0005-1234 から届いた", "sms", "jp:00051234", "sender"),
        # a page's own office, and what it quotes
        ("架空請求のSMSに注意。\n\nお問い合わせ\n\n町民生活課\n電話:0999-99-0001", "page", "+81999990001", "official"),
        ("架空請求の手口\nこのページに関するお問い合わせ\n見本市 くらし部\nTEL 03-9999-0001", "page", "+81399990001", "official"),
        ("お気軽に相談してね！電話03-9999-0001\n不当請求の手口と被害", "page", "+81399990001", "official"),
        ("副業詐欺の手口。下記までお電話ください（タップで通話できます）\n\n03-9999-0001", "page", "+81399990001", "official"),
        ("専門電話番号/8時～21時受付\n03-9999-0001\n給付金に便乗した詐欺に注意", "page", "+81399990001", "official"),
        ("お問い合わせ 生活部 03-9999-0001\nファクシミリ:03-9999-0002\n架空請求に注意", "page", "+81399990001", "official"),
        ("お問い合わせ 03-9999-0001(直通)\n架空請求に注意", "page", "+81399990001", "official"),
        ("偽の警告画面に電話番号(03-9999-0001)が出ているが公式ではない。詐欺だ", "page", "+81399990001", "reported"),
        ("架空請求のはがき: 消費者相談窓口 03-****-0001 受付時間 9:00", "page", "+813****0001", "reported"),
        ("不審な電話や詐欺が増えています。被害にあわれた場合は見本本部 03-9999-0001 へ", "page", "+81399990001", "official"),
        ("詐欺の手口に注意。\n見本市役所 0999-99-0001", "page", "+81999990001", "official"),
        ("詐欺の手口に注意。\n担当課:環境課 0999-99-0001", "page", "+81999990001", "official"),
        ("詐欺の手口に注意。\n最寄りの見本営業所(0999-99-0001)へ", "page", "+81999990001", "official"),
        ("詐欺の手口に注意。\n問い合わせは同課(0999-99-0001)", "page", "+81999990001", "official"),
        ("詐欺の手口。\nはがきには「お問い合わせ窓口 03-9999-0001 受付時間 9:00」とある", "page", "+81399990001", "reported"),
        ("詐欺のはがき。\n民事訴訟管理センター 1-2-3 消費者相談窓口 03-9999-0001 受付時間 9:00", "page", "+81399990001", "reported"),
        ("詐欺の手口。\n国民生活センターを名乗る 03-9999-0001", "page", "+81399990001", "reported"),
        ("詐欺の手口。\n本物の局は 0120-999-001\n※IP電話からは 03-9999-0001(有料)", "page", "+81399990001", "official"),
        ("詐欺の手口。\nつながらない場合(有料)\n制度のこと 050-9999-0001", "page", "+815099990001", "official"),
        ("詐欺の手口。\n年金に関すること 050-9999-0001", "page", "+815099990001", "official"),
        ("詐欺の手口。\n名乗る者の「架空請求110番」はTel:03-9999-0001", "page", "+81399990001", "official"),
        ("詐欺の手口。\n会では電話を受け付ける。番号は03-9999-0001", "page", "+81399990001", "official"),
        ("本文へスキップ\n見本行政書士\nTEL. 03-9999-0001", "page", "+81399990001", "official"),
        ("詐欺の手口。\n本文は 03-9999-0001", "page", "+81399990001", "reported"),
        # hosts and addresses
        ("こちら https://mihonbank.example/a", "sms", "mihonbank.example", "official"),
        ("こちら https://mihon.go.jp/a", "sms", "mihon.go.jp", "official"),
        ("こちら https://bad.example/a", "sms", "bad.example", "link"),
        ("偽サイト https://bad.example/ に誘導する詐欺", "page", "bad.example", "link"),
        ("出典 https://news.example/ 架空請求の記事", "page", "news.example", "advertiser"),
        ("差出人: a@bad.example", "mail", "bad.example", "sender"),
        ("件名: x\n\ntaro@reader.example 様", "mail", "reader.example", "advertiser"),
        ("件名: x\n\nメール: help@mihonbank.example", "mail", "mihonbank.example", "official"),
        ("件名: x\n\n返信は b@bad.example まで", "mail", "bad.example", "callback"),
        ("手口の例 b@bad.example など", "page", "bad.example", "reported"),
        ("送信元:\n\n見本カード <a@bad.example>\n\n11:46", "mail", "bad.example", "sender"),
        ("送信者(表示名)\n見本カード\n\n送信元メールアドレス例\na@bad[.]example", "mail", "bad.example", "sender"),
        ("送信元 見本カード\nメールアドレス a@bad.example", "mail", "bad.example", "sender"),
        ("【差出人】見本銀行 <info×bad.example>", "mail", "bad.example", "sender"),
        ("見本 <a@bad.example>\n<見本より>\n料金の件", "mail", "bad.example", "sender"),
        ("重要な通知\n\"Mihon Support\" <a@bad.example>\nお客様", "mail", "bad.example", "sender"),
        ("差出人: 見本 宛先: taro@reader.example", "mail", "reader.example", "advertiser"),
        ("差出人\n見本銀行\n宛先\ntaro@reader.example", "mail", "reader.example", "advertiser"),
        ("To: taro@reader.example\n件名: x", "mail", "reader.example", "advertiser"),
        ("件名: x\n\nご登録のメールアドレス: taro@reader.example", "mail", "reader.example", "advertiser"),
        ("拝啓 taro@reader.example\n容量が一杯です", "mail", "reader.example", "advertiser"),
        ("件名: x\n\nアドレス taro@reader.example", "mail", "reader.example", "callback"),
        ("詐欺メールの差出人は「@bad.example」です", "page", "bad.example", "sender"),
        ("「a@bad.example」から「お支払い」という不審なメールが来た", "page", "bad.example", "sender"),
        ("正規のメールは「@mihon.example」です。偽メールに注意", "page", "mihon.example", "official"),
        ("偽メールに注意。当社は「@a.example」や「@mihon.example」から配信します", "page", "mihon.example", "official"),
        ("送信元が「@mihonbank.example」の迷惑メールも出ている", "page", "mihonbank.example", "official"),
        ("総務省を騙るアドレス(a@mihon.go.jp)の詐欺", "page", "mihon.go.jp", "official"),
        ("偽メールに注意\nお問い合わせ e-mail: info@mihon.example", "page", "mihon.example", "advertiser"),
        ("電話 03-9999-0001 | メール予約 x@mihon.example", "page", "mihon.example", "advertiser"),
        ("件名: x\n\nお問い合わせ x@mihon.lg.jp", "mail", "mihon.lg.jp", "official"),
        ("送信元は「MIHON」と表示", "sms", "mihon", "sender"),
        # a number that the page denies, quotes from a fraud, lists as a nuisance, or that somebody imitates
        ("当社を装う電話に注意。050-9999-0001 は当社の番号ではありません", "page", "+815099990001", "reported"),
        ("ご注意ください。03-9999-0001は当社とは一切関係ありません。", "page", "+81399990001", "reported"),
        ("よく似た番号 03-9999-0001 は当社ではありません。間違い電話にご注意ください", "page", "+81399990001", "official"),
        ("0120-999-001 は会員かどうかに関係なくご利用いただけます", "page", "+81120999001", "official"),
        ("当社の窓口を装う偽サイト。偽の番号は0800-999-0001です。", "page", "+818009990001", "reported"),
        ("本物は0120-999-002です。偽物は050-9999-0001 です", "page", "+815099990001", "reported"),
        ("本物は0120-999-002です。偽物は050-9999-0001 です", "page", "+81120999002", "official"),
        ("「コールセンター 0120-999-002 にかけてください」と言ってATMへ誘導する詐欺", "page", "+81120999002", "callback"),
        ("被害の相談はこちら\n\n見本 | (0776)99-0110 | 見本南 | (0776)98-0110 |", "page", "+81776980110", "official"),
        ("詐欺の電話の話です\n+81 776-98-0110 のように警察っぽい末尾もあります", "page", "+81776980110", "reported"),
        ("「省の者」を名乗る詐欺。本当の省の代表は 03-9999-0001 です", "page", "+81399990001", "official"),
        ("代理店を名乗る電話。着信履歴に残っていたのは\n0120-999-003", "page", "+81120999003", "reported"),
        ("代理店を名乗る電話。折り返し先として言われたのが\nフリーコール 0800-999-0003", "page", "+818009990003", "reported"),
        ("詐欺サイトにうちの会社の代表電話072-999-8412が勝手に載せられています", "page", "+81729998412", "official"),
        ("詐欺の話。050-9999-0005に登録した名前を勝手に使われた", "page", "+815099990005", "reported"),
        ("架空請求ではありません。0570-999-047は、見本債権回収のサービスセンターの電話番号です", "page", "+81570999047", "official"),
        ("050-9999-0006は、見本債権回収を名乗る詐欺の電話番号です", "page", "+815099990006", "reported"),
        ("どれも実在の会社の名を使う詐欺です。「本日中にご連絡ください」(0399990001)", "page", "+81399990001", "reported"),
        ("偽警告の画面が出ました\n電話番号 050-9999-2883", "page", "+815099992883", "reported"),
        ("しつこい勧誘です。着信拒否にしています\n0800-999-5131 や 0800-999-3807 からも似た話でかかってきた", "page", "+818009995131", "sender"),
        ("当社を装う偽サイトにご注意。なりすましを見つけられましたら、下記までお知らせ願います。\nTEL:0865-99-4604", "page", "+81865994604", "advertiser"),
        ("詐欺かと思ったら本物でした。電話の主は 03-9999-7727 のあと払いサービスです", "page", "+81399997727", "official"),
        ("当組合を装う詐欺にご注意。当組合のSMSの送信元は 03-9999-8630 のみです", "page", "+81399998630", "official"),
        ("身に覚えのない請求の相談が寄せられています。SMSは 03-9999-5520 でお送りします", "page", "+81399995520", "official"),
        ("不審な業者にご注意。お電話は携帯 080-9999-9014 から担当者がおかけします", "page", "+818099999014", "official"),
        ("偽サイトの手口です。誤って入力された場合は、すぐにご連絡をお願いします。\n平日 本部 0266-99-2730", "page", "+81266992730", "official"),
        ("偽サイトの手口です。「誤って登録された方はご連絡ください。0266-99-2731」と表示されます", "page", "+81266992731", "reported"),
        ("ガス漏れの通報専用電話は、見本市 052-999-9238 です", "page", "+81529999238", "official"),
        ("県警は「不審な電話があれば 03-9999-0001 に相談を」と話している", "page", "+81399990001", "official"),
        ("| 番号 | 名前 | 内容 |\n| 0800-999-0001 | 不明 | 無言 |", "page", "+818009990001", "reported"),
        ("| 0120-999-002 | 詐欺被害の相談窓口 |", "page", "+81120999002", "official"),
        ("実例 +1-844-999-0110", "page", "+18449990110", "reported"),
        ("記入例 03-9999-0001", "page", "+81399990001", "official"),
        ("0120-999-002 しつこい営業電話", "page", "+81120999002", "reported"),
        ("0120-999-002 迷惑電話相談窓口", "page", "+81120999002", "official"),
        ("警視庁(03-9999-0001)を装う番号からの電話に注意", "page", "+81399990001", "official"),
        ("警視庁の代表番号03-9999-0001を偽装した詐欺電話に注意", "page", "+81399990001", "official"),
        ("警視庁からのお知らせ。詐欺に注意。警視庁 電話 03-9999-0001", "page", "+81399990001", "official"),
        ("偽サイトに書かれた電話 0467-99-9001 は無関係の一般のご家庭の番号です。詐欺にご注意を", "page", "+81467999001", "official"),
        ("還付金詐欺に注意。お金の話が出たら町民課（0265-99-9001・有線）に確認してください", "page", "+81265999001", "official"),
        ("0800-999-0001 / 08009990001 迷惑電話情報\n発信者: 不明", "page", "+818009990001", "reported"),
        ("架空請求にご注意ください。当社の SMS は 050-9999-0001 から送信いたします。", "page", "+815099990001", "advertiser"),
        ("督促と詐欺の見分け方\n資料請求：見本商会 03-9999-0001", "page", "+81399990001", "official"),
        # a shop's page of contacts
        ("見本花店\n電話 050-9999-0002\n緊急連絡先 090-9999-0001", "page", "+819099990001", "official"),
        ("見本花店 不在の場合は折り返しご連絡いたします。電話 050-9999-0001\n迷惑メール設定をご確認ください", "page", "+815099990001", "official"),
        ("見本花店 至急の場合は 090-9999-0001", "page", "+819099990001", "official"),
        ("架空請求のSMS: 折り返しください 050-9999-0001", "page", "+815099990001", "reported"),
        ("当店を名乗る不審な電話にご注意ください。\n見本商店 お問い合わせ 050-9999-0001", "page", "+815099990001", "advertiser"),
        ("当社を装った不審な電話 050-9999-0001 にご注意。", "page", "+815099990001", "reported"),
        ("お問い合わせ\n050-9999-0001\n営業・勧誘のお電話はご遠慮ください", "page", "+815099990001", "official"),
        # a number that anybody can have is no official one because a mail holds it
        ("差出人: 見本電力 <a@bad.example>\n\n電話 050-9999-0001 本日中にお支払いください", "mail", "+815099990001", "advertiser"),
        ("差出人: 見本 <a@bad.example>\n\nCall support now: +1 844 999 0110", "mail", "+18449990110", "callback"),
        ("差出人: 見本 <a@bad.example>\n\n解約・返金はカスタマーサポート 050-9999-0001 まで", "mail", "+815099990001", "callback"),
        ("差出人: 見本 <a@bad.example>\n\n解約は見本サポート 0120-999-002 まで", "mail", "+81120999002", "official"),
        ("差出人: 見本 <a@bad.example>\n\nご登録の電話番号 03-9999-0001 へお電話ください", "mail", "+81399990001", "advertiser"),
        ("お届け先 090-9999-0001 料金が未納です", "sms", "+819099990001", "advertiser"),
        # who disarms a link warns of it
        ("報告 hxxps://a-b[.]mihon[.]example/x など", "page", "mihon.example", "link"),
        ("ご覧ください。bad-host[.]example/x", "page", "bad-host.example", "link"),
        ("hxxps://mihonbank[.]example/ は本物", "page", "mihonbank.example", "official"),
        ("正規サイト:hxxps://www[.]mihon[.]example/", "page", "mihon.example", "official"),
        ("詐欺電話番号一覧\n050-9999-0001\n0120-999-002\n", "page", "+81120999002", "reported"),
        ("詐欺の電話番号\n050-9999-0001\n\nお問い合わせ\n0120-999-002", "page", "+81120999002", "official"),
        ("0120-999-002(迷惑電話)", "page", "+81120999002", "reported"),
        ("フィッシングサイトのURL\nhttps://a.example/\n・https://b.example/p\nhttps://c.example/p", "page", "c.example", "link"),
        ("フィッシングサイトのURL\nhttps://a.example/\n\n関連情報\nhttps://c.example/p", "page", "c.example", "advertiser"),
    ],
)  # fmt: skip
def test_roles_from_context(text: str, kind: str, key: str, role: str) -> None:
    assert roles(text, kind)[key] == role


def test_a_number_is_no_sender_id() -> None:
    assert roles("送信元は 12345 と表示、表示名: info@bad.example", "sms") == {"bad.example": "sender"}


def test_one_number_is_innocent_or_not_in_all_its_places() -> None:
    text = "05099990001【050-9999-0001】は詐欺です。\n050-9999-0001 営業時間 10:00"
    assert {m.role for m in extract(text) if m.key == "+815099990001"} <= {"callback", "sender", "reported"}


@pytest.mark.parametrize(
    ("text", "kind", "want"),
    [
        ("【見本銀行】口座の確認", "sms", {"見本銀行": "claimed"}),
        ("見本管財事務局(TEL 03-9999-0001)", "sms", {"見本管財事務局": "claimed"}),
        ("LINE: abc123 まで", "sms", {"line": "advertiser"}),
        ("消費者庁の注意", "page", {"消費者庁": "official"}),
        ("消費者庁を名乗る電話", "page", {"消費者庁": "claimed"}),
        ("Mihon.exampleより", "sms", {"mihon": "claimed"}),
        ("https://mihon.example/", "sms", {}),
        ("件名:見本銀行:口座確認のお知らせ", "mail", {"見本銀行": "claimed"}),
        ("Mihon\n\nミホンカード:お客さまの情報が", "sms", {"ミホンカード": "claimed"}),
        ("件名: x\n\n見本銀行:見本支店 普通", "mail", {"見本銀行": "advertiser"}),
        ("重要なお知らせ\n\n警察庁\n\n逮捕されます", "mail", {"警察庁": "claimed"}),
        ("総務省電波見本審議会です。停止します", "voice", {"総務省電波見本審議会": "claimed"}),
        ("ご注文の品を発送しました。\n配送業者名 : 見本銀行\n番号 A-1", "mail", {"見本銀行": "advertiser"}),
        ("未納の件。当社「見本ジャパン」が受理", "page", {"見本ジヤパン": "claimed"}),
        ("当社「お客様の声」のページ", "page", {}),
        ("詐欺の手口。民事見本事務総局などの名称を使ったメール", "page", {"民事見本事務総局": "claimed"}),
        # networks: the foot of a mail
        (f"{'見本の店です。' * 6}\n公式 SNS\n▼LINE\nhttps://line.me/mihon", "mail", {"line": "advertiser"}),
        (f"{'見本の店です。' * 6}\nフォローお願いします LINE ・ X", "mail", {"line": "advertiser"}),
        (f"{'見本の店です。' * 6}LINEの友だち追加", "mail", {"line": "advertiser"}),
        ("機種変したのでLINE の友だち追加お願い", "sms", {"line": "advertiser"}),
        (f"{'見本の店です。' * 6}LINEが停止されました", "mail", {"line": "claimed"}),
    ],
)
def test_roles_of_names(text: str, kind: str, want: dict[str, str]) -> None:
    assert companies(text, kind) == want


@pytest.mark.parametrize(
    ("sender", "want"),
    [
        ("MihonBank", ("sender_id", "mihonbank")),
        ("+81 50-9999-0001", ("phone", "+815099990001")),
        ("a@bad.example", ("email", "bad.example")),
    ],
)
def test_the_shown_sender_is_a_mention_without_place(sender: str, want: tuple[str, str]) -> None:
    (mention,) = READER.extract("こんにちは", sender=sender)
    assert (mention.kind, mention.key) == want and (mention.role, mention.start) == ("sender", -1)
    assert READER.extract("こんにちは", sender=" ") == READER.extract("こんにちは", sender="非通知設定です") == []


def test_markup_gives_visible_text_and_true_targets_with_places_in_the_source() -> None:
    html = (
        '<html><style>p{}</style><body><p>050&#45;9999-0001 まで</p><a href="https://bad.example/x">https://mihonbank.example/</a>'
        '<a href="tel:+81-3-9999-0001">お電話</a><a href="mailto:x@bad.example">メール</a><span style="display:none">03-9999-0002</span></body></html>'
    )
    found = READER.extract(html)
    assert [(m.kind, m.key, m.role) for m in found] == [
        ("phone", "+815099990001", "callback"),
        ("domain", "bad.example", "link"),
        ("domain", "mihonbank.example", "official"),
        ("phone", "+81399990001", "callback"),
        ("email", "bad.example", "link"),
    ]
    assert html[found[0].start : found[0].end] == "050&#45;9999-0001" and found[0].written == "050-9999-0001"
    assert html[found[1].start : found[1].end] == "https://bad.example/x"
    assert READER.extract(html, markup=False) != found


def test_a_link_that_dials_is_the_number_that_is_written() -> None:
    html = '<html><p>お問い合わせ <a href="tel:{0}">{0}</a></p><a href="tel:{1}">お電話</a></html>'
    mail = "From: a@bad.example\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    body = html.format("0120-999-002", "050-9999-0001")
    found = READER.extract_mail(read_mail((mail + body).encode()))
    assert {(m.key, m.role) for m in found if m.kind == "phone"} == {
        ("+81120999002", "official"),
        ("+815099990001", "callback"),
    }
    assert len([m for m in found if m.key == "+81120999002"]) == 1
    found = READER.extract_mail(read_mail((mail + html.format("03-9999-0009", "0120-999-002")).encode()))
    assert {m.role for m in found if m.kind == "phone"} == {"official"}
    assert {m.role for m in READER.extract(body) if m.key == "+81120999002"} == {"official"}


def test_an_address_in_angle_brackets_is_no_tag() -> None:
    text = '差出人: ミホンカード <x@bad.example>\n件名: 重要\n\n<a href="https://worse.example/x">こちら</a>'
    assert roles(text) == {"bad.example": "sender", "worse.example": "link"}


def test_links_side_by_side_stay_apart() -> None:
    html = '<html><a href="https://mihonbank.example/">https://mihonbank.example/</a><a href="tel:0120999002">0120-999-002</a></html>'
    assert [(m.kind, m.written) for m in READER.extract(html)][1::2] == [
        ("domain", "https://mihonbank.example/"),
        ("phone", "0120-999-002"),
    ]


@pytest.mark.parametrize(
    ("mention", "confirmed", "shown"),
    [
        (Mention("phone", "+815099990001", "official", ""), False, "given as a contact (not confirmed)"),
        (Mention("phone", "+815099990001", "advertiser", ""), False, "given as a contact (not confirmed)"),
        (Mention("phone", "+815099990001", "official", ""), True, "official contact"),
        (Mention("phone", "+815099990001", "callback", ""), False, "callback"),
        (Mention("short_number", "jp:188", "official", ""), False, "official contact"),
        (Mention("domain", "mihon.go.jp", "official", ""), False, "official contact"),
    ],
)
def test_a_guess_is_not_shown_as_a_fact(mention: Mention, confirmed: bool, shown: str) -> None:
    assert shown_role(mention, confirmed).en == shown


@given(st.text(alphabet="05-9 +.@/:あ【】「」株式会社を名乗るhtps#1x*\u200b<a>\n", max_size=60))
def test_places_hold_what_was_written(text: str) -> None:
    for mention in READER.extract(text, markup=False):
        assert text[mention.start : mention.end] == mention.written
    READER.extract(text, markup=True)


PAGE_FURNITURE = "電話受付 07:00~23:00 見本公安委員会 第30179999号 見本市見本2-40-20 第2見本ビル2階 IP 162.158.○○○.○○○"


def test_page_furniture_holds_no_number() -> None:
    assert [m for m in extract(PAGE_FURNITURE) if m.kind != "company"] == []
