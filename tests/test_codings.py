"""Codings by people: units, codes, names, and the file that keeps every decision."""

import shutil
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

import usru
from usru import codings
from usru.codings import KINDS, Coding
from usru.errors import InputError
from usru.files import shipped

DAY = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def study(tmp_path):
    """A copy of the shipped corpus, in which can be coded."""
    folder = tmp_path / "data"
    shutil.copytree(shipped(), folder, ignore=shutil.ignore_patterns("outside"))
    return usru.load(folder)


@pytest.fixture(scope="module")
def german(corpus_of):
    words = "Die Boote warteten im Hafen auf die Flut, und alle schwiegen dazu."
    return corpus_of({"boote": f"Die Boote warten auf die Flut\n\n{words} {words} {words}\n"})


def all_coded(corpus, what, value, coder="anna", round=1, **options):
    """A coding with one value for all."""
    coding = Coding(corpus, what, coder, round, **options)
    for key in coding.order:
        coding.decide(key, value)
    return coding


# What is coded ------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", KINDS)
def test_every_unit_of_the_reference_can_be_coded(corpus, what):
    found = codings.units(corpus, what)
    reference = codings.values(corpus.coding(KINDS[what].file), what)
    assert {*codings._keyed(found, what)} == {*reference.index}


@pytest.mark.parametrize("what", ["voice", "speakers"])
def test_a_passage_is_in_its_paragraph(corpus, what):
    for row in codings.units(corpus, what).itertuples():
        around = corpus.paragraphs.query(
            "doc_id == @row.doc_id and line_start <= @row.line <= line_end"
        )
        whole = around["text"].item()
        assert whole.startswith(row.before)
        assert whole.endswith(row.after)
        inner = whole[len(row.before) : len(whole) - len(row.after)]
        assert inner == row.text


def test_without_a_reference_voice_is_of_sentences(own):
    assert codings.units(own, "voice")["text"].tolist() == own.sentences["text"].tolist()


def test_another_language_is_coded_too_but_its_quotations_are_not_found(german):
    assert german.manifest.language == "de"
    assert len(codings.units(german, "valence")) == len(german.paragraphs) > 0
    with pytest.raises(InputError, match="another language"):
        codings.units(german, "speakers")


def test_words_that_come_again_in_their_line_are_coded_once(corpus_of):
    said = 'The envoy said "no" to the press and "no" again to all the others who had come.'
    corpus = corpus_of({"a": f"Talks in Vienna\n\n{said}\n\n{said.replace('Vienna', 'Bonn')}\n"})
    assert codings.units(corpus, "speakers")["text"].tolist() == ["no", "no"]
    assert len(corpus.quotations) == 4


def test_a_sample_is_the_same_for_all_and_holds_the_smaller(corpus):
    table = codings.units(corpus, "topics")
    few, many = ({*codings._keyed(codings.sample(table, "topics", n), "topics")} for n in (5, 20))
    assert len(few) == 5
    assert few < many
    assert len(codings.sample(table, "topics", 500)) == len(table)
    with pytest.raises(InputError, match="from 1 on"):
        codings.sample(table, "topics", 0)


def test_a_sheet_says_which(corpus, tmp_path):
    table, sheet = codings.units(corpus, "topics"), tmp_path / "sheet.csv"
    table.iloc[[3, 7]].assign(probability=0.5).to_csv(sheet, index=False)
    assert (
        codings.chosen(corpus, "topics", sheet)["line"].tolist()
        == table["line"].iloc[[3, 7]].tolist()
    )
    voice = codings.units(corpus, "voice")
    row = voice.iloc[[9]]
    row[["doc_id", "line"]].to_csv(sheet, index=False)
    of_line = voice.query("doc_id == @row.doc_id.item() and line == @row.line.item()")
    assert len(codings.chosen(corpus, "voice", sheet)) == len(of_line)


@pytest.mark.parametrize(
    ("content", "told"),
    [("doc_id,line\nmanila-breitbart,5000\n", "line 2: manila-breitbart line 5000 is no passage"),
     ("doc_id\nmanila-breitbart\n", "there is no column 'line'"), ("", "it is no table"),
     ("doc_id,line\n", "there is no passage to code")],
)  # fmt: skip
def test_a_sheet_that_cannot_be_used_is_refused(corpus, tmp_path, content, told):
    (tmp_path / "sheet.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        codings.chosen(corpus, "topics", tmp_path / "sheet.csv")


# By which codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "typed", "value"),
    [("topics", "1", "bilateral"), ("topics", "15 3", "syria press"), ("topics", "3, 3 SYRIA", "syria"),
     ("topics", "0", ""), ("topics", "north", "north_korea"), ("valence", "-2", "-2"),
     ("valence", "−1", "-1"), ("valence", "+1", "1"), ("valence", "0", "0"), ("voice", "2", "report"),
     ("voice", "q", "quotation"), ("speakers", "1", "Sergei Lavrov"), ("speakers", "0", ""),
     ("speakers", "tillerson", "Rex Tillerson"), ("speakers", "Ann  Lee", "Ann Lee"),
     ("speakers", "anonymous", "anonymous")],
)  # fmt: skip
def test_what_is_typed_is_a_value(corpus, what, typed, value):
    assert codings.parse(typed, corpus, what) == value


@pytest.mark.parametrize(
    ("what", "typed", "told"),
    [("topics", "16", "there is no such code"), ("topics", "0 1", "0: there is no such code"),
     ("topics", "s", "it could be syria or sanctions"), ("topics", " ", "or 0 when it is on none"),
     ("valence", "3", "type one of -2, -1, 0, 1, 2"), ("valence", "1 2", "these are 2 codes"),
     ("voice", "0", "there is no such code"), ("voice", "", "nothing was typed; type a code."),
     ("speakers", "99", "there is no such code"), ("speakers", "sergei", "Sergei Lavrov or Sergei Ryabkov")],
)  # fmt: skip
def test_what_is_no_code_is_refused_in_one_sentence(corpus, what, typed, told):
    with pytest.raises(InputError) as caught:
        codings.parse(typed, corpus, what)
    assert told in str(caught.value)


def test_a_study_asks_by_its_own_codebook(study):
    before = codings.version(study, "topics")
    folder = study.manifest.folder / "codebook"
    (folder / "topics.toml").write_text(
        '[boats]\ndefinition = "boats"\nexample = "A boat came."\npatterns = ["boat*"]\n', encoding="utf-8"
    )  # fmt: skip
    (folder / "variables.toml").write_text(
        '[valence]\nquestion = "How is the sea?"\nadvice = "Look."\ncodes.rough.label = "rough"\n', encoding="utf-8"
    )  # fmt: skip
    own = usru.load(study.manifest.folder)
    assert codings.codes(own, "topics")["boats"].example == "A boat came."
    assert codings.version(own, "topics") != before
    assert codings.variable(own, "valence").question == "How is the sea?"
    assert codings.variable(own, "voice") == codings.variable(study, "voice")
    assert not codings.is_foreign(own, "topics")


def test_a_corpus_that_has_no_codebook_is_told_whose_it_uses(own):
    assert codings.is_foreign(own, "topics")
    assert codings.is_foreign(own, "valence")
    assert not codings.is_foreign(own, "voice")


def test_only_what_a_coder_sees_makes_a_version(study):
    before = codings.version(study, "topics")
    path = study.manifest.folder / "codebook" / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"us-russia", ', "", 1), encoding="utf-8")
    assert codings.version(usru.load(study.manifest.folder), "topics") == before
    path.write_text(text.replace('label = "press access"', 'label = "press"'), encoding="utf-8")
    assert codings.version(usru.load(study.manifest.folder), "topics") != before


# The file of decisions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["", " ", "../anna", "a/b", "a\\b", "..", ".anna", "anna.", "C:", "reference", "Reading-1", "READING-2",
     "con", "NUL", "com1", "lpt9", "round-2", "a" * 41, "-anna", "_anna", "an\x00na", "<b>", "anna*"],
)  # fmt: skip
def test_a_name_that_is_no_folder_or_is_taken_is_refused(corpus, name):
    with pytest.raises(InputError, match=r"^the name .*; [^;]+\.$"):
        Coding(corpus, "topics", name)


@pytest.mark.parametrize(
    ("name", "folder"), [("Anna", "anna"), (" Anna  K ", "anna-k"), ("Žofie", "žofie"), ("7", "7")]
)
def test_a_name_of_any_language_is_a_folder(study, name, folder):
    assert Coding(study, "topics", name).path.parent.name == folder


def test_every_decision_is_in_the_file_at_once_and_is_read_as_any_coding(study):
    times = iter(DAY + timedelta(minutes=n) for n in range(9))
    coding = Coding(study, "topics", "anna", now=lambda: next(times))
    first, second = coding.order[:2]
    coding.decide(first, "syria press")
    table = study.coding("topics", "anna")
    assert table.to_dict("records") == [
        {"doc_id": first[0], "line": int(first[1]), "topics": "syria press", "coder": "anna",
         "coded": "2026-03-01T09:30:00Z", "codebook": coding.version}
    ]  # fmt: skip
    coding.decide(second, "")
    coding.decide(first, "press")
    coding.decide(first, "press")
    table = study.coding("topics", "anna")
    assert sorted(table["coded"]) == ["2026-03-01T09:31:00Z", "2026-03-01T09:32:00Z"]
    assert [path.name for path in coding.path.parent.iterdir()] == ["topics.csv"]


@pytest.mark.parametrize("what", KINDS)
def test_the_file_has_the_columns_and_order_of_the_reference(study, what):
    value = {"topics": "press", "valence": "1", "voice": "report", "speakers": "Ann Lee"}[what]
    coding = all_coded(study, what, value)
    file = KINDS[what].file
    found, reference = study.coding(file, "anna"), study.coding(file)
    assert found.columns.tolist() == [*reference.columns, "coder", "coded", "codebook"]
    by = codings._by(what)
    assert found[by].to_numpy().tolist() == codings.units(study, what)[by].to_numpy().tolist()
    assert {*codings.values(found, what).index} == {*codings.values(reference, what).index}
    assert len(found) == len(coding.order)


def test_an_earlier_coding_goes_on_where_it_was(study):
    coding = Coding(study, "valence", "anna")
    for key in coding.order[:3]:
        coding.decide(key, "1")
    again = Coding(study, "valence", "Anna")
    assert again.order == coding.order
    assert again.done == coding.order[:3]
    assert again.open == coding.order[3:]
    assert again.older == 0


def test_each_coder_and_round_has_an_order_of_its_own(study):
    all_coded(study, "topics", "press").lock()
    orders = [Coding(study, "topics", *who).order for who in [("anna",), ("ben",), ("anna", 2)]]
    assert len({tuple(order) for order in orders}) == 3
    assert len({frozenset(order) for order in orders}) == 1
    assert orders[0] != sorted(orders[0])


def test_what_comes_later_does_not_disturb_the_order(corpus):
    table = codings.units(corpus, "topics")
    few = Coding(corpus, "topics", "anna", of=table.head(20)).order
    assert [key for key in Coding(corpus, "topics", "anna").order if key in few] == few


def test_another_window_of_the_same_coder_loses_nothing(study):
    one, other = Coding(study, "topics", "anna"), Coding(study, "topics", "anna")
    one.decide(one.order[0], "press")
    other.decide(one.order[1], "syria")
    assert study.coding("topics", "anna")["topics"].value_counts().to_dict() == {
        "press": 1,
        "syria": 1,
    }


def test_decisions_on_other_passages_stay(study):
    table = codings.units(study, "topics")
    all_coded(study, "topics", "press", of=table.head(3))
    all_coded(study, "topics", "syria", of=table.tail(2))
    assert study.coding("topics", "anna")["topics"].tolist() == ["press"] * 3 + ["syria"] * 2


def test_a_write_that_fails_keeps_what_was_there(study, monkeypatch):
    coding = Coding(study, "topics", "anna")
    coding.decide(coding.order[0], "press")
    before = coding.path.read_bytes()

    def full(*given, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("usru.files.os.fdopen", full)
        with pytest.raises(InputError, match="cannot be written"):
            coding.decide(coding.order[1], "press")
    assert coding.path.read_bytes() == before
    assert coding.done == coding.order[:1]


def test_a_codebook_that_changes_in_the_middle_is_noticed(study):
    coding = Coding(study, "topics", "anna")
    for key in coding.order[:2]:
        coding.decide(key, "press")
    path = study.manifest.folder / "codebook" / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('label = "press access"', 'label = "press"'), encoding="utf-8")
    again = Coding(usru.load(study.manifest.folder), "topics", "anna")
    assert again.older == 2
    again.decide(again.order[0], "press")
    assert again.older == 1


@pytest.mark.parametrize("content", ["doc_id,line,topics\na,1,press\n", "", "\x00", "a\n1,2,3\n"])
def test_a_file_that_is_no_coding_is_refused_and_stays(study, content):
    path = study.manifest.folder / "coding" / "anna" / "topics.csv"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"topics\.csv"):
        Coding(study, "topics", "anna")
    assert path.read_text(encoding="utf-8") == content


# Locked, and compared -----------------------------------------------------------------------------


def test_nothing_changes_once_it_is_locked(study):
    coding = Coding(study, "topics", "anna")
    with pytest.raises(InputError, match="nothing is coded yet"):
        coding.lock()
    coding.decide(coding.order[0], "press")
    coding.lock()
    assert coding.locked
    with pytest.raises(InputError, match="it is locked"):
        Coding(study, "topics", "anna").decide(coding.order[1], "press")


def test_nothing_is_compared_before_it_is_locked(study):
    coding = all_coded(study, "topics", "press")
    with pytest.raises(InputError, match="it is not locked"):
        codings.compare(coding)


def test_a_locked_file_that_was_changed_is_noticed_and_not_compared(study):
    own, other = all_coded(study, "valence", "1"), all_coded(study, "valence", "0", "ben")
    own.lock()
    other.lock()
    other.path.write_text(
        other.path.read_text(encoding="utf-8").replace(",0,", ",2,"), encoding="utf-8"
    )
    found, faults = codings.compare(own)
    assert [one.name for one in found] == ["the reference"]
    assert len(faults) == 1
    assert "it was changed after it was locked" in faults[0]
    with pytest.raises(InputError, match="it was changed after it was locked"):
        codings.compare(other)


def test_a_lock_is_what_sha256sum_checks(study):
    coding = all_coded(study, "valence", "1")
    coding.lock()
    digest, name = (coding.path.parent / "valence.csv.sha256").read_text(encoding="utf-8").split()
    assert (len(digest), name) == (64, "valence.csv")


def test_it_is_compared_with_the_reference_and_with_every_locked_coding(study):
    own = all_coded(study, "topics", "bilateral")
    for coder in ("ben", "carla"):
        other = all_coded(study, "topics", "bilateral", coder)
        if coder == "ben":
            other.lock()
    own.lock()
    found, faults = codings.compare(own)
    assert ([one.name for one in found], faults) == (["the reference", "ben"], [])
    reference, ben = found
    assert (ben.n, ben.same, ben.alpha, ben.low, ben.high) == (78, 78, 1, 1, 1)
    assert reference.n == 78 == reference.same + len(reference.differing)
    assert reference.low <= reference.alpha <= reference.high < 0.2
    counts = reference.table.set_index("label")
    assert counts.loc["bilateral", "in_found"] == 78
    assert counts.loc["bilateral", "in_both"] == counts.loc["bilateral", "in_reference"]


def test_the_reference_again_agrees_with_itself(study):
    for what, kind in KINDS.items():
        coding = Coding(study, what, "anna")
        for row in study.coding(kind.file).to_dict("records"):
            key = tuple(str(row[name]) for name in codings._by(what))
            value = row[kind.column]
            coding.decide(key, "" if pd.isna(value) else str(value))
        coding.lock()
        one, *_ = codings.compare(coding)[0]
        assert (one.n, one.same, one.alpha) == (len(coding.order), len(coding.order), 1), what


def test_a_second_round_needs_a_locked_first_and_is_compared_with_it(study):
    first = all_coded(study, "valence", "1")
    with pytest.raises(InputError, match="round 1 is not locked yet"):
        Coding(study, "valence", "anna", 2)
    with pytest.raises(InputError, match="no such round"):
        Coding(study, "valence", "anna", 0)
    first.lock()
    second = all_coded(study, "valence", "1", round=2)
    with pytest.raises(InputError, match="round 2 is not locked yet"):
        Coding(study, "valence", "anna", 3)
    second.decide(second.order[0], "2")
    second.lock()
    assert second.path.parent.name == "round-2"
    assert len(study.coding("valence", "anna/round-2")) == 78
    assert [one.name for one in codings.compare(second)[0]] == ["the reference", "your round 1"]
    assert [one.name for one in codings.compare(first)[0]] == ["the reference", "your round 2"]
    other = all_coded(study, "valence", "1", "ben")
    other.lock()
    assert [one.name for one in codings.compare(other)[0]] == [
        "the reference",
        "anna",
        "anna, round 2",
    ]


def test_a_study_without_a_reference_is_compared_with_coders_alone(own):
    for coder in ("anna", "ben"):
        coding = all_coded(own, "voice", "outlet", coder)
        coding.lock()
    found, _ = codings.compare(coding)
    assert [(one.name, one.same) for one in found] == [("anna", len(coding.order))]
