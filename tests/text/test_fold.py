from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from repdb.text.fold import Folded, fold

MIXED = st.text(alphabet=st.sampled_from("aＡ００-－ー ｶﾞﾊﾟｱﾞ㈱\u200b\u00ad\ufe0fÅ①東"), max_size=30)


def test_width_hyphens_spaces_and_digits_become_one_form() -> None:
    assert fold("０５０－３１９８‐３４９０\u3000ＡＢ").text == "050-3198-3490 AB"
    assert fold("٠٥٠\u2011१").text == "050-1"


def test_case_is_kept_unless_asked() -> None:
    assert fold("ＡＭＡｚｏｎ").text == "AMAzon"
    assert fold("ＡＭＡｚｏｎ", lower=True).text == "amazon"
    assert fold("PLAIN", lower=True) == Folded("plain", "plain")


def test_invisible_characters_go_and_spans_lead_back() -> None:
    text = "A\u200bm\u00adazon ｱﾏｿﾞﾝ"
    folded = fold(text)
    assert folded.text == "Amazon アマゾン"
    assert folded.span(0, 6) == (0, 8)
    assert text[slice(*folded.span(7, 11))] == "ｱﾏｿﾞﾝ"
    assert text[slice(*folded.span(9, 10))] == "ｿﾞ"


def test_a_mark_that_composes_with_nothing_stays() -> None:
    assert len(fold("ｱﾞ").text) == 2
    assert fold("㈱").text == "㈱"


def test_half_a_surrogate_pair_folds_to_what_can_be_written() -> None:
    assert fold("a\ud800０").text == "a\ufffd0" and fold("\ud800" * 600).text == "\ufffd" * 600


def test_many_odd_pieces_fold_as_few_do() -> None:
    text = "Ａ\u200bb０ｶﾞ…" * 300 + "ｱﾞ"
    folded = fold(text, lower=True)
    assert folded.text == "ab0ガ…" * 300 + "ア\u3099"
    assert text[slice(*folded.span(1498, 1502))] == "ｶﾞ…ｱﾞ"


def test_an_empty_span_stays_empty() -> None:
    assert fold("\u200bab").span(1, 1) == (2, 2)
    assert fold("a\u200bb").span(2, 2) == (3, 3)
    assert fold("ｶﾞb\u200b").span(2, 2) == (4, 4)


@given(MIXED)
def test_every_span_is_inside_the_original_and_in_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert fold(folded.text).text == folded.text
