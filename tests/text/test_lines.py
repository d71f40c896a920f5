"""The reading of a raw span, and the way back from it."""

import re
import textwrap
import unicodedata
from functools import partial

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.text import blocks, clauses, dates, lines, quotations, sentences
from usru.text.lines import Reading


def test_text_is_nfc_with_plain_spaces_and_no_bullet():
    assert lines.clean("  •\u00a0Cafe\u0301\u00a0au\u200b lait ") == "Café au lait"


def test_a_separator_keeps_its_marks():
    assert lines.clean("  * * *") == "* * *"


@pytest.mark.parametrize(
    ("span", "why"),
    [
        ("  • Mr.\u00a0Lavrov\n    spoke. ", "a bullet, a no-break space, a wrapped line"),
        ("e\u0301te\u0301 in Bonn", "letters that are composed"),
        ("one \u200b two\u00ad three", "invisible signs"),
        ("", "nothing"),
        ("   ", "white space alone"),
    ],
)
def test_places_lead_from_the_raw_span_to_its_reading(span, why):
    reading = lines.clean(span)
    places = [Reading(span).place(offset) for offset in range(len(span) + 1)]
    assert places == sorted(places), why
    assert 0 <= places[0] <= places[-1] <= len(reading)
    for word in reading.split():
        if word in span:
            start, end = span.index(word), span.index(word) + len(word)
            assert reading[places[start] : places[end]] == word


@given(st.text(alphabet="ab. •-*\n\u00a0\u0301\u200bé", max_size=40), st.data())
def test_places_agree_with_the_reading_of_what_stands_between(span, data):
    """For spans of whole words; what a bullet is depends on what stands before it."""
    words = [match.span() for match in re.finditer(r"[abé.]+", span)]
    reading = lines.clean(span)
    if words:
        start, end = data.draw(st.sampled_from(words))
        if not (end < len(span) and unicodedata.combining(span[end])):
            first, last = map(Reading(span).place, (start, end))
            assert reading[first:last] == span[start:end]


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ("said on Wednes-\nday that", "said on Wednesday that"),
        ("was \u202edesrever\u202c here", "was \u202edesrever\u202c here"),
        ("leader Anna Lind-\r\n   berg.", "leader Anna Lindberg."),
        ("said on Wednes\u00ad\nday that", "said on Wednesday that"),
        ("the US-\nRussia talks", "the US-Russia talks"),
        ("an anti-\nterrorist law", "an anti-terrorist law"),
        ("the ex-\nminister left", "the ex-minister left"),
        ("from 2016-\n2017 on", "from 2016-2017 on"),
        ("small-, medium-\nand large-scale", "small-, medium- and large-scale"),
        ("pre-\nand post-war years", "pre- and post-war years"),
        ("twenty-\none years", "twenty-one years"),
        ("a two-\nyear truce of 18-\nmonth terms", "a two-year truce of 18-month terms"),
        ("a state-\nrun bank’s state-\nment", "a state-run bank’s statement"),
        ("the ex-\npected long-\nterm short-\nages", "the expected long-term shortages"),
        ("an anti-\ncipated mid-\nApril mid-\ndle", "an anticipated mid-April middle"),
        ("the Riga-\nbacked, U.S.-\nled plan", "the Riga-backed, U.S.-led plan"),
        ("Tom John-\nson of Wash-\nington", "Tom Johnson of Washington"),
        ("from 2016–\n17 on", "from 2016–17 on"),
        ("the pier--\nand the harbour–\nwere", "the pier-- and the harbour– were"),
        ("on Wednes‐\n\t day, Wednes¬\nday", "on Wednesday, Wednesday"),
        ("Jose\u0301 Iba\u0301-\nn\u0303ez", "José Ibáñez"),
        ("the inter-\nnational court", "the international court"),
        ("the harbour -\nand the pier", "the harbour - and the pier"),
        ("the harbour —\nand the pier", "the harbour — and the pier"),
        ("one\n\n  two", "one two"),
        ("damaged.\u200e", "damaged."),
        ("\u202bdamaged.\u202c", "damaged."),
        ("\u2068Ann Lee\u2069 and \u202aTom\u202c", "Ann Lee and Tom"),
        ("what \u202edaer si", "what \u202edaer si"),
        ("Wed\u200cnes\u200dday, Wednes\ufe0eday", "Wednesday, Wednesday"),
        (
            "\U0001f469\u200d\U0001f33e and می\u200cروم",
            "\U0001f469\u200d\U0001f33e and می\u200cروم",
        ),
        ("5\u2009May\u20032017,\t\u3000noon", "5 May 2017,  noon"),
        ("the o\ufb03ce of\ufb01ce", "the office office"),
        ("Anna Lee\u2011Holm", "Anna Lee-Holm"),
        ("* * *", "* * *"),
        ("• Talks\n  • Results", "Talks Results"),
        ("naïve cafe\u0301", "naïve café"),
    ],
)
def test_a_reading_is_the_text_as_people_see_it(span, text):
    assert Reading(span).text == text == lines.clean(span)


SIGNS = st.text(alphabet="abé. •-*\n\u00a0\u0301\u200b\u00ad\t", max_size=30)


@given(SIGNS, st.booleans())
def test_every_letter_of_a_reading_leads_back_to_what_it_is_read_from(span, keep_lines):
    reading = Reading(span, keep_lines)
    assert reading.place(len(span)) == len(reading.text)
    reached = 0
    for place, sign in enumerate(reading.text):
        start, end = reading.raw(place, place + 1)
        assert 0 <= start <= end <= len(span)
        if sign in "ab.":
            assert reached <= start < end
            assert span[start:end] == sign
            reached = end


@given(st.text(max_size=80))
def test_a_reading_has_no_invisible_sign_and_no_outer_space(span):
    text = lines.clean(span)
    assert text == text.strip()
    assert not re.search("[\u00ad\u200b\u200e\u2060\ufeff\u00a0]", text)
    assert not re.search(r"[\r\n]", text)


@given(st.text(max_size=80))
def test_a_reading_is_composed_where_its_span_is_all_kept(span):
    if lines.clean(span) == span:
        assert unicodedata.is_normalized("NFC", span)


@given(
    st.text(alphabet="abé’ •\u00a0\u00ad\u2011\ufb01\ufe0f\ufffc\u0301\n*", max_size=12),
    st.booleans(),
)
def test_a_span_that_is_its_own_reading_has_nothing_to_edit(span, keep_lines):
    if lines._is_plain(span):
        assert lines._edits(span, keep_lines) == []


def test_a_broken_word_is_whole_for_every_instrument():
    from datetime import date

    raw = (
        "Harbour of Lund to close for two weeks\n\n"
        "The town council of Lund said on Wednes-\nday that the northern pier of the harbour\n"
        "had been damaged by a storm. “We have no\nchoice,” said council leader Anna Lind-\n"
        "berg. “The pier is not safe,” she said, and\nthe council agreed after a long debate.\n"
    )
    found = blocks.find(raw)
    [day] = dates.find(raw, found, date(2017, 4, 12)).itertuples()
    assert (day.text, raw[day.start : day.end]) == ("Wednesday", "Wednes-\nday")
    said = quotations.find(raw, found)
    assert said["speaker"].tolist() == ["Anna Lindberg"] * 2
    assert [raw[s:e] for s, e in zip(said["start"], said["end"], strict=True)] == [
        "We have no\nchoice,",
        "The pier is not safe,",
    ]


@given(st.text(alphabet="a. \r\n\x85\u2028", max_size=30))
def test_lines_are_counted_as_an_editor_does_whatever_ends_them(raw):
    printed = enumerate(lines.LINE.finditer(raw), start=1)
    assert list(lines._printed(raw)) == [(n, m.start(), m[1]) for n, m in printed if m[1].strip()]


def test_units_are_the_lines_that_are_not_blank():
    raw = "One.\n\n \u00a0\n• Two.\n"
    assert [(unit.text, unit.first, unit.bullet) for unit in lines.units(raw)] == [
        ("One.", 1, False),
        ("Two.", 4, True),
    ]


STORY = [
    "The council of Varnby voted on Wednesday to close the old swing bridge for the whole summer. "
    "Engineers found cracks in two of its iron beams in September, and an engineer from Oslo spoke of "
    "a US-Tessel defect.",
    "“We would rather have a slow summer than an accident,” said Mayor Petra Lindberg. Her deputy, "
    "Jean Lom, spoke of ten bad years and of cranes that nobody had oiled since the war.",
    "The ferry will run every ten minutes while the work goes on, and Lindberg promised tickets at "
    "a low price for the people of the eastern quay.",
]


def columns(width, between):
    paragraphs = ["\n".join(textwrap.wrap(text, width)) for text in STORY]
    return "Council of Varnby closes swing bridge\n\n" + between.join(paragraphs) + "\n"


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank-line", "none"])
@pytest.mark.parametrize("width", range(30, 101, 2))
def test_paragraphs_are_whole_whatever_the_column(width, between):
    raw = columns(width, between)
    found = [unit.text for unit in lines.units(raw)]
    if between == "\n\n":
        assert found[1:] == STORY
        assert blocks.find(raw, layout="article")["text"].tolist()[1:] == STORY
    assert " ".join(found[1:]) == " ".join(STORY)
    assert blocks.find(raw)["kind"].tolist() == ["headline", *["body"] * (len(found) - 1)]


def test_a_single_broken_word_tells_that_its_short_line_goes_on():
    raw = "Port closed\n\nThe port of Lund closed on Wednes-\nday, the council said in the evening.\n\nabout us\nour jobs\n"
    found = [unit.text for unit in lines.units(raw)]
    assert found[1:] == [
        "The port of Lund closed on Wednesday, the council said in the evening.", "about us", "our jobs"
    ]  # fmt: skip


def test_a_ragged_column_with_blank_lines_is_whole_too():
    raw = (
        "Harbour of Lund to close\n\n"
        "The town council of Lund said on Monday\nthat the northern pier of the harbour had\n"
        "been damaged by a storm in winter.\nIt will be mended in May, before the\nferries come back.\n\n"
        "Nobody was hurt, the council said, and\nnothing else in the old port of Lund\nwas damaged.\n"
    )
    assert [unit.first for unit in lines.units(raw)] == [1, 3, 9]


def test_a_menu_is_no_column():
    menu = "World\nbusiness and money\nOpinion\nlife and style of the north\nWeather\nclosings and delays\n"
    assert len(list(lines.units(menu * 3))) == 18


STATED = """Harbour of Lund to close for two weeks in December

The town council said on Wednesday that the pier was damaged. “We have no choice,” said council leader José Ibáñez.

Sergei Lavrov, the Russian minister, told reporters on 3 February 2017 that officials of the U.S. Navy had left Zürich.
"""
BETWEEN = re.compile(r"(?<=[a-z]{2})(?=[a-z]{2})")


@pytest.mark.parametrize(
    "typed",
    [
        *(partial(BETWEEN.sub, sign) for sign in "\u00ad\u200b\u2060\ufeff\u200c\u200d\ufe0f"),
        lambda text: f"\ufeff{text}",
        partial(unicodedata.normalize, "NFD"),
        *(
            partial(re.sub, r"\b(on|3|José|Sergei|U.S.) ", rf"\1{space}")
            for space in "\u00a0\u202f\u2009\t"
        ),
        partial(re.sub, "(José Ibáñez|Wednesday|Sergei Lavrov)", "\u2068\\1\u2069"),
        lambda text: text.replace("ffi", "\ufb03"),
        lambda text: text.replace(".\n", ".\u200e\n"),
    ],
)
def test_instruments_find_in_a_text_as_typed_what_they_find_in_a_clean_one(typed):
    from datetime import date

    raw = typed(STATED)
    pages = {page: blocks.find(page) for page in (STATED, raw)}
    for find in (
        sentences.find,
        quotations.find,
        partial(dates.find, published=date(2017, 4, 12)),
        clauses.find,
    ):
        clean, found = (find(*page).drop(columns=["start", "end"]) for page in pages.items())
        pd.testing.assert_frame_equal(found, clean)
        assert len(found) > 0
        spans = find(raw, pages[raw])
        assert [lines.clean(raw[one.start : one.end]) for one in spans.itertuples()] == [
            *spans["text"]
        ]
