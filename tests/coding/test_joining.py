"""A coded sample beside the instrument: every passage once, with what is known of it."""

import numpy as np
import pandas as pd
import pytest
from coders import all_coded
from studies import GERMAN, study

import usru
from usru.coding import joined, joining, units
from usru.coding.sampling import sample
from usru.errors import InputError


@pytest.fixture
def sheet(copied):
    """Thirty paragraphs of the shipped corpus, more of those on Syria."""
    return sample(copied, 30, by=["meeting"], score="syria").sheet


def code(corpus, path, value="press syria", coder="anna", n=None, what="topics"):
    of = units.chosen(corpus, what, path)
    return all_coded(corpus, what, value, coder, of=of if n is None else of.head(n))


def test_without_a_sheet_everything_is_coded(corpus):
    table = joined(corpus, "topics", code="syria")
    assert table["line"].tolist() == corpus.paragraphs["line_start"].tolist()
    assert {*table["probability"]} == {1.0}
    on = corpus.coded_topics.query("topic == 'syria'")
    assert table["coded"].sum() == len(on) > 0
    assert table["predicted"].sum() == (corpus.topics["topic"] == "syria").sum()
    assert table.dtypes[["probability", "predicted", "coded"]].eq("float64").all()


def test_a_coded_sample_has_its_probabilities(copied, sheet):
    code(copied, sheet)
    table = joined(copied, "topics", "anna", "paragraphs", code="syria")
    assert len(table) == 78
    assert table["coded"].notna().sum() == 30 == round(table["probability"].sum(), 9)
    listed = pd.read_csv(sheet)
    both = table.dropna(subset="coded").reset_index(drop=True)
    assert both[["doc_id", "line", "stratum"]].equals(
        listed[["doc_id", "line", "stratum"]].astype(both.dtypes[["doc_id", "line", "stratum"]])
    )
    assert both["probability"].to_numpy() == pytest.approx(listed["probability"].to_numpy())
    assert {*both["coded"]} == {1.0}
    assert {*joined(copied, "topics", "anna", sheet, code="ukraine")["coded"].dropna()} == {0.0}
    assert {"outlet", "meeting"} <= {*table}


def test_of_a_part_the_probability_is_that_of_the_part(copied, sheet):
    coding = code(copied, sheet, n=30)
    whole = joined(copied, "topics", "anna", "paragraphs", code="syria")
    table = copied.coding("topics", "anna")
    gone = table.head(7)
    table.drop(gone.index).to_csv(coding.path, index=False)
    part = joined(copied, "topics", "anna", "paragraphs", code="syria")
    assert part["probability"].sum() == pytest.approx(23)
    of = part.groupby("stratum")
    known = of["probability"].first() * of.size()
    assert known.dropna().to_numpy() == pytest.approx(of["coded"].count()[known.notna()].to_numpy())
    assert (part["probability"] <= whole["probability"] + 1e-12)[part["probability"].notna()].all()


def test_a_stratum_of_which_none_is_coded_has_no_probability(copied):
    sample(copied, 12, by=["meeting"])
    of = units.chosen(
        copied, "topics", copied.manifest.folder / "coding" / "sheets" / "paragraphs.csv"
    )
    all_coded(copied, "topics", "press", of=of[~of["doc_id"].str.startswith("moscow")])
    table = joined(copied, "topics", "anna", "paragraphs", code="press")
    assert table.loc[table["meeting"] == "moscow", "probability"].isna().all()
    assert table.loc[table["meeting"] != "moscow", "probability"].notna().all()


def test_what_was_coded_for_practice_does_not_count(copied, sheet):
    all_coded(copied, "topics", "syria")
    table = joined(copied, "topics", "anna", "paragraphs", code="syria")
    assert table["coded"].notna().sum() == 30


def test_only_the_passages_that_could_be_drawn_are_there(copied):
    sample(copied, 8, where={"outlet": "Breitbart"}, name="one")
    table = joined(copied, "valence", "reference", "one")
    assert {*table["outlet"]} == {"Breitbart"}
    assert table["coded"].notna().sum() == 8 < len(table)


def test_valence_is_in_the_units_of_the_coding(corpus):
    table = joined(corpus, "valence", instrument="vader")
    own = corpus.valence
    assert table["coded"].tolist() == own["valence"].tolist()
    assert table["predicted"].to_numpy() == pytest.approx(2 * own["vader"].fillna(0).to_numpy())
    assert table["predicted"].abs().max() <= 2


def test_a_second_coder_is_beside_the_first(corpus):
    table = joined(corpus, "valence", "reading-1", second="reading-2")
    for name, reading in (("coded", "reading-1"), ("second", "reading-2")):
        assert table[name].tolist() == corpus.coding("valence", reading)["valence"].tolist()


def test_voices_are_those_of_the_reading_and_of_the_rules(corpus):
    parts = [joined(corpus, "voice", code=code) for code in ("outlet", "report", "quotation")]
    clauses = units.find(corpus, "voice")
    for name in ("predicted", "coded"):
        assert (sum(part[name] for part in parts) == 1).all(), "a passage has one voice"
    quoted = corpus.coded_clauses.merge(clauses, on=["doc_id", "start", "end"]).query(
        "voice == 'quotation'"
    )
    assert parts[2]["coded"].sum() == len(quoted) > 0
    assert (parts[2]["predicted"] == parts[2]["coded"]).mean() > 0.8


def test_speakers_are_those_of_quotations(copied):
    sample(copied, 12, what="speakers")
    path = copied.manifest.folder / "coding" / "sheets" / "quotations.csv"
    code(copied, path, "Sergei Lavrov", what="speakers")
    table = joined(copied, "speakers", "anna", "quotations", code="Sergei Lavrov")
    assert table["coded"].dropna().tolist() == [1.0] * 12
    own = copied.quotations.drop_duplicates(["doc_id", "line", "text"])
    assert table["predicted"].sum() == (own["speaker"] == "Sergei Lavrov").sum() > 0
    other = joined(copied, "speakers", "anna", "quotations", code="Ann Lee")
    assert other["coded"].sum() == 0
    assert other["coded"].notna().sum() == 12


def test_a_language_without_an_instrument_has_its_codes_only(tmp_path):
    corpus = study(tmp_path / "de", [{}] * 2, GERMAN, None, 'language = "de"\n')
    path = sample(corpus, 4).sheet
    code(corpus, path, "1", what="valence")
    table = joined(corpus, "valence", "anna", "paragraphs")
    assert table["predicted"].isna().all()
    assert table["coded"].dropna().tolist() == [1.0] * 4
    code(corpus, path, "syria")
    assert joined(corpus, "topics", "anna", "paragraphs", code="syria")["predicted"].isna().all()
    with pytest.raises(InputError, match="no such instrument"):
        joined(corpus, "valence", "anna", "paragraphs", instrument="vader")


def test_a_sheet_that_does_not_say_how_it_was_drawn_counts_as_it_is(copied, sheet):
    code(copied, sheet)
    sheet.with_suffix(".toml").unlink()
    table = joined(copied, "topics", "anna", sheet, code="syria")
    assert len(table) == 78
    assert table["probability"].notna().sum() == 30
    assert table["coded"].notna().equals(table["probability"].notna())


def test_a_corpus_that_has_changed_needs_a_new_draw(copied, sheet):
    code(copied, sheet)
    path = sheet.with_suffix(".toml")
    path.write_text(path.read_text(encoding="utf-8").replace("= 78", "= 70"), encoding="utf-8")
    with pytest.raises(
        InputError, match="drawn from 70 passages, and now there are 78; write the sheet anew"
    ):
        joined(copied, "topics", "anna", sheet, code="syria")
    sample(copied, 30)
    assert joined(copied, "topics", "anna", sheet, code="syria")["coded"].sum() == 30


def _edit(row, column, value):
    def change(table):
        table.loc[row, column] = value
        return table

    return change


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("change", "told"),
    [(_edit(4, "probability", "0.9"), "line 6, probability: 0.9 should be"),
     (_edit(4, "stratum", "bonn / 9"), "line 6, stratum: 'bonn / 9' should be"),
     (_edit(4, "line", "5000"), "line 6: .* line 5000 is no passage"),
     (_edit(4, "doc_id", "=cmd()"), "line 6: =cmd\\(\\) line"),
     (lambda table: table.drop(index=4), "1 that were drawn are missing"),
     (lambda table: pd.concat([table, table.head(1)]), "line 32, line: line 2 has the same passage already")],
)  # fmt: skip
def test_a_row_that_was_not_drawn_so_is_told(copied, sheet, change, told):
    code(copied, sheet)
    change(pd.read_csv(sheet, dtype="str")).to_csv(sheet, index=False)
    with pytest.raises(InputError, match=told):
        joined(copied, "topics", "anna", sheet, code="syria")


@pytest.mark.refusal
def test_a_passage_that_exists_but_was_not_drawn_is_told(copied, sheet):
    drawn = pd.read_csv(sheet, dtype="str")
    other = copied.paragraphs.query("doc_id == 'bonn-sputnik-thaw'")["line_start"].astype("str")
    free = next(
        one for one in other if one not in {*drawn.query("doc_id == 'bonn-sputnik-thaw'")["line"]}
    )
    drawn.loc[0, "line"] = free
    drawn.to_csv(sheet, index=False)
    with pytest.raises(
        InputError, match="line 2, doc_id: the passage is not among those that are drawn"
    ):
        joined(copied, "topics", "reference", sheet, code="syria")


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("options", "told"),
    [({"what": "acts"}, "it cannot be coded"), ({"what": "voice"}, "'syria': there is no such voice"), ({"code": None}, "no such topic"), ({"code": "mood"}, "use bilateral"),
     ({"coder": "nobody"}, "there is no such coding"), ({"sheet": "none"}, "cannot be read"),
     ({"second": "nobody"}, "there is no such coding"),
     ({"what": "valence", "instrument": "mood"}, "no such instrument")],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(corpus, options, told):
    given = {"what": "topics", "code": "syria"} | options
    with pytest.raises(InputError, match=told):
        joined(corpus, given.pop("what"), **given)


def test_without_a_sheet_a_part_is_refused(copied):
    all_coded(copied, "valence", "1", of=units.chosen(copied, "valence").head(5))
    with pytest.raises(InputError, match=r"73 of 78 passages are not coded.*name the sheet"):
        joined(copied, "valence", "anna")


@pytest.mark.refusal
def test_a_value_that_is_no_code_is_told_with_its_place(copied):
    path = copied.manifest.folder / "coding" / "reference" / "topics.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("bilateral us_politics", "bilateral mood", 1), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"topics\.csv, line 2, topics: 'mood' will not do; write one of bilateral"
    ):
        joined(usru.load(copied.manifest.folder), "topics", code="syria")


def test_a_locked_coding_that_was_changed_is_refused(copied):
    coding = all_coded(copied, "valence", "1")
    coding.lock()
    assert joining.coded(copied, "valence", "anna").sum() == 78
    coding.path.write_text(
        coding.path.read_text(encoding="utf-8").replace(",1,", ",2,", 1), encoding="utf-8"
    )
    with pytest.raises(InputError, match="it was changed after it was locked"):
        joined(copied, "valence", "anna")


def test_estimates_from_the_frame_are_right_on_average(copied):
    truth = joined(copied, "valence")["coded"].mean()
    found = []
    for seed in range(60):
        sample(copied, 25, by=["meeting"], seed=seed, name=f"s{seed}")
        table = joined(copied, "valence", "reference", f"s{seed}").dropna(subset="coded")
        found.append((table["coded"] / table["probability"]).sum() / 78)
    assert np.mean(found) == pytest.approx(truth, abs=4 * np.std(found) / np.sqrt(60))
