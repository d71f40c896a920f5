"""Tables show everything as text."""

import pandas as pd

from usru.show.tables import Table


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
