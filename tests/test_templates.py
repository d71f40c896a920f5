"""Templates escape what they show, and refuse to show what they were not given."""

import re
from html.parser import HTMLParser

import jinja2
import markdown_it
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import templates
from usru.templates import FENCE, render


class Text(HTMLParser):
    """The tags of a markup, and its text."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@given(st.text())
def test_any_text_is_shown_as_text(text):
    shown = Text(render("corpus.html", title=text, frame=pd.DataFrame()))
    assert shown.text == templates.visible(text)
    assert shown.tags == ["p", "strong", "table", "thead", "tr", "tbody"]


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(jinja2.UndefinedError, match="'title' is undefined"):
        render("corpus.html", frame=pd.DataFrame())


def test_markup_is_never_built_of_markup_that_was_not_a_templates():
    trusted = {"stylesheet()", "script()", "article", "svg"}
    files = [path for path in templates.FOLDER.rglob("*.*") if path.suffix in (".html", ".md")]
    assert len(files) > 15
    safe = re.findall(r"{{ (\S+) \| safe }}", "".join(path.read_text("utf-8") for path in files))
    assert set(safe) == trusted


@given(st.text(st.sampled_from("`{}<ab \n\r\u2028"), max_size=40))
def test_no_text_ends_a_raw_block(text):
    page = render("site/claims.md", told=[("a", {"id": "x-1", "sentence": f"{text}\n{FENCE}\n# Out", "holds": True})])  # fmt: skip
    kinds = [token.type for token in markdown_it.MarkdownIt().parse(page)]
    assert kinds.count("heading_open") == 1
    assert kinds.count("fence") == 1


def test_every_rule_of_the_style_sheet_is_confined_to_the_house():
    assert "url(" not in templates.stylesheet()
    rules = re.sub(r"/\*.*?\*/", "", templates.stylesheet(), flags=re.DOTALL)
    for selectors in re.findall(r"(?:^|[{}])\s*([^{}@;]+)\{", rules):
        for selector in re.split(r",(?![^(]*\))", selectors):
            assert "usru-" in selector, selector
