"""The weights of what a whole message shows, with a reason each and the sentence a person reads (floor 2).

Same scale as ``signals.weights``; from ``score.MESSAGE_PRIOR`` it takes +1.9 to be suspicious, and +3.15 with a proof
(``score.MESSAGE_PROVEN``) to be dangerous.
A function that gives a code several strengths names them in its docstring; the table has the strongest.
"""

from __future__ import annotations

from repdb.records import Text
from repdb.signals.weight import Weight

MESSAGE_WEIGHTS: dict[str, Weight] = {
    "known_contact": Weight(
        3.4,
        "The message uses a contact that is dangerous by itself.",
        Text("{noun} {display} は報告があります（{verdict}、{category}）", "{noun} {display} is on record ({verdict}, {category})"),
    ),
    "reported_contact": Weight(
        2.1,
        "The message uses a contact that has been reported; by the verdict on it (2.1 suspicious, 1.2 past, 0.5 disputed). One report may be all there is, so it proves nothing.",
        Text("{noun} {display} は報告があります（{verdict}、{category}）", "{noun} {display} is on record ({verdict}, {category})"),
    ),
    "sender_name_reported": Weight(
        0.0,
        "Anybody can have a company's name shown as the sender: a report on it says nothing about this message.",
        Text("送信者名「{sender}」をかたるメッセージの報告があります。名前はだれでも表示できるので、このメッセージが本物か偽物かの証拠にはなりません", "Messages shown as from '{sender}' have been reported. Anybody can have the name shown, so it tells neither way about this one"),
    ),
    "message_masked_match": Weight(
        1.0,
        "A published masked number covers many numbers: a hint, never a conviction of one of them.",
        Text("番号 {display} は、一部を伏せて公表された番号 {mask} に当てはまります（この番号とは限りません）", "The number {display} fits the published masked number {mask} (not necessarily this one)"),
    ),
    "message_name_fictitious": Weight(
        3.5,
        "The register holds it as a name that no real company bears and that messages abuse.",
        Text("「{name}」は実在しない会社・団体の名前として記録されています", "'{name}' is on record as a name that no real company or body bears"),
    ),
    "mentions_fictitious": Weight(
        1.6,
        "Who tells of a demand in a false name has met a fraud; who warns of the name has not, and is told that it is false (0).",
        Text("「{name}」は、実在しない会社・団体の名前として記録されています。その名前の請求や連絡には応じないでください", "'{name}' is on record as a name that no real company or body bears: answer no demand made in it"),
    ),
    "message_name_abuses": Weight(
        0.8,
        "A made-up name built on a famous one is the usual disguise, but subsidiaries and services have such names too.",
        Text("「{name}」は、実在する{brand}の名前を使っていますが、{brand}のものとしては登録がありません", "'{name}' uses the name of the genuine {brand}, but is not on the register as one of its own"),
    ),
    "message_near_name": Weight(
        1.2,
        "A message that names its sender seldom misspells itself; imitations differ by a letter or two.",
        Text("「{name}」は「{near}」とよく似た、別の名前です", "'{name}' is very similar to '{near}', but another name"),
    ),
    "message_licence_unknown": Weight(
        0.3,
        "Collecting debts of others needs a licence of the Minister of Justice (サービサー法); the ministry's list has not been taken in here.",
        Text("「{name}」は債権回収を名乗りますが、許可の有無をこのデータでは確認できません", "'{name}' claims to collect debts, but our register cannot confirm a licence"),
    ),
    "message_licence_missing": Weight(
        1.8,
        "The ministry's list of licensed collectors has been taken in, and the name is not on it; lawyers' offices need no licence.",
        Text("「{name}」は債権回収を名乗りますが、法務省の許可会社の一覧にありません", "'{name}' claims to collect debts, but is not on the Ministry of Justice's list of licensed companies"),
    ),
    "message_licensed": Weight(
        0.0,
        "The licence is the company's, not the message's: names of licensed collectors are the ones that are abused.",
        Text("{name}は実在する許可業者です（{licence}）。名前だけでは本物の連絡か分かりません", "{name} is a licensed company ({licence}); the name alone does not show that the message is its own"),
    ),
    "claims_company": Weight(
        0.0,
        "Says whom the message claims to be from; a name proves nothing either way.",
        Text("{name}を名乗っています（実在）。名前は勝手に使われることがあります", "It claims to be from {name} (genuine). Names can be abused"),
    ),
    "claims_unconfirmed": Weight(
        0.9,
        "Pressing words in a famous name, and nothing in the message that leads back to that company.",
        Text("{name}の名前で急がせていますが、公式と確認できる連絡先がありません", "It presses in the name of {name}, but gives no contact that we can confirm"),
    ),
    "unknown_claimant": Weight(
        1.0,
        "Claims and threats under a name without legal form and unknown to the register: real creditors are registered somewhere.",
        Text("請求している「{name}」は、このデータでは実在を確認できません", "We cannot confirm that '{name}', which makes the demand, exists"),
    ),
    "vague_reason": Weight(
        0.6,
        "Genuine calls for a call-back say what they are about; vagueness makes people call.",
        Text("何の用件かはっきり書かずに、電話をかけさせようとしています", "It wants you to call without saying clearly what about"),
    ),
    "job_by_messenger": Weight(
        1.3,
        "Offers of easy work or profit that move to LINE or Telegram at once are the usual opening of the fraud.",
        Text("もうけ話や仕事の話を、LINE などに移して進めようとしています", "It moves an offer of work or money to LINE or another messenger"),
    ),
    "return_path_elsewhere": Weight(
        0.3,
        "Mail services and lists set their own return path, so it says little.",
        Text("差出人は {sender} ですが、実際に送り出したのは {other} です", "It shows the sender {sender}, but was sent through {other}"),
    ),
    "link_mismatch": Weight(
        2.4,
        "The message claims a company, the link is none of its checked domains. Weaker on a shortener (1.5), a shared service or a .jp host with the company's name (1.2), one that is only named (0.6), and where the domain bears the company's own name under a suffix that only registered Japanese bodies get (0.6).",
        Text("{name}を名乗りますが、リンク先 {host} は公式のドメイン（{official}）ではありません", "It claims to be {name}, but the link {host} is not one of its official domains ({official})"),
    ),
    "sender_mismatch": Weight(
        1.8,
        "Companies do send mail through service providers, so less than a link; half of it where a sender address bears the company's name.",
        Text("{name}を名乗りますが、差出人 {host} は公式のドメイン（{official}）ではありません", "It claims to be {name}, but the sender {host} is not one of its official domains ({official})"),
    ),
    "free_mail_sender": Weight(
        2.0,
        "A company that has a domain does not write from a free mail service.",
        Text("{name}を名乗りますが、だれでも作れるメールアドレス（{host}）から届いています", "It claims to be {name}, but comes from a mail service open to anybody ({host})"),
    ),
    "callback_mismatch": Weight(
        1.5,
        "The register holds numbers of the company, and this is none of them. Firms have more numbers than lists: no proof; a landline weighs little (0.3), a 050 number half (0.8), freephone nothing.",
        Text("{name}を名乗りますが、{display} は確認済みの公式の番号（{official}）ではありません", "It claims to be {name}, but {display} is not one of its checked numbers ({official})"),
    ),
    "callback_line": Weight(
        1.8,
        "Large companies have desks, not mobiles (1.8) or numbers abroad (1.8); 050 is as often official as not (0.5).",
        Text("{name}を名乗るのに、{line}の {display} にかけさせます", "It claims to be {name}, yet makes you call {display} ({line})"),
    ),
    "order_callback": Weight(
        2.8,
        "Bills for what nobody ordered, with a number to cancel them, are the opening of refund and remote-control frauds; shops cancel orders in the account.",
        Text("{name}の注文や更新だと言い、覚えがなければ {display} に電話するよう書かれています。取り消しは、公式のアプリや会員ページでできます", "It tells of an order or renewal at {name} and has you call {display} to cancel it: orders are cancelled in the official app or account"),
    ),
    "callback_unconfirmed": Weight(
        0.3,
        "We hold no number of this company to compare with: hardly more than a reminder to check.",
        Text("{display} が{name}の番号かどうか、このデータでは確かめられません", "Our data cannot confirm that {display} belongs to {name}"),
    ),
    "foreign_messenger": Weight(
        1.6,
        "Firms in Japan do not take applications or customers over Telegram, Signal or WhatsApp; fraud moves there because nobody reads along.",
        Text("勧誘の連絡先が {name} です。日本の会社が使うことはまずありません", "It has you answer on {name}, which firms in Japan hardly use"),
    ),
    "business_letter": Weight(
        -0.7,
        "Letters to a firm (御中, 貴社) with terms of payment are the ordinary reminders between firms.",
        Text("会社あての、取引の連絡の書き方です", "It is written like a letter between firms"),
    ),
    "addressed_by_name": Weight(
        -0.8,
        "Of 196 ordinary messages 37 addressed a person by name, of 242 frauds one; names leak too, so it is no proof.",
        Text("受け取る人の名前が書かれています（名前が漏れていることもあります）", "It addresses somebody by name (names leak, too)"),
    ),
    "own_name": Weight(
        -1.1,
        "Of the mails under a name that nobody knows 81 were ordinary and one a fraud: who writes to thousands borrows a name that they know. Anybody can make one up, so it is no proof.",
        Text("よくかたられる会社ではなく、独自の名前（{name}）で書かれています（実在の証拠ではありません）", "It goes by a name of its own, {name}, none that frauds like to borrow (which does not prove that it exists)"),
    ),
    "absence_by_text": Weight(
        0.9,
        "Sagawa Express and Japan Post say that they send no notice of absence by SMS; frauds do. In a mail only a wrong address counts: carriers do write of absence.",
        Text("宅配便をかたる詐欺は、不在や宛先不明の知らせで始まります", "Frauds in the name of carriers begin with a notice of absence or of a wrong address"),
    ),
    "nameless_body": Weight(
        0.9,
        "Who calls for a company or an office says which one.",
        Text("「ガス会社の者」「銀行の者」などとだけ言い、どこの者か名乗っていません", "It speaks for a company or an office without saying which"),
    ),
    "police_story": Weight(
        0.8,
        "The police neither tell a suspect by telephone nor ask for money; the story of account, crime and arrest is the fraud's (警察庁).",
        Text("警察の捜査をかたる話が重なっています。警察が電話でお金や口座の話をすることはありません", "It tells a story of crime, account and arrest: the police do not talk of money by telephone"),
    ),
    "family_call": Weight(
        0.9,
        "The caller who is family, has a new voice or number and lost a bag is the pattern of オレオレ詐欺; ring the number you know.",
        Text("家族を名乗る電話で、困りごとが重なっています。知っている番号にかけ直してください", "A caller poses as family with several misfortunes. Ring the number that you know"),
    ),
    "several_callbacks": Weight(
        0.6,
        "Genuine texts name one desk; spreading calls over several numbers keeps a scam alive when one is stopped.",
        Text("電話をかけさせる番号が {count} 個あります", "It gives {count} different numbers to call"),
    ),
    "anonymous_demand": Weight(
        1.5,
        "Whoever has a claim says who they are. General words such as サポートセンター name nobody.",
        Text("どこの会社か分かる名前がないのに、連絡や支払いを求めています", "It demands a call or payment without saying which company it is from"),
    ),
    "anonymous_link": Weight(
        1.1,
        "A link in a message from nobody in particular; friends send such links too, so less (0.8) where it does not write like a firm.",
        Text("どこからの連絡か分からないまま、リンクを開かせようとしています", "It wants a link opened without saying who it is from"),
    ),
    "personal_payee": Weight(
        1.5,
        "Companies are paid into company accounts.",
        Text("支払い先が会社でなく、個人名義の口座です", "The money is to go to a personal account, not a company's"),
    ),
    "link_unconfirmed": Weight(
        0.6,
        "Small firms write so too; with pressing words a name that nobody knows and a link that is nobody's deserve a second look.",
        Text("「{name}」とリンク先 {host} の関係を、このデータでは確かめられません", "We cannot confirm that the link {host} belongs to '{name}'"),
    ),
    "link_hidden": Weight(
        1.2,
        "Publishers hide the links of frauds; what a company sends its customers can be compared with its domains.",
        Text("{name}を名乗るメッセージのリンク先が伏せられていて、公式かどうか比べられません", "The link of a message in the name of {name} is hidden, so it cannot be compared with the official ones"),
    ),
    "link_unread": Weight(
        0.6,
        "A link that no browser could follow is a slip, or written so that only the reader's telephone understands it.",
        Text("リンクらしい部分がありますが、行き先を読み取れません", "It holds what looks like a link, but we cannot read where that leads"),
    ),
    "link_dynamic_host": Weight(
        1.8,
        "No company links to a dynamic-DNS name; anyone can take one in a minute, without an identity.",
        Text("リンク先 {host} は、だれでもすぐに作れる種類のアドレスです", "The link {host} is the kind of address that anybody can create in a minute"),
    ),
    "link_ip_host": Weight(
        2.2,
        "Companies link to names, not to bare IP addresses.",
        Text("リンク先が名前でなく IP アドレス（{host}）です", "The link goes to a bare IP address ({host})"),
    ),
    "link_lookalike": Weight(
        2.3,
        "One edit away from a brand's own domain, and not the brand's.",
        Text("{what}の {host} は、公式の {official} に似た別のドメインです", "{what} {host} looks like {official}, but is another domain"),
    ),
    "link_mixed_script": Weight(
        1.5,
        "Letters of several scripts in one label serve to imitate.",
        Text("リンク先 {host} に、違う文字体系の似た文字が混ざっています", "The link {host} mixes look-alike letters of several scripts"),
    ),
    "link_shortened": Weight(
        0.5,
        "Shorteners hide the target, but honest senders use them too.",
        Text("短縮 URL（{host}）で、本当のリンク先が分かりません", "A shortened link ({host}) hides where it leads"),
    ),
    "link_far_suffix": Weight(
        1.4,
        "Endings that companies writing to Japanese customers hardly use, and that fill lists of phishing hosts; less (0.8) for those that small shops use.",
        Text("{what}の末尾「.{suffix}」は、日本の会社の案内ではほとんど使われません", "{what} ends in .{suffix}, which companies hardly use for customers in Japan"),
    ),
    "sender_number_odd": Weight(
        1.5,
        "Large Japanese companies do not text or call customers from numbers abroad (1.5) or from mobiles (1.0).",
        Text("{name}を名乗るのに、{line}（{display}）から届いています", "It claims to be {name}, yet comes from {display} ({line})"),
    ),
    "sender_id_other": Weight(
        1.0,
        "The sender name shown is another company's than the one the text claims.",
        Text("送信者名「{sender}」と、文中で名乗る{name}が違います", "The sender name '{sender}' is not that of {name}, whom the text claims to be"),
    ),
    "displayed_number_forged": Weight(
        2.2,
        "A caller ID outside every numbering plan cannot be a subscriber's: the display was forged, or the number is mistyped.",
        Text("番号 {display} は知られている番号計画のどれにもありません。表示の偽装か書き間違い、または最近できた番号帯です", "No numbering plan known to us has the number {display}: a forged caller ID, a typing error, or a block newer than our data"),
    ),
    "callback_unallocated": Weight(
        1.2,
        "No carrier has this block, so nobody can own the number.",
        Text("番号 {display} の番号帯は、どの通信事業者にも割り当てられていません", "No carrier holds the block of {display}"),
    ),
    "callback_abroad": Weight(
        1.0,
        "A call abroad costs money and reaches nobody that Japanese law reaches.",
        Text("国際電話 {display} にかけさせます", "It makes you call {display}, a number abroad"),
    ),
    "masked_callback": Weight(
        0.0,
        "Hidden digits were hidden by whoever published the text.",
        Text("番号 {display} は一部が伏せられているため、番号そのものは調べられません", "Digits of {display} are hidden, so the number itself cannot be looked up"),
    ),
    "mail_unconfirmed": Weight(
        0.5,
        "Phishing shows the company's own address and leads elsewhere, and so does the company's own mail show it: who it is from, the sender tells.",
        Text("{name}の公式の連絡先が書かれていますが、メールのリンクは見かけと違う先へ導けます。リンクは押さず、公式サイトを自分で開いてください", "It shows official contacts of {name}, but links in mail can lead elsewhere than they show: open the official site yourself"),
    ),
    "wrong_legal_form": Weight(
        2.0,
        "Companies know their own legal form: Amazon, Apple and Google are 合同会社 in Japan, never (株).",
        Text("{name}は「{right}」なのに「{wrong}」と書かれています", "{name} is a {right}, but the message writes {wrong}"),
    ),
    "fake_helpline": Weight(
        1.6,
        "Fraudsters hand out a number of their own as a consumer centre or the police (国民生活センター, 2019-07-18); local centres exist, so no proof alone.",
        Text("相談窓口として書かれた {display} は、確認済みの番号ではありません。相談は 188 か #9110 へ", "{display} is given as a helpline, but is not a number we could check. For help call 188 or #9110"),
    ),
    "helpline_unconfirmed": Weight(
        0.3,
        "Police stations and towns' centres have landlines that no list of ours holds: a reminder to check, no proof.",
        Text("相談窓口や警察の番号として書かれた {display} は、このデータでは確かめられません。188 か #9110 でも聞けます", "Our data cannot confirm that {display} is a helpline's or a police station's. 188 and #9110 can tell"),
    ),
    "hidden_characters": Weight(
        1.6,
        "Invisible characters inside words serve only to get past filters.",
        Text("言葉の途中に、目に見えない文字が隠されています", "Invisible characters are hidden inside words"),
    ),
    "disguised_letters": Weight(
        1.2,
        "Look-alike letters (カ for 力, Cyrillic а) and letters of no word (ヺ) serve to get past filters.",
        Text("似た別の文字や意味のない文字で、言葉が偽装されています", "Words are disguised with look-alike or meaningless letters"),
    ),
    "disguised_contact": Weight(
        0.8,
        "Whoever wants to be called writes a number that can be dialled.",
        Text("番号やリンクが、機械で読めないように崩して書かれています", "Numbers or links are written so that machines cannot read them"),
    ),
    "auth_failed": Weight(
        1.6,
        "The receiving server checked and found that the sender is not who it says (SPF, DKIM, DMARC); forwarding breaks these too.",
        Text("受信したサーバーの検査で、差出人が本物と確認できませんでした（{checks}）", "The receiving server could not confirm the sender ({checks})"),
    ),
    "reply_elsewhere": Weight(
        0.8,
        "Answers would go to another party than the sender shown.",
        Text("差出人は {sender} ですが、返信先は別の {other} です", "It shows the sender {sender}, but replies go to {other}"),
    ),
    "sender_name_differs": Weight(
        1.8,
        "An address as the name in front of another address is there to be read instead of it; list servers write 'via'.",
        Text("差出人の名前は「{shown}」ですが、実際のアドレスは {host} です", "The sender calls itself {shown}, but its address is at {host}"),
    ),
    "link_text_differs": Weight(
        3.0,
        "The eye is shown one address and led to another: there is no honest reason between unrelated domains.",
        Text("「{shown}」と見えるリンクの本当の行き先は {host} です", "The link shown as {shown} really leads to {host}"),
    ),
    "parts_differ": Weight(
        0.8,
        "Filters read the plain part, people the HTML. Honest senders write both to the same end, but some lead the HTML through a tracker.",
        Text("表示されない文章の部分（リンク先 {plain}）と、表示される部分（{host}）の中身が食い違っています", "The part that mail programs show leads to {host}, the plain text behind it to {plain}"),
    ),
    "parts_unread": Weight(
        0.0,
        "What is in an attachment can be fraud or an invoice: nothing is known of it, and the answer must say so.",
        Text("添付ファイルなど、ここでは中身を見ていない部分があります", "It has attachments or other parts whose content has not been looked at here"),
    ),
    "known_campaign": Weight(
        2.6,
        "Nearly the same text was reported as a scam before; numbers and names change, texts stay. An office knows it, or two sources that are not of the crowd.",
        Text("ほぼ同じ文面の報告が {times}あります（{when}、類似度 {similarity}）", "Nearly the same text was reported {times} ({when}, similarity {similarity})"),
    ),
    "reported_campaign": Weight(
        1.4,
        "One source alone, or anybody's word, may be mistaken: phishing copies genuine texts, and anybody can report one.",
        Text("ほぼ同じ文面の報告が {times}あります（{when}、類似度 {similarity}）", "Nearly the same text was reported {times} ({when}, similarity {similarity})"),
    ),
    "phrase": Weight(
        0.0,
        "The weight is the phrase's own in data/phrases.csv: the strongest of each group counts once, all groups together at most words.MOST.",
        Text("「{written}」: {gloss}", "“{written}”: {gloss}"),
    ),
    "worded_as_fraud": Weight(
        1.6,
        "At most, by the logit of data/wording.csv: it knows the drift of words, not what is true, so it never convicts alone.",
        Text("詐欺に多い言い回しです{written}", "Its wording{written} is that of many scam messages"),
    ),
    "worded_as_usual": Weight(
        -1.5,
        "At most, likewise. Not where a contact is on record or foreign to the claimed company: phishing copies genuine texts.",
        Text("言い回しは、ふだんの連絡に多いものです", "It is worded as ordinary messages are"),
    ),
    "link_carries": Weight(
        1.2,
        "A page that forwards to any address given to it lends its good name to whoever wrote the link; honest mail does so for statistics.",
        Text("{name}の公式のリンクですが、別のところ {host} のアドレスを含み、そこへ転送されることがあります", "An official link of {name}, but it carries the address {host} of another party and may lead on there"),
    ),
    "official_contacts": Weight(
        -3.5,
        "Every link and number of the message is a checked contact of a genuine body. Not for mail, whose links can lead elsewhere than they show.",
        Text("リンクや番号はすべて{name}の公式の連絡先です（差出人の表示は偽装できます）", "All its links and numbers are official contacts of {name} (though the sender shown can be forged)"),
    ),
    "road_unconfirmed": Weight(
        0.5,
        "Beside an official link money or a call may be wanted by a road in words: whom it leads to nobody can tell, so the message is not called official.",
        Text("「{written}」という頼みや案内は、公式と確かめた連絡先とは別の所へ導くかもしれません", "'{written}' in it may lead elsewhere than to the contacts that we confirmed"),
    ),
    "official_sender": Weight(
        -1.5,
        "The sender is a checked channel of the company; by itself (-0.5) it can be forged, confirmed by the receiving server it cannot easily.",
        Text("差出人 {host} は{name}の公式のドメインです", "The sender {host} is an official domain of {name}"),
    ),
    "links_to_sender": Weight(
        -1.0,
        "Phishing is sent from one place and leads to another; a service that writes in its own name links to itself.",
        Text("リンク先は差出人と同じドメイン（{host}）です", "Its links lead to the domain that it came from ({host})"),
    ),
    "no_demand": Weight(
        -1.0,
        "It asks for nothing: no call, no link, no payment, no deadline.",
        Text("電話・支払い・リンクを急がせる言葉がありません", "It presses for no call, payment or click"),
    ),
    "warns_of_fraud": Weight(
        -1.8,
        "Whoever warns of a fraud quotes it, and asks for nothing that it asks for; phishing warns too, but wants a click.",
        Text("詐欺の手口（「{written}」など）を知らせる文面です", "It tells of the words of frauds (“{written}”) as a warning"),
    ),
    "quotes_fraud": Weight(
        0.0,
        "What the writer only shows is not what the writer does; it is told, so that the reader knows what was left out.",
        Text("書いた人が詐欺だと述べて引用した部分は、判定に含めていません。引用された連絡先やリンクは使わないでください", "The quoted part, which its writer calls a fraud, is left out of this answer: do not use the contacts or links in it"),
    ),
    "own_channel": Weight(
        -2.2,
        "A fraud earns nothing by a bill, an app or a desk that the reader already has.",
        Text("手元の書面や公式アプリなど、すでに持っている窓口で確かめるように書かれています", "It points to papers, an app or a desk that you already have"),
    ),
    "screen_alarm": Weight(
        1.2,
        "Security programs neither raise alarms on web pages nor give numbers to call; nobody wins or joins by visiting a page.",
        Text("画面に突然出る警告や当選、請求は、ほとんどが偽物です。本物の警告に電話番号は書かれません", "Alarms, prizes and bills that pop up are almost always fake; real alarms give no number to call"),
    ),
    "machine_in_office": Weight(
        1.2,
        "Offices, carriers and banks do not announce anything by a machine that wants a key pressed (総務省 and NTT say so of themselves).",
        Text("役所や通信会社などの名前で、自動音声がボタンを押させようとしています", "A recorded voice in the name of an office or a company has you press a key"),
    ),
    "nothing_found": Weight(
        0.0,
        "Says that the search was empty, lest silence read as safety.",
        Text("不審な点は見つかりませんでした。安全という意味ではありません", "No sign found, which does not mean safe"),
    ),
}  # fmt: skip
