"""The one table of all weights, with a reason each and the sentence a person reads (floor 2).

Weights are log-odds: +1 makes adverse e ≈ 2.7 times as likely. From the prior of 5 % it takes +2.1 to be
``suspicious`` (score 0.3) and +3.35 to be ``dangerous`` (0.6). A weight of 0 is information without a push.
"""

from __future__ import annotations

from repdb.records import Text
from repdb.signals.message_weights import MESSAGE_WEIGHTS
from repdb.signals.weight import Weight

WEIGHTS: dict[str, Weight] = {
    "reported_by_sources": Weight(
        0.0,
        "Set by the votes: alone they make the score their lower confidence bound (votes.lower_bound).",
        Text("{sources}が{of}「{category}」を報告（{reports}、{last}）", "{sources} {category}{of} ({reports}, {last})"),
    ),
    "benign_reports": Weight(
        0.0,
        "Benign votes already count against in the lower bound; this only says so.",
        Text("問題ないという報告が{reports}あります", "{reports} of it being harmless"),
    ),
    "faded": Weight(
        0.0,
        "Numbers and hosts are re-assigned; the fading is in the votes, the sentence tells the reader.",
        Text("最後の報告は{last}で、新しいものではありません{owner}", "The reports are old (last {last}){owner}"),
    ),
    "undated": Weight(
        0.0,
        "A report without a date makes its subject known, but cannot show that it is dangerous today (votes.day_of).",
        Text("報告に日付がないため、いまも使われているかは分かりません", "The reports carry no date, so they do not show whether it is still in use"),
    ),
    "disputed": Weight(
        0.0,
        "Settles the verdict: while a verified owner objects, we show both sides and do not judge.",
        Text("持ち主が異議を申し立てています（確認済み）", "The verified owner disputes the reports"),
    ),
    "official_notice": Weight(
        3.5,
        "A named public body examined the case and published it; as strong as two independent sources.",
        Text("{issuer}が公表しています: {title}（{date}）", "Published by {issuer}: {title} ({date})"),
    ),
    "notice_about_name": Weight(
        0.0,
        "A notice about abuse of a genuine name says nothing against the genuine company.",
        Text("{issuer}の公表: {title}（{date}）", "Statement of {issuer}: {title} ({date})"),
    ),
    "official_channel": Weight(
        -3.0,
        "Settles the verdict: a checked contact of a genuine body. Crowd reports on it are reports of spoofing.",
        Text("{name}の公式の連絡先です（{label}、{date} 確認）", "Official contact of {name} ({label}, checked {date})"),
    ),
    "official_shared": Weight(
        -1.0,
        "The brand's own domain, but ordinary people have pages or mail there too: never a proof either way.",
        Text("{name}のドメインですが、一般の利用者のメールやページにも使われます", "A domain of {name}, also used by ordinary customers for mail or pages"),
    ),
    "masked_match": Weight(
        1.0,
        "A published masked number covers 10 to 10 000 numbers: a hint, never a conviction of one of them.",
        Text("一部を伏せて公表された番号 {display} に当てはまります（{size} 個の番号のどれかで、この番号とは限りません）", "Fits the published masked number {display} (any of {size} numbers, not necessarily this one)"),
    ),
    "neighbours_reported": Weight(
        0.5,
        "Fraudsters rent runs of numbers, but so do honest firms: neighbours prove little.",
        Text("同じ 100 番号の中に、報告のある番号が {count} 個あります", "{count} number(s) in the same hundred have reports"),
    ),
    "covered_reported": Weight(
        0.0,
        "For a masked query: how many of the numbers it stands for have reports of their own.",
        Text("この伏せ字に当てはまる {size} 個の番号のうち、すべての桁で報告されているのは {count} 個です", "Of the {size} numbers it may stand for, {count} have been reported with all their digits"),
    ),
    "mask_overlaps": Weight(
        0.5,
        "Two masks that share some numbers need not mean the same one: a hint, weaker than a mask that a whole number fits.",
        Text("範囲の重なる伏せ字の番号 {display} が報告されています（同じ番号とは限りません）", "The masked number {display}, which may stand for some of the same numbers, has reports (not necessarily of this one)"),
    ),
    "block_unallocated": Weight(
        1.5,
        "No carrier has this block, so nobody can own the number: the display was forged or mistyped.",
        Text("どの通信事業者にも割り当てられていない番号帯です（表示の偽装か、書き間違いの可能性）", "No carrier holds this block of numbers: a forged display or a typing error"),
    ),
    "displayed_id_forged": Weight(
        2.5,
        "A caller ID outside every numbering plan cannot be a subscriber's: the display was forged or mistyped.",
        Text("知られている番号計画のどれにもない番号です（表示の偽装か書き間違い、または最近できた番号帯の可能性）", "No numbering plan known to us has this number: a forged display, a typing error, or a block newer than our data"),
    ),
    "international_number": Weight(
        0.7,
        "Unexpected international calls are the larger part of today's telephone fraud (PEERS §2: 62 % of numbers).",
        Text("国際電話の番号です。心当たりがなければ折り返さないでください", "A foreign number: do not call back unless you expect it"),
    ),
    "premium_number": Weight(
        0.7,
        "Calling costs money by design.",
        Text("かけると情報料や高い通話料がかかる番号です", "Calling this number costs extra"),
    ),
    "shared_host": Weight(
        0.0,
        "Settles the verdict: many parties use the host, so no report on one of them is a report on it.",
        Text("多くの人が使う共用のサービスです。この名前だけでは判断できません{reports}", "A shared service used by many parties: it cannot be judged by its name{reports}"),
    ),
    "private_address": Weight(
        0.0,
        "Settles the verdict: the address means another machine in every home and office (RFC 1918), so it accuses nobody.",
        Text("家庭や会社の中だけで使われるアドレスで、だれのものかは決まりません", "An address inside a home or office network: it does not say whose"),
    ),
    "dynamic_host": Weight(
        0.7,
        "Anyone can take a host under a dynamic-DNS name in a minute, without an identity.",
        Text("だれでもすぐに作れる種類のアドレスです", "The kind of address that anybody can create in a minute"),
    ),
    "ip_host": Weight(
        1.2,
        "Companies link to names, not to bare IP addresses.",
        Text("名前でなく IP アドレスです。会社の案内では使われません", "A bare IP address: companies do not link to these"),
    ),
    "lookalike_host": Weight(
        2.3,
        "One edit away from a brand's own domain, and not the brand's.",
        Text("公式のドメイン {official} に似た、別のドメインです", "Looks like {official}, but is another domain"),
    ),
    "posed_host": Weight(
        2.3,
        "What stands before the @ of an address is a name to sign in with; there is no honest reason to make it look like a host.",
        Text("「@」の前を行き先に見せかけています。本当の行き先は {host} です", "What stands before the @ poses as where it leads: that is {host}"),
    ),
    "mixed_script_host": Weight(
        1.5,
        "Letters of several scripts in one label serve to imitate.",
        Text("違う文字体系の似た文字が混ざっています", "Mixes look-alike letters of several scripts"),
    ),
    "name_fictitious": Weight(
        3.5,
        "The register holds it as a name that no real company bears and that messages abuse.",
        Text("実在しない会社・団体の名前として記録されています", "On record as a name that no real company or body bears"),
    ),
    "name_genuine": Weight(
        -3.0,
        "Settles the verdict where nobody reports abuse of the name.",
        Text("{name}は実在します{licence}", "{name} is genuine{licence}"),
    ),
    "name_genuine_abused": Weight(
        0.0,
        "A genuine company is not its impostor: the verdict is about messages that use the name, never past suspicious.",
        Text("{name}は実在します{licence}が、その名前をかたる報告があります", "{name} is genuine{licence}, but messages abuse its name"),
    ),
    "name_of_office": Weight(
        0.0,
        "No register holds every police station, town hall and branch: the reports are about who uses the name, never past suspicious.",
        Text("{name}の名前と同じか、それに似ています。報告は、その名前をかたる連絡についてのものです", "It is, or reads as, the name of {name}: the reports are about contacts made in that name"),
    ),
    "name_disguised": Weight(
        2.3,
        "No company writes its own name with look-alike letters of another script, or with invisible ones inside it.",
        Text("{name}の名前に見せかけて、形の似た別の文字や、見えない文字が使われています", "Made to look like {name}: written with look-alike letters, or with invisible ones inside"),
    ),
    "legal_form_differs": Weight(
        1.5,
        "Companies know their own legal form; a namesake of another form is another company, which the register does not have.",
        Text("登録のある{name}は「{right}」ですが、「{wrong}」と書かれています。別の会社か、名前をかたるものです", "{name} on the register is a {right}, but this is written {wrong}: another company, or one that poses as it"),
    ),
    "sender_named_as": Weight(
        0.0,
        "Whoever sends an SMS chooses the name that is shown, so a genuine company's name proves nothing.",
        Text("実在する{name}の名前ですが、送信者名はだれでも自由に付けられます", "The name of {name}, which is genuine; but whoever sends chooses the name that is shown"),
    ),
    "claims_genuine_name": Weight(
        0.0,
        "What the reports say already counts; a genuine company has more numbers than our register, so no push of its own.",
        Text("名乗った{name}は実在する{what}で、この{noun}は公式の連絡先として確認されていません", "{name}, the name it claimed, is a genuine {what}; this {noun} is not confirmed as one of its contacts"),
    ),
    "claims_fictitious_name": Weight(
        0.0,
        "The votes count these reports already; the sentence tells why the claimed name proves nothing real.",
        Text("名乗った{name}は、実在しない会社・団体の名前として記録されています", "{name}, the name it claimed, is on record as a name that no real company or body bears"),
    ),
    "licence_unknown": Weight(
        0.7,
        "Collecting debts of others needs a licence of the Minister of Justice (サービサー法); our register does not have this name.",
        Text("債権回収を名乗っていますが、許可の有無をこのデータでは確認できません。法務省の一覧で確かめてください", "It claims to collect debts, but our register cannot confirm a licence: check the Ministry of Justice's list"),
    ),
    "near_name": Weight(
        0.3,
        "One or two characters away from a known name: a typing error, or an imitation.",
        Text("登録のある「{name}」とよく似た、別の名前です", "Very similar to '{name}' on the register, but another name"),
    ),
}  # fmt: skip
WEIGHTS |= MESSAGE_WEIGHTS

__all__ = ["WEIGHTS", "Weight"]
