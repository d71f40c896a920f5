"""Tables show everything as text, and tellings what differs."""

import pandas as pd

from usru.show.tables import SideBySide, Table


def test_markup_is_shown_as_text():
    shown = Table(pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "&lt;b&gt;" in shown


def test_what_is_missing_is_a_dash_and_a_day_has_no_time():
    table = Table(pd.DataFrame({"day": pd.to_datetime(["2017-02-16", None])}))
    assert repr(table) == "day\n2017-02-16\n–"


def test_a_long_text_is_not_cut():
    text = "word " * 400
    assert text.strip() in Table(pd.DataFrame({"text": [text]}))._repr_html_()


def tellings(here, there, name="a"):
    row = {"doc_id": name, "text": here, "again_doc_id": "b", "again_text": there}
    return SideBySide(pd.DataFrame([row]))


def test_words_that_differ_stand_in_brackets():
    shown = tellings("the Russian minister asked", "the top Russian diplomat asked")
    assert repr(shown) == (
        "a: the Russian [minister] asked\nb: the [top] Russian [diplomat] asked"
    )  # fmt: skip
    assert repr(tellings("He asked.", "he asked")) == "a: He asked.\nb: he asked", "signs aside"


def test_words_that_differ_are_bold_and_underlined():
    shown = tellings("he asked", "he said")._repr_html_()
    assert "he <strong><u>asked</u></strong></td>" in shown
    assert "he <strong><u>said</u></strong></td>" in shown
    assert shown.count("<u>") == 2
    assert "color" not in shown


def test_tellings_are_text_and_no_markup():
    bad = "<script>alert(1)</script> & <b>bold</b>"
    shown = tellings(bad, f"{bad} <i>more</i>", name=bad)._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "<strong><u>&lt;i&gt;more&lt;/i&gt;</u></strong>" in shown
    assert shown.count("&lt;script&gt;") == 3


def test_no_tellings_no_rows():
    nothing = SideBySide(pd.DataFrame(columns=["doc_id", "text", "again_doc_id", "again_text"]))
    assert repr(nothing) == ""
    assert nothing._repr_html_() == "<table><tbody></tbody></table>"
