"""Quotation marks as brackets: cases, and laws that hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.text.quotations.quotation_marks import QUOTATION_MARKS, marked, spans


def quoted(text):
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ('"a" b "c"', ["a", "c"], "straight"),
        ("“a” b “c”", ["a", "c"], "curly"),
        ("„a“ b „c“", ["a", "c"], "German: what opens in English closes"),
        ("«a» b «c»", ["a", "c"], "angle"),
        ("``a'' b ``c''", ["a", "c"], "TeX"),
        ("''a'' b ''c''", ["a", "c"], "single marks typed twice"),
        ("‘‘a’’ b ‘‘c’’", ["a", "c"], "the same as word processors print them"),
        ("the envoys’’ a", [], "an apostrophe typed twice"),
        ("‘a’ b 'c'", ["a", "c"], "single"),
        ("＂a＂ b", ["a"], "full width"),
        ('“a" b "c”', ["a", "c"], "mixed"),
        ("“a “b” c”", ["a “b” c"], "nested"),
        ('"a "b" c"', ['a "b" c'], "nested, straight"),
        ("“a ‘b’ c”", ["a ‘b’ c"], "nested, single inside double"),
        ("‘a “b” c’", ["a “b” c"], "nested, double inside single"),
        ("‘It’s the envoys’ plan,’ x", ["It’s the envoys’ plan,"], "possessive inside single marks"),
        ("the envoys’ plan and Ann’s", [], "apostrophes"),
        ("’twas in ’89", [], "elisions"),
        ("“a b “c” d", ["a b", "c"], "unclosed: to the next opening mark"),
        ("“a b", ["a b"], "unclosed: to the end"),
        ("‘We go, he said.", ["We go, he said."], "unclosed single mark that begins a paragraph"),
        ("‘I came.\n‘I saw.", ["I came.", "I saw."], "unclosed single marks: to the next"),
        ("‘We go. She asked: ‘Why?’ a", ["We go. She asked:", "Why?"], "unclosed single mark: to the next one"),
        ("Ann Lee said: ‘We go on", ["We go on"], "unclosed single mark behind a colon"),
        ("The old minister left. ‘We go", ["We go"], "unclosed single mark behind a sentence"),
        ("The old minister left. 'We go", [], "the same, straight: an apostrophe"),
        ("a ‘b c", [], "unclosed single mark elsewhere"),
        ("a ‘b “c d’ e” f", ["c d’ e"], "single marks that cross double ones"),
        ("“a ‘b” c’ d", ["a ‘b"], "single marks that begin inside double ones and end outside"),
        ("“x” and “a ‘b” c’ d", ["x", "a ‘b"], "the same behind another quotation"),
        ("“x” ‘a “b’ c” d “y”", ["x", "b’ c", "y"], "single marks that end inside, between two others"),
        ("“a ‘b’ c” ‘d’", ["a ‘b’ c", "d"], "a single pair behind a double one with one inside"),
        ("a” b “c”", ["c"], "stray closing mark"),
        ("“a”” b “c”", ["a", "c"], "closed twice"),
        ("““a” b", ["a"], "opened twice"),
        ("“” a “ ” b \"\"", [], "empty pairs"),
        ("(“a”) — “b”—c", ["a", "b"], "beside brackets and dashes"),
        ("“a,”b said", ["a,"], "a lost space behind"),
        ('said:"a" b', ["a"], "a lost space before"),
        ('a " b " c', [" b "], "white space on both sides"),
        ("“...a” b", ["...a"], "dots behind the opening mark"),
    ],
)  # fmt: skip
def test_what_stands_between_marks(text, expected, why):
    assert quoted(text) == expected, why


@pytest.mark.parametrize("before", range(16))
def test_a_quotation_is_the_same_wherever_it_stands(before):
    assert quoted("x" * before + " ‘It’s the envoys’ plan,’ x") == ["It’s the envoys’ plan,"]


@pytest.mark.parametrize(
    "text", ["a “b” c", "a ''b'' c", "a ``b'' c", 'a,"b" c', "a 'b' c", "a “b"]
)
def test_a_quotation_with_its_marks_is_what_stands_between_the_words_beside_it(text):
    ((start, end),) = spans(text)
    first, last = marked(text, start, end)
    assert text[:first].strip(" ,") == "a"
    assert text[last:].strip() in ("c", "")
    assert not set(text[start:end]) & set(QUOTATION_MARKS)


TEXTS = st.text(alphabet=QUOTATION_MARKS + "aAs .,:-(\u00a0", max_size=60)


@given(TEXTS)
def test_spans_are_in_order_apart_and_begin_behind_a_mark(text):
    last = -1
    for start, end in spans(text):
        assert last < start < end <= len(text)
        assert text[start - 1] in QUOTATION_MARKS
        assert text[start:end].strip(QUOTATION_MARKS).strip()
        last = end


@given(TEXTS)
def test_text_without_marks_quotes_nothing(text):
    assert spans("".join(sign for sign in text if sign not in QUOTATION_MARKS)) == []


@given(TEXTS, st.text(alphabet="ab ,.", max_size=20))
def test_what_stands_behind_a_whole_text_changes_no_span_before_it(text, more):
    closed = list(spans(f"“a” {more}“b”"))
    assert [span for span in spans(f"“a” {more}“b” {more}") if span[1] <= len(more) + 6] == closed
