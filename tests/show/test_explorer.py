"""The explorer, driven as a reader drives it."""

import base64
import codecs
import re
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest

from usru.analysis import concordance, tone
from usru.errors import InputError
from usru.show.explorer import MOST, Explorer

GERMAN = "Die Boote warten auf die Flut\n\n" + " ".join(
    ["Die Boote warteten im Hafen auf die Flut, und alle schwiegen dazu."] * 3 + ["\n"]
)


@pytest.fixture(scope="module")
def made(corpus):
    return Explorer(corpus)


@pytest.fixture
def explorer(made):
    made.reset()
    made.context.value, made.instrument.value, made.order.value = 7, "textblob", "page"
    return made


def count(explorer):
    return re.search(r"<p[^>]*>(.*)</p>", explorer.message.value)[1]


def parts(explorer):
    names = ("message", "lines", "whose", "coverage", "tone", "saved")
    return "".join(getattr(explorer, name).value for name in names)


def text(markup):
    """What people read of a part."""
    return unescape(re.sub(r"<[^>]+>", " ", markup))


def test_it_opens_on_everything(corpus, explorer):
    n = len(corpus.coded_segments)
    assert repr(explorer) == f"Explorer({n} passages of 5 documents)"
    assert count(explorer).startswith(f"{n} passages of {n};")
    assert explorer.lines.value.count("<li>") == MOST
    assert "100%" in explorer.coverage.value


def test_every_control_changes_what_is_shown(explorer):
    choices = {
        "meetings": ("moscow",), "outlets": ("Sputnik",), "topics": ("syria",),
        "speakers": ("Rex Tillerson",), "voice": "quotation", "search": "retaliat", "context": 1,
        "instrument": "nrc", "order": "after",
    }  # fmt: skip
    for name, value in choices.items():
        explorer.reset()
        explorer.search.value = "the" if name in ("context", "order") else ""
        before = explorer.lines.value + explorer.tone.value
        getattr(explorer, name).value = value
        assert explorer.lines.value + explorer.tone.value != before, name


@pytest.mark.parametrize(
    ("name", "value", "column"),
    [("meetings", ("moscow",), "meeting"), ("outlets", ("Sputnik", "Breitbart"), "outlet"),
     ("speakers", ("Andrew Weiss",), "speaker"), ("voice", "report", "voice")],
)  # fmt: skip
def test_a_choice_keeps_what_was_chosen(corpus, explorer, name, value, column):
    getattr(explorer, name).value = value
    wanted = [value] if isinstance(value, str) else value
    expected = corpus.coded_segments[corpus.coded_segments[column].isin(wanted)]
    assert explorer.selection["text"].tolist() == expected["text"].tolist()


def test_the_context_is_in_words(explorer):
    explorer.search.value = "retaliat"
    for words in (0, 1, 5):
        explorer.context.value = words
        for row in explorer.selection.itertuples():
            assert len(row.before.removeprefix("…").split()) <= words
            assert len(row.after.removesuffix("…").split()) <= words + 1, "the rest of its own word"


def test_lines_are_sorted_by_the_word_before_or_after(explorer):
    explorer.search.value = r"sanctions\b"
    for order, beside in (("before", r"(\S+)\s*$"), ("after", r"^\S*\s(\S+)")):
        explorer.order.value = order
        found = explorer.selection
        words = found[order].str.extract(beside)[0].dropna().str.strip(".").str.casefold().tolist()
        assert words == sorted(words), order
        assert len(set(words)) > 3
        shown = re.findall(r"line (\d+)</a>", explorer.lines.value)
        assert shown == found["line"].astype(str).tolist()


def test_an_order_needs_a_keyword(explorer):
    assert explorer.order.disabled
    explorer.search.value = "the"
    assert not explorer.order.disabled


def test_people_read_labels_and_values_stay_ids(corpus, explorer):
    assert dict(explorer.meetings.options)["Bonn"] == "bonn"
    assert dict(explorer.topics.options)["press access"] == "press"
    assert dict(explorer.voice.options)["the outlet’s own"] == "outlet"
    assert dict(explorer.instrument.options)["TextBlob"] == "textblob"
    explorer.search.value = "Crimea"
    read = text(parts(explorer))
    for name in ("Sputnik, “Awkward”", "Manila", "TextBlob", "the outlet’s own", "reported"):
        assert name in read
    ids = [*corpus.texts, "textblob", "manila", "bonn", "us_politics", "us politics", "bilateral"]
    assert [id for id in ids if id in read] == []


def test_the_lists_say_how_they_are_used_and_whose_the_topics_are(corpus, explorer, own, corpus_of):
    said = text(explorer._hint([explorer.topics]))
    assert "Ctrl (on a Mac Cmd) and a click choose several" in said
    assert "nothing chosen means all" in said
    assert "Topics, voices and speakers are those of the reference coding." in said
    nobody = Explorer(own)
    assert "found by rules, which err" in text(nobody._hint([]))
    assert "Ctrl" not in text(nobody._hint([]))
    told = text(Explorer(corpus_of({"a": GERMAN}))._hint([]))
    assert "not found in this language: all words count as the outlet’s own" in told


def test_whose_words_were_found_is_counted(corpus, explorer):
    explorer.search.value = r"\bUkrain"
    cells = re.findall(r'scope="row">([^<]+)</th>.*?<td>(\d+)</td>', explorer.whose.value)
    assert cells == [("quoted", "0"), ("reported", "9"), ("the outlet’s own", "4")]


def test_passages_come_first_and_summaries_beside_them(explorer):
    *_, found = explorer.box.children
    lines, beside = found.children
    assert lines is explorer.lines
    assert beside.children == (explorer.whose, explorer.coverage, explorer.tone)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("no such word", "0 matches in 0 passages of 195."), ("volunteer|Baku", "1 match in 1 passage of 195."),
     ("St. Petersburg|Baku", "2 matches in 2 passages of 195."), ("Surkov, |Volker, a", "2 matches in 1 passage of 195.")],
)  # fmt: skip
def test_what_was_found_is_told_in_right_english(explorer, pattern, said):
    explorer.search.value = pattern
    assert count(explorer) == said


def test_straight_and_curly_apostrophes_find_the_same(explorer):
    counts = []
    for pattern in ("’s", "'s"):
        explorer.search.value = pattern
        counts.append(len(explorer.selection))
    assert counts[0] == counts[1] > 20
    assert {"'s", "’s"} <= set(explorer.selection["keyword"])


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
    segments = corpus.coded_segments
    segments = segments[segments["speaker"].str.contains("Rex Tillerson") & ~segments["reused"]]
    segments = segments.assign(speaker="he")
    mean = tone.aggregate(tone.score(segments, "vader"), "speaker")["polarity"].iloc[0]
    assert f"<td>{mean:+.2f}</td>".replace("-", "−") in explorer.tone.value
    assert f"<td>{len(segments)}</td>" in explorer.tone.value
    assert "rank correlation with a reading of 78 paragraphs" in explorer.tone.value


def test_its_numbers_are_those_of_the_notebooks(corpus, explorer):
    """With nothing chosen the mean of all new passages, with a topic the words of its paragraphs."""
    scored = tone.score(corpus.coded_segments)
    mean = tone.aggregate(scored[~scored["reused"]].assign(all=1), "all")["polarity"].iloc[0]
    assert f"<td>{mean:+.2f}</td>".replace("-", "−") in explorer.tone.value
    explorer.topics.value = ("syria",)
    coded = corpus.coded_topics.query("topic == 'syria'")
    words = corpus.paragraphs.merge(coded[["doc_id", "block"]])["words"].sum()
    assert explorer.selection["words"].sum() == words > 0


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
    assert "No passage fits." in explorer.lines.value
    assert "There is no passage to take a mean of." in explorer.tone.value
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
    assert again.pop("story").unique()[0] == "Sputnik, “Thaw”"
    again["after"] = again["after"].str.replace(r"^'(?=-US)", "", regex=True)
    expected = explorer.selection.drop(columns="of").assign(instrument="textblob")
    pd.testing.assert_frame_equal(again, expected, check_dtype=False)
    monkeypatch.chdir(tmp_path)
    explorer.save_button.click()
    assert (tmp_path / "selection.csv").read_bytes() == path.read_bytes()
    assert f"Saved {len(expected)} lines in selection.csv" in explorer.saved.value
    explorer.voice.value = "quotation"
    assert explorer.saved.value == "", "it tells of another selection"


def test_excel_opens_the_table_and_runs_nothing_of_it(corpus_of, tmp_path):
    page = "=1+1 is a headline\n\n" + "\n\n".join(
        f"{sign}cmd was read aloud in the harbour, which is a very bad thing, said the envoys."
        for sign in "=+-@"
    )
    explorer = Explorer(corpus_of({"a": page + "\n"}))
    content = explorer.save(tmp_path / "chosen.csv").read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    assert content.count(codecs.BOM_UTF8) == 1
    saved = pd.read_csv(tmp_path / "chosen.csv")
    assert set(saved["text"].str[:5]) == {"'=cmd", "'+cmd", "'-cmd", "'@cmd"}
    assert set(saved["keyword"].str[0]) == {"'"}
    assert (saved["polarity"] < 0).all(), "numbers stay numbers, also below zero"
    explorer.search.value = "cmd"
    assert set(pd.read_csv(explorer.save(tmp_path / "b.csv"))["before"]) == {"'=", "'+", "'-", "'@"}


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
    assert base64.b64decode(data).startswith(codecs.BOM_UTF8)
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
    explorer = Explorer(corpus_of({"a": GERMAN, "b": GERMAN}))
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
