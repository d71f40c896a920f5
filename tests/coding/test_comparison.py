"""Locked codings against the reference, other coders, and the same coder again."""

import shutil

import pandas as pd
import pytest
from coders import all_coded

import usru
from usru.coding import units
from usru.coding.comparison import compare
from usru.coding.decisions import Coding
from usru.coding.units import KINDS
from usru.errors import InputError


def test_nothing_is_compared_before_it_is_locked(copied):
    coding = all_coded(copied, "topics", "press")
    with pytest.raises(InputError, match="it is not locked"):
        compare(coding)


def test_a_locked_file_that_was_changed_is_noticed_and_not_compared(copied):
    own, other = all_coded(copied, "valence", "1"), all_coded(copied, "valence", "0", "ben")
    own.lock()
    other.lock()
    other.path.write_text(
        other.path.read_text(encoding="utf-8").replace(",0,", ",2,"), encoding="utf-8"
    )
    found, faults = compare(own)
    assert [one.name for one in found] == ["the reference"]
    assert len(faults) == 1
    assert "it was changed after it was locked" in faults[0]
    with pytest.raises(InputError, match="it was changed after it was locked"):
        compare(other)


def test_it_is_compared_with_the_reference_and_with_every_locked_coding(copied):
    own = all_coded(copied, "topics", "bilateral")
    for coder in ("ben", "carla"):
        other = all_coded(copied, "topics", "bilateral", coder)
        if coder == "ben":
            other.lock()
    own.lock()
    found, faults = compare(own)
    assert ([one.name for one in found], faults) == (["the reference", "ben"], [])
    reference, ben = found
    assert (ben.n, ben.same, ben.alpha, ben.low, ben.high) == (78, 78, 1, 1, 1)
    assert reference.n == 78 == reference.same + len(reference.differing)
    assert reference.low <= reference.alpha <= reference.high < 0.2
    counts = reference.table.set_index("label")
    assert counts.loc["bilateral", "in_found"] == 78
    assert counts.loc["bilateral", "in_both"] == counts.loc["bilateral", "in_reference"]


def test_the_reference_again_agrees_with_itself(copied):
    for what, kind in KINDS.items():
        coding = Coding(copied, what, "anna")
        for row in copied.coding(kind.file).to_dict("records"):
            key = tuple(str(row[name]) for name in units.key_columns(what))
            value = row[kind.column]
            coding.decide(key, "" if pd.isna(value) else str(value))
        coding.lock()
        one, *_ = compare(coding)[0]
        assert (one.n, one.same, one.alpha) == (len(coding.order), len(coding.order), 1), what


def test_a_second_round_needs_a_locked_first_and_is_compared_with_it(copied):
    first = all_coded(copied, "valence", "1")
    with pytest.raises(InputError, match="round 1 is not locked yet"):
        Coding(copied, "valence", "anna", 2)
    with pytest.raises(InputError, match="no such round"):
        Coding(copied, "valence", "anna", 0)
    first.lock()
    second = all_coded(copied, "valence", "1", round=2)
    with pytest.raises(InputError, match="round 2 is not locked yet"):
        Coding(copied, "valence", "anna", 3)
    second.decide(second.order[0], "2")
    second.lock()
    assert second.path.parent.name == "round-2"
    assert len(copied.coding("valence", "anna/round-2")) == 78
    assert [one.name for one in compare(second)[0]] == ["the reference", "your round 1"]
    assert [one.name for one in compare(first)[0]] == ["the reference", "your round 2"]
    other = all_coded(copied, "valence", "1", "ben")
    other.lock()
    assert [one.name for one in compare(other)[0]] == [
        "the reference",
        "anna",
        "anna, round 2",
    ]


def test_a_study_without_a_reference_is_compared_with_coders_alone(own, tmp_path):
    own = usru.load(shutil.copytree(own.manifest.folder, tmp_path / "own"))
    for coder in ("anna", "ben"):
        coding = all_coded(own, "voice", "outlet", coder)
        coding.lock()
    found, _ = compare(coding)
    assert [(one.name, one.same) for one in found] == [("anna", len(coding.order))]


def test_ids_that_look_like_numbers_are_matched_as_they_are_written(corpus_of, tmp_path):
    page = "Talks in Vienna\n\nThe envoys spoke for an hour, on grain and on visas, and said so.\n"
    made = corpus_of({"007": page})
    own = usru.load(shutil.copytree(made.manifest.folder, tmp_path / "own"))
    coding = all_coded(own, "valence", "1")
    coding.lock()
    reference = tmp_path / "own" / "coding" / "reference" / "valence.csv"
    reference.parent.mkdir()
    shutil.copyfile(coding.path, reference)
    assert [(one.name, one.same) for one in compare(coding)[0]] == [("the reference", 1)]
