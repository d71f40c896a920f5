"""The corpus: its laws, on every row of every frame."""

import re
import shutil
from dataclasses import replace

import pandas as pd
import pytest

import usru
from usru import schema
from usru.analysis import tone
from usru.files import shipped
from usru.text import blocks, sentences

SPANS = ["blocks", "paragraphs", "sentences", "dates", "comments"]


@pytest.mark.parametrize("name", SPANS)
def test_a_row_stands_for_its_span(corpus, name):
    """Texts are the cleaned spans, but for the pseudonyms in what readers wrote."""
    readers = corpus._pseudonyms
    frame = getattr(corpus, name)
    kinds = corpus.blocks.set_index(["doc_id", "block"])["kind"]
    for row in frame.itertuples():
        span = corpus.raw(row.doc_id)[row.start : row.end]
        kind = kinds[row.doc_id, row.block]
        text = blocks.clean(span, keep_lines=kind == "comment")
        if kind in ("comment", "commenter") and any(reader in text for reader in readers):
            assert "reader-" in row.text
        else:
            assert row.text == text
            assert row.text


@pytest.mark.parametrize(
    "name",
    ["quotations", "clauses", "coded_clauses", "acts", "dates", "comments", "parts", "coded_parts",
     "segments", "coded_segments", "sentences", "paragraphs", "blocks"],
)  # fmt: skip
def test_a_row_has_the_place_of_its_document_and_its_line(corpus, name):
    frame = getattr(corpus, name)
    listed = corpus.documents.set_index("doc_id")
    assert len(frame)
    for row in frame.itertuples():
        assert (row.meeting, row.outlet) == tuple(listed.loc[row.doc_id, ["meeting", "outlet"]])
        assert row.line == 1 + corpus.raw(row.doc_id).count("\n", 0, row.start)
        assert row.words == len(row.text.split())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_with_any_line_end(corpus_of, end):
    page = STORY.replace("\n", end)
    found = corpus_of({"whole": page, "open": page.rstrip()})
    assert found.documents["n_lines"].tolist() == [3, 3]
    start = page.index("The minister")
    ends = [0, start - 1, start, len(page)]
    assert found.line_numbers(["whole"] * 4, ends) == [1, 2, 3, 4]
    assert found.line_numbers(["open", "whole"], [start, 0]) == [3, 1]


def test_what_is_not_said_of_a_meeting_is_missing(corpus):
    meetings = corpus.manifest.meetings
    bare = replace(
        corpus.manifest, meetings=(replace(meetings[0], coordinates=None), *meetings[1:])
    )
    found = usru.Corpus(bare, corpus.codebook, corpus.texts).meetings
    assert found[["latitude", "longitude"]].isna().all(axis=1).tolist() == [True, False, False]
    assert found["latitude"].iloc[1] == meetings[1].coordinates[0]
    assert found["longitude"].iloc[1] == meetings[1].coordinates[1]


def test_a_span_outside_its_block_ends_with_it(corpus):
    block = corpus.blocks.query("kind == 'body'").iloc[[0]]
    wide = block[["doc_id", "block"]].assign(start=0, end=10**6)
    found = corpus.in_blocks(wide).iloc[0]
    assert (found["start"], found["end"]) == (0, len(block["text"].iloc[0]))


def test_a_frame_is_computed_once_for_what_it_depends_on(own):
    asked = []

    def find():
        asked.append(1)
        return pd.DataFrame({"n": [len(asked)]})

    found = [own.kept("asked", find, given)["n"].item() for given in (1, 1, 2, 1)]
    assert found == [1, 1, 2, 1]


def test_the_first_clock_of_a_page_is_when_it_was_captured(corpus_of):
    clocks = "01:51 GMT +330 March 2017\n\n02:00 GMT +301 April 2018\n\n"
    found = corpus_of({"page": clocks + STORY})
    assert found.blocks["kind"].tolist()[:2] == ["timestamp", "timestamp"]
    assert found.documents["captured"].iloc[0].isoformat() == "2017-03-29T22:51:00+00:00"


def test_sentences_hold_the_whole_story(corpus):
    for paragraph in corpus.paragraphs.itertuples():
        own = corpus.sentences.query("doc_id == @paragraph.doc_id and block == @paragraph.block")
        assert "".join("".join(own["text"]).split()) == "".join(paragraph.text.split())


@pytest.mark.parametrize("name", ["block", "sentence", "comment"])
def test_numbers_count_from_zero_within_a_document(corpus, name):
    for _, table in getattr(corpus, f"{name}s").groupby("doc_id"):
        assert table[name].tolist() == list(range(len(table)))


def test_the_floor_below_gives_the_same_rows_without_a_corpus(corpus):
    doc_id = "manila-zerohedge"
    raw = corpus.raw(doc_id)
    found = blocks.find(raw, "Zero Hedge")
    own = corpus.sentences.query("doc_id == @doc_id").reset_index(drop=True)
    own = own.drop(columns=["doc_id", *schema.PLACE])
    assert sentences.find(raw, found).equals(own)


def test_a_frame_that_is_handed_out_may_be_changed(corpus):
    frame = corpus.blocks
    frame["text"] = "gone"
    frame.loc[0, "kind"] = "nav"
    assert corpus.blocks["text"].ne("gone").all()


def test_page_clocks_are_read_as_utc(corpus):
    captured = corpus.documents.set_index("doc_id")["captured"]
    assert captured["bonn-sputnik-thaw"].isoformat() == "2019-08-19T06:03:00+00:00"
    assert captured["bonn-sputnik-awkward"].isoformat() == "2017-03-29T22:51:00+00:00"
    assert captured.isna().sum() == 3


def test_published_dates_and_counts(corpus):
    table = corpus.summary().set_index("doc_id")
    assert table["published"].dt.strftime("%Y-%m-%d").tolist() == [
        "2017-02-16", "2017-02-16", "2017-04-12", "2017-08-06", "2017-08-07",
    ]  # fmt: skip
    assert table["lines"].tolist() == [70, 117, 44, 33, 30]


def test_repr_and_html_say_what_is_in_it(corpus):
    assert "5 documents, 3 meetings" in repr(corpus)
    shown = corpus._repr_html_()
    assert all(name in shown for name in corpus.labels["doc_id"].values())


def test_an_unknown_document_is_named_with_the_known_ones(corpus):
    with pytest.raises(KeyError, match="no document 'x' in this corpus; it has bonn-sputnik-thaw"):
        corpus.raw("x")


def test_a_corpus_that_nobody_has_coded(tmp_path):
    shutil.copytree(shipped() / "raw", tmp_path / "raw")
    shutil.copy(shipped() / "corpus.toml", tmp_path)
    chosen = usru.load(tmp_path)
    assert chosen.coding("blocks").empty
    assert chosen.coding("blocks").columns.tolist() == ["doc_id", "line_start", "line_end", "kind"]
    assert chosen.passage("manila-breitbart", 5) == "../raw/manila-breitbart.txt#L5"


@pytest.mark.parametrize(("name", "frame"), [("acts", "acts"), ("voice", "coded_clauses")])
def test_a_wrong_place_of_a_coding_is_told_with_its_file(tmp_path, name, frame):
    shutil.copytree(shipped(), tmp_path / "own")
    path = tmp_path / "own" / "coding" / "reference" / f"{name}.csv"
    rows = pd.read_csv(path)
    assert len(getattr(usru.load(tmp_path / "own"), frame)) > 0
    rows.assign(text="Nobody wrote this.").to_csv(path, index=False)
    with pytest.raises(usru.InputError, match=re.escape(str(path.relative_to(tmp_path)))):
        getattr(usru.load(tmp_path / "own"), frame)


def test_a_corpus_may_bring_its_own_furniture(tmp_path):
    shutil.copytree(shipped(), tmp_path / "own")
    path = tmp_path / "own" / "codebook" / "outlets.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n[EconoTimes.nothing]\n", encoding="utf-8")
    with pytest.raises(usru.InputError, match="EconoTimes"):
        usru.load(tmp_path / "own").blocks  # noqa: B018


@pytest.mark.parametrize("name", ["sentences", "dates", "comments"])
def test_offsets_lead_to_the_text_of_the_block(corpus, name):
    texts = corpus.blocks.set_index(["doc_id", "block"])["text"]
    for row in getattr(corpus, name).itertuples():
        start, end = corpus._within(row.doc_id, row.block, [row.start, row.end])
        assert texts[row.doc_id, row.block][start:end] == row.text


def test_offsets_in_a_readers_text_heed_the_pseudonyms(corpus):
    names = corpus._screen_names
    for row in corpus.blocks.query("kind == 'comment'").itertuples():
        span = corpus.raw(row.doc_id)[row.start : row.end]
        for name in names.finditer(span):
            at = [row.start + name.start(2), row.start + name.end(2)]
            start, end = corpus._within(row.doc_id, row.block, at)
            assert row.text[start:end].startswith("reader-")


MENU = "Menu\n\nHome\n\nSports\n\nWeather\n"
STORY = "Talks in Lund\n\nThe minister said in Lund on Monday that she would stay for the talks.\n"


def test_one_bad_page_never_costs_the_corpus(corpus_of):
    found = corpus_of({"bad": MENU, "good": STORY, "lost": STORY + "\nâ€œYes,â€\x9d she said.\n"})
    assert set(found.paragraphs["doc_id"]) == {"good", "lost"}
    problem = found.documents.set_index("doc_id")["problem"]
    assert problem["bad"].startswith("line 1: no paragraph of a story was found")
    assert problem["lost"].startswith("line 5: ")
    assert problem.isna()["good"]
    assert found.summary()["paragraphs"].tolist() == [0, 1, 2]
    for name in ("sentences", "quotations", "dates", "comments", "lines"):
        assert getattr(found, name) is not None


def test_a_strict_corpus_refuses_a_page_with_a_problem(corpus_of):
    folder = corpus_of({"bad": MENU, "good": STORY}).manifest.folder
    path = folder / "corpus.toml"
    path.write_text("strict = true\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(usru.InputError, match=r"bad\.txt, line 1: no paragraph of a story") as told:
        usru.load(folder).paragraphs  # noqa: B018
    assert "on all" not in str(told.value)


def test_where_no_page_has_a_story_the_first_is_named_and_how_many_there_are(corpus_of):
    with pytest.raises(usru.InputError, match=r"a\.txt, line 1: .* \(as on all 2 pages\)"):
        corpus_of({"a": MENU, "b": MENU}).paragraphs  # noqa: B018
    with pytest.raises(usru.InputError) as told:
        corpus_of({"a": MENU}).paragraphs  # noqa: B018
    assert "on all" not in str(told.value)


def test_the_title_of_the_manifest_is_the_headline(corpus_of):
    folder = corpus_of(
        {"page": "Rain\n\nTwo lines about the talks in Lund\n\n" + STORY}
    ).manifest.folder
    path = folder / "corpus.toml"
    text = re.sub(r'(?<!\A)\btitle = ".*"', 'title = "Rain"', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    headlines = usru.load(folder).blocks.query("kind == 'headline'")["text"].tolist()
    assert headlines == ["Rain"]


def test_a_link_leads_to_its_line(corpus):
    one = corpus.linked(pd.DataFrame({"doc_id": ["manila-breitbart"], "line": [5]}))["passage"]
    assert list(one) == ["../data/raw/manila-breitbart.txt#L5"]
    nothing = corpus.linked(pd.DataFrame({"doc_id": [], "line": []}))["passage"]
    assert nothing.dtype == one.dtype, "text also where there is none"


# Groups ------------------------------------------------------------------------------------------


def with_table(folder, header, rows):
    """Let a table list the documents of a folder again, with columns of its own."""
    listed = {one.doc_id: one for one in usru.manifest.read(folder).documents}
    (folder / "corpus.toml").write_text('title = "Own"\n', encoding="utf-8")
    lines = [f"doc_id,file,sha256,{header}"]
    lines += [
        f"{name},{one.file},{one.sha256},{row}"
        for (name, one), row in zip(listed.items(), rows, strict=True)
    ]
    (folder / "documents.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return usru.load(folder)


@pytest.fixture
def grouped(corpus_of):
    folder = corpus_of(dict.fromkeys("abc", STORY)).manifest.folder
    rows = ["Gazette,2020-01-05,left", "Herald,2020-01-31,", ",2021-02-01,right"]
    return with_table(folder, "outlet,published,leaning", rows)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("outlet", ["Gazette", "Herald", "not known"]),
        ("leaning", ["left", "not known", "right"]),
        ("month", ["2020-01", "2020-01", "2021-02"]),
        ("year", ["2020", "2020", "2021"]),
        ("meeting", ["not known"] * 3),
    ],
)
def test_documents_are_grouped_by_any_column(grouped, by, names):
    assert grouped.grouped(grouped.paragraphs, by)[by].tolist() == names
    assert grouped.grouped(grouped.paragraphs.iloc[:0], by)[by].tolist() == []


def test_a_few_documents_stand_for_themselves(grouped):
    assert grouped.unit == "doc_id"
    assert grouped.grouped(grouped.paragraphs).equals(grouped.paragraphs)
    assert grouped.group == "outlet", "the first that divides them"


def test_many_documents_are_counted_by_group(corpus_of):
    folder = corpus_of({f"a{i:02d}": STORY for i in range(13)}).manifest.folder
    dated = with_table(folder, "published", [f"2020-{1 + i // 4:02d}-05" for i in range(13)])
    assert (dated.group, dated.unit) == ("month", "month")
    path = folder / "corpus.toml"
    path.write_text(path.read_text("utf-8") + 'group = "year"\n', encoding="utf-8")
    assert usru.load(folder).unit == "year"


def test_a_group_that_is_no_column_is_refused(grouped):
    with pytest.raises(usru.InputError, match="no document has such a column; use one of doc_id"):
        grouped.grouped(grouped.paragraphs, "owner")
    path = grouped.manifest.folder / "corpus.toml"
    path.write_text(path.read_text("utf-8") + 'group = "owner"\n', encoding="utf-8")
    with pytest.raises(usru.InputError, match=r"corpus\.toml, group: there is no column 'owner'"):
        usru.load(grouped.manifest.folder).group  # noqa: B018


# Languages ---------------------------------------------------------------------------------------


def test_instruments_for_english_say_that_they_do_not_apply(corpus_of, monkeypatch):
    folder = corpus_of({"a": STORY}).manifest.folder
    path = folder / "corpus.toml"
    path.write_text(path.read_text("utf-8").replace('"en"', '"de"'), encoding="utf-8")
    found = usru.load(folder)
    uses = {
        "quotations": lambda: found.quotations,
        "dates": lambda: found.dates,
        "topics": lambda: found.topics,
        "tone": lambda: found.scored("sentences"),
    }
    for name, use in uses.items():
        with pytest.raises(usru.DoesNotApply, match=rf"^{name}: .*another language \(de\)"):
            use()
    assert len(found.sentences) == 1
    assert found.reused.empty
    monkeypatch.setitem(tone.INSTRUMENTS, "own", lambda text: 0.5)
    assert found.scored("sentences")["own"].tolist() == [0.5], "one of one's own applies"
    assert "vader" not in found.scored("sentences")


def test_a_dictionary_of_ones_own_applies_in_any_language(corpus_of):
    folder = corpus_of({"a": STORY}).manifest.folder
    (folder / "codebook").mkdir()
    topic = '[talks]\ndefinition = "Talks"\npatterns = ["talks"]\n'
    (folder / "codebook" / "topics.toml").write_text(topic, encoding="utf-8")
    path = folder / "corpus.toml"
    path.write_text(path.read_text("utf-8").replace('"en"', '"sv"'), encoding="utf-8")
    assert usru.load(folder).topics["topic"].tolist() == ["talks"]


# Many documents ----------------------------------------------------------------------------------


def test_a_corpus_of_many_documents_is_the_sum_of_its_documents(corpus_of):
    pages = {f"a{i:03d}": STORY.replace("Monday", f"day {i}") for i in range(250)}
    found = corpus_of(pages)
    assert found.blocks["doc_id"].value_counts().eq(2).all()
    assert (
        found.paragraphs["text"]
        .tolist()[249]
        .endswith("day 249 that she would stay for the talks.")
    )
    assert found.blocks["block"].tolist() == [0, 1] * 250


def test_a_column_of_ones_own_may_be_called_as_a_period(corpus_of):
    folder = corpus_of({"a": STORY, "b": STORY}).manifest.folder
    found = with_table(folder, "published,month", ["2020-01-05,spring", "2020-02-05,"])
    assert found.grouped(found.paragraphs, "month")["month"].tolist() == ["spring", "not known"]
    assert found.documents["month"].tolist() == ["spring", ""]
