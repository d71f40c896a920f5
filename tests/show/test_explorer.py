"""The explorer, driven as a reader drives it."""

import base64
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from usru.analysis import concordance, tone
from usru.errors import InputError
from usru.show.explorer import MOST, Explorer


@pytest.fixture(scope="module")
def made(corpus):
    return Explorer(corpus)


@pytest.fixture
def explorer(made):
    made.reset()
    made.context.value, made.instrument.value = 60, "textblob"
    return made


def count(explorer):
    return re.search(r"<p[^>]*>(.*)</p>", explorer.message.value)[1]


def parts(explorer):
    names = ("message", "coverage", "tone", "lines", "saved")
    return "".join(getattr(explorer, name).value for name in names)


def test_it_opens_on_everything(corpus, explorer):
    n = len(corpus.segments)
    assert repr(explorer) == f"Explorer({n} passages of 5 documents)"
    assert count(explorer).startswith(f"{n} passages of {n};")
    assert explorer.lines.value.count("<li>") == MOST
    assert "100.0%" in explorer.coverage.value


def test_every_control_changes_what_is_shown(explorer):
    choices = {
        "meetings": ("moscow",), "outlets": ("Sputnik",), "topics": ("syria",),
        "speakers": ("Rex Tillerson",), "voice": "quotation", "search": "retaliat", "context": 10,
        "instrument": "nrc",
    }  # fmt: skip
    for name, value in choices.items():
        explorer.reset()
        explorer.search.value = "the" if name == "context" else ""
        before = explorer.lines.value + explorer.tone.value
        getattr(explorer, name).value = value
        assert explorer.lines.value + explorer.tone.value != before, name


def test_a_search_marks_its_word_and_leads_to_the_page(corpus, explorer):
    explorer.search.value = "volker"
    assert explorer.lines.value.count("<mark>Volker</mark>") == len(explorer.selection) > 0
    row = explorer.selection.iloc[0]
    assert f'href="{row["passage"]}"' in explorer.lines.value
    line = corpus.raw(row["doc_id"]).splitlines()[row["line"] - 1]
    assert "Volker" in line


def test_tone_is_that_of_the_selection(corpus, explorer):
    explorer.speakers.value = ("Rex Tillerson",)
    explorer.instrument.value = "vader"
    segments = corpus.segments.query("speaker == 'Rex Tillerson' and not reused")
    mean = tone.aggregate(tone.score(segments, "vader"), "speaker")["polarity"].iloc[0]
    assert f"<td>{mean:+.2f}</td>".replace("-", "−") in explorer.tone.value
    assert f"<td>{len(segments)}</td>" in explorer.tone.value
    assert "rank correlation with a reading" in explorer.tone.value


def test_a_bad_pattern_gives_a_message_and_the_last_good_one_stays(explorer):
    explorer.search.value = "sanction"
    shown = explorer.lines.value
    explorer.search.value = "sanction("
    assert count(explorer).startswith("the search: it cannot be read (missing )")
    assert "Shown is what “sanction” finds: 9 matches" in count(explorer)
    assert explorer.lines.value == shown
    explorer.voice.value = "quotation"
    assert "it cannot be read" in count(explorer)
    assert 0 < len(explorer.selection) < 9
    explorer.search.value = "sanctions"
    assert "cannot" not in count(explorer)


def test_a_pattern_that_would_never_end_leaves_it_usable(explorer, monkeypatch):
    monkeypatch.setattr(concordance, "PATIENCE", 0.1)
    explorer.search.value = "(?R)"
    assert "it would take too long" in count(explorer)
    explorer.meetings.value = ("bonn",)
    assert "it would take too long" in count(explorer)
    monkeypatch.undo()
    explorer.search.value = "Lavrov"
    assert "matches" in count(explorer)
    assert set(explorer.selection["meeting"]) == {"bonn"}


def test_a_good_pattern_that_becomes_too_slow_is_let_go(explorer, monkeypatch):
    explorer.search.value = "Lavrov"
    monkeypatch.setattr(concordance, "PATIENCE", -1)
    explorer.meetings.value = ("bonn",)
    assert "it would take too long" in count(explorer)
    assert "Shown is the choice without a search" in count(explorer)


def test_an_empty_selection_is_shown_as_one(explorer):
    explorer.search.value = "no such word"
    assert count(explorer) == "0 matches in 0 passages of 194."
    assert "No passage fits." in explorer.lines.value
    assert explorer.csv().count("\n") == 1


def test_show_all_answers_once(explorer):
    explorer.search.value, explorer.voice.value = "x", "quotation"
    explorer.meetings.value = ("bonn",)
    seen = []
    explorer.message.observe(lambda change: seen.append(change["new"]), "value")
    explorer.reset_button.click()
    explorer.message.unobserve_all("value")
    assert len(seen) == 1
    assert explorer.search.value == ""
    assert explorer.meetings.value == ()


def test_a_saved_selection_reads_back(explorer, tmp_path, monkeypatch):
    explorer.search.value = r"\bRussia"
    path = explorer.save(tmp_path / "chosen.csv")
    again = pd.read_csv(path).fillna({"topics": "", "before": "", "after": ""})
    expected = explorer.selection.drop(columns="of").assign(instrument="textblob")
    pd.testing.assert_frame_equal(again, expected, check_dtype=False)
    monkeypatch.chdir(tmp_path)
    explorer.save_button.click()
    assert (tmp_path / "selection.csv").read_bytes() == path.read_bytes()
    assert f"Saved {len(expected)} lines in selection.csv" in explorer.saved.value
    explorer.voice.value = "quotation"
    assert explorer.saved.value == "", "it tells of another selection"


def test_what_cannot_be_saved_is_said(explorer, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="cannot be written"):
        explorer.save(tmp_path / "no" / "chosen.csv")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "selection.csv").mkdir()
    explorer.save_button.click()
    assert "cannot be written" in explorer.saved.value


def test_an_app_offers_a_download_and_leads_to_the_edition(corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = Explorer(corpus, edition="edition/")
    app.search.value = "Crimea"
    row = app.selection.iloc[0]
    to = f"edition/{row['doc_id']}.html#{row['doc_id']}-b{row['block']}"
    assert f'href="{to}"' in app.lines.value
    app.save_button.click()
    data = re.search(r"base64,([^\"]+)", app.saved.value)[1]
    assert base64.b64decode(data).decode("utf-8") == app.csv()
    assert list(tmp_path.iterdir()) == []


def test_it_shows_itself_as_a_widget_and_as_a_line_of_text(explorer):
    shown = explorer._repr_mimebundle_()
    assert shown["text/plain"] == repr(explorer)
    assert "application/vnd.jupyter.widget-view+json" in shown


class Tags(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.found, self.links, self.names = set(), [], set()
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        self.found.add(tag)
        self.names |= {name for name, _ in attributes}
        self.links += [value for name, value in attributes if name == "href"]


def test_a_hostile_corpus_is_shown_as_text(hostile):
    explorer = Explorer(hostile)
    plain = Tags(parts(explorer))
    for pattern in ("", "script|img|b onmouse", ".", "<", "a+"):
        explorer.search.value = pattern
        tags = Tags(parts(explorer))
        assert tags.found <= {
            "div", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "bdi",
            "small", "ol", "li", "a", "mark",
        }  # fmt: skip
        assert tags.names <= {"class", "role", "scope", "style", "href", "target", "rel"}
        assert all(link.startswith("../page.txt#L") for link in tags.links)
        for sign in "\u202e\u202c\u2067\u2069\x07\x1b":
            assert sign not in parts(explorer)
    assert "mark" not in plain.found
    for control in (explorer.meetings, explorer.outlets, explorer.speakers):
        for label, _ in control.options:
            assert "\u202e" not in label
    explorer.search.value = "<img src=x onerror='window.broken = 3'>("
    assert "&lt;img" in explorer.message.value or "img" not in explorer.message.value


def test_a_file_name_is_no_address_that_runs(corpus, monkeypatch):
    name = "javascript:alert(1)"
    monkeypatch.setattr(type(corpus), "passage", lambda self, doc_id, line: f"{name}#L{line}")
    links = Tags(Explorer(corpus).lines.value).links
    assert links[0].startswith("javascript%3Aalert%281%29#L")


def test_a_corpus_that_nobody_coded_says_so(hostile):
    assert "Nobody has read and coded these pages" in Explorer(hostile).tone.value


def test_a_corpus_in_another_language_is_searched_all_the_same(corpus_of):
    page = "Die Boote warten auf die Flut\n\n" + " ".join(
        ["Die Boote warteten im Hafen auf die Flut, und alle schwiegen dazu."] * 3
    )
    explorer = Explorer(corpus_of({"a": page + "\n", "b": page + "\n"}))
    assert explorer.corpus.manifest.language == "de"
    explorer.search.value = "Hafen"
    assert len(explorer.selection) == 6
    assert explorer.selection["polarity"].isna().all()
    assert "No instrument of tone is made for the language of these texts" in explorer.tone.value


def test_many_documents_are_shown_by_their_group(corpus_of):
    page = "Boats wait for the tide\n\nThe boats waited for the tide all the morning of day {}.\n"
    pages = {f"a{i:02d}": page.format(i) for i in range(13)}
    days = {name: f"2020-{1 + i % 3:02d}-01" for i, name in enumerate(pages)}
    explorer = Explorer(corpus_of(pages, **days))
    assert explorer.corpus.unit == "month"
    assert "2020-03" in explorer.coverage.value
    assert "Month" in explorer.coverage.value
    assert "a01" not in explorer.coverage.value
    assert [choices.description for choices in explorer.box.children[1].children[1].children] == []
