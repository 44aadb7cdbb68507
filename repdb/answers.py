"""An answer in a language: the JSON contract of DESIGN §5 and the one sentence that stands first (floor 3)."""

from __future__ import annotations

from typing import Any

from repdb import seed
from repdb.advice import claim_json, demand
from repdb.categories import ADVERSE_VERDICTS, REPORTED_FOR
from repdb.dates import show_date
from repdb.records import Answer, RepdbError, Text

_NOUN: dict[str, Text] = {
    "phone": Text("番号", "number"),
    "masked_phone": Text("番号（一部を伏せた形）", "masked number"),
    "short_number": Text("番号", "number"),
    "displayed_id": Text("表示番号", "displayed number"),
    "domain": Text("ドメイン", "domain"),
    "email": Text("メールのドメイン", "e-mail domain"),
    "sender_id": Text("送信者名", "sender ID"),
    "company": Text("名前", "name"),
}
_LAST = Text("最後の報告は{date}", "last report {date}")
_UNDATED = Text("報告の日付は不明", "the reports carry no date")

_NEW_OWNER = Text("持ち主が変わった可能性もあります。", " It may have a new owner since.")
_MAY_HAVE_CHANGED = Text(
    "「{category}」に使われた{noun}として報告されています（{last}）。{owner}",
    "This {noun} was reported for {category} ({last}).{owner}",
)

# Verdict → the sentence; the first code that is among the findings chooses, "" stands for none.
_SUMMARY: dict[str, dict[str, Text]] = {
    "dangerous": {
        "name_fictitious": Text(
            "実在しない会社・団体の名前です。この名前を使う請求や連絡は詐欺です。",
            "No real company or body bears this name: bills and messages that use it are fraud.",
        ),
        "official_notice": Text(
            "公的機関が注意を呼びかけている{noun}です。",
            "Public bodies warn of this {noun}.",
        ),
        "": Text(
            "「{category}」に使われている{noun}として、複数の根拠があります（{last}）。",
            "Several independent sources tie this {noun} to {category} ({last}).",
        ),
    },
    "suspicious": {
        "name_genuine_abused": Text(
            "実在する会社ですが、その名前をかたるメッセージの報告があります（{last}）。",
            "A genuine company, but messages abuse its name ({last}).",
        ),
        "displayed_id_forged": Text(
            "知られている番号計画にない番号です。発信者番号の表示が偽装されたか、書き間違いと考えられます。",
            "No numbering plan known to us has such a number: probably a forged caller ID, or a typing error.",
        ),
        "reported_by_sources": Text(
            "「{category}」に使われた{noun}として報告があります（{last}）。",
            "This {noun} has been reported for {category} ({last}).",
        ),
        "name_disguised": Text(
            "実在する会社の名前に似せて書かれています。名前を信じず、公式の連絡先に自分から確かめてください。",
            "Written to look like a genuine company's name. Do not trust it: ask the company through its official contacts.",
        ),
        "": Text("報告はまだありませんが、不審な特徴があります。", "No report so far, but it has suspicious traits."),
    },
    "past": {
        "name_genuine_abused": Text(
            "実在する会社です。過去に、その名前をかたる「{category}」の報告がありました（{last}）。",
            "A genuine company. Its name was abused for {category} in the past ({last}).",
        ),
        "faded": _MAY_HAVE_CHANGED,
        "undated": _MAY_HAVE_CHANGED,
        "benign_reports": Text(
            "「{category}」に使われた{noun}という報告と、問題ないという報告があります（{last}）。",
            "Some report this {noun} for {category}, others say that it is harmless ({last}).",
        ),
        "": Text(
            "「{category}」に使われた{noun}として報告がありますが、件数が少ないか、最近のものではありません（{last}）。",
            "This {noun} has been reported for {category}, but seldom, or not lately ({last}).",
        ),
    },
    "unreported": {
        "private_address": Text(
            "家庭や会社の中だけで使われるアドレスなので、報告の対象になりません。安全という意味ではありません。",
            "An address inside a home or office network, so no report can name it. That does not mean it is safe.",
        ),
        "shared_host": Text(
            "多くの人が使う共用のサービスなので、この名前だけでは判断できません。安全という意味ではありません。",
            "A shared service used by many parties: its name alone proves nothing. That does not mean it is safe.",
        ),
        "masked_match": Text(
            "この番号そのものの報告はありませんが、一部を伏せて公表された番号に当てはまります。安全という意味ではありません。",
            "No report on this very number, but it fits a published masked one. That does not mean it is safe.",
        ),
        "mask_overlaps": Text(
            "この伏せ字そのものの報告はありませんが、範囲の重なる伏せ字の番号に報告があります。安全という意味ではありません。",
            "No report on this very mask, but on one that may stand for some of the same numbers. That does not mean it is safe.",
        ),
        "": Text(
            "この{noun}の報告はまだありません。安全という意味ではありません。",
            "No report on this {noun} so far. That does not mean it is safe.",
        ),
    },
    "official": {
        "name_genuine": Text(
            "実在する会社・団体です。名前は勝手に使われることがあるので、連絡先は公式サイトで確かめてください。",
            "A genuine company or body. Names can be abused: check contacts on its official site.",
        ),
        "": Text(
            "公式の連絡先です。ただし、発信者や差出人の表示は偽装できます。",
            "An official contact. Mind that caller IDs and sender addresses can be forged.",
        ),
    },
    "disputed": {
        "": Text(
            "「{category}」の報告がありますが、持ち主が異議を申し立てています。",
            "Reported for {category}, but the verified owner disputes it.",
        ),
    },
}


def is_adverse(answer: Answer) -> bool:
    """Whether a scanner should stop at it: exit code 1. What is known has an adverse verdict, but for one case: an
    official channel that somebody reports stays official, or one false report would have it blocked.
    """
    return answer.verdict in ADVERSE_VERDICTS


def summary(answer: Answer) -> Text:
    """The sentence under the verdict."""
    codes = {finding.code for finding in answer.findings}
    choices = _SUMMARY[answer.verdict]
    sentence = next(text for code, text in choices.items() if not code or code in codes)
    category = next(iter(answer.categories), "other")
    last = answer.tally.last_reported_on
    return sentence.format(
        noun=_NOUN[answer.kind],
        category=REPORTED_FOR[category],
        owner=Text("", "") if answer.kind == "company" else _NEW_OWNER,
        last=_LAST.format(date=show_date(last)) if last else _UNDATED,
    )


def claim(answer: Answer) -> Text | None:
    """What kind of demand its reports tell of, where the right reaction differs by it (架空請求, 不当請求 …)."""
    return seed.claim(demand(answer.verdict, answer.categories, answer.facts))


def to_json(answer: Answer, lang: str) -> dict[str, Any]:
    """The look-up contract. Sentences in ``lang``; a note falls back to the language that it was written in."""
    tally = answer.tally
    return {
        "query": answer.query,
        "kind": answer.kind,
        "key": answer.key,
        "display": answer.display,
        "known": answer.known,
        "verdict": answer.verdict,
        "score": answer.score,
        "summary": summary(answer).pick(lang),
        "claim": claim_json(demand(answer.verdict, answer.categories, answer.facts), lang),
        "report_count": tally.report_count,
        "source_count": tally.source_count,
        "first_reported_on": tally.first_reported_on or None,
        "last_reported_on": tally.last_reported_on or None,
        "facts": dict(answer.facts),
        "claimed_companies": list(answer.claimed_companies),
        "categories": dict(answer.categories),
        "reasons": [{"code": f.code, "weight": round(f.weight, 2), "text": f.text.pick(lang)} for f in answer.findings],
        "evidence": [
            {
                "id": e.report_id,
                "source": e.source,
                "source_title": (e.source_title_en if lang == "en" else "") or e.source_title,
                "title": e.title,
                "reported_on": e.reported_on or None,
                "category": e.category,
                "stance": e.stance,
                "role": e.role,
                "note": (e.note if lang == "ja" else e.note_en) or e.note or e.note_en,
                "url": e.url,
            }
            for e in answer.evidence
        ],
        "advice": [{"code": a.code, "text": a.text.pick(lang)} for a in answer.advice],
        "as_of": answer.as_of,
        "model": answer.model,
    }


def error_json(query: str, error: RepdbError, lang: str) -> dict[str, Any]:
    """What stands in the place of an answer when the query cannot be read."""
    return {"query": query, "error": {"code": error.code, "text": error.text.pick(lang)}}
