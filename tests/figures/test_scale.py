"""The eighth notebook's figures hold what the measured articles hold."""

import pandas as pd
import pytest
from grammar import faults

from usru.evaluation import cost, generated
from usru.figures import FIGURES, scale


def holds(name, table):
    """Whether the finding of a figure holds for a table; what it says is right English in any case."""
    sentence, true = FIGURES[name].finding(table)
    assert faults(sentence, sentence=False) == []
    assert faults(FIGURES[name].caption(table)) == []
    return bool(true)


def test_what_is_counted_and_what_is_true_is_that_of_the_paragraphs(corpus):
    table = scale.coverage(corpus)
    written = generated.articles(scale.DOCUMENTS)
    whole = written.truth.merge(written.table, left_on="doc_id", right_on="id")
    units = scale.press(corpus).units("sanctions")
    whole = whole.merge(units, on=["doc_id", "block"])
    found = whole.groupby(["outlet", "quarter"])
    for row in table.itertuples():
        own = found.get_group((row.outlet, row.quarter))
        assert (row.truth, row.naive, row.n) == pytest.approx(
            (own["truth"].mean(), own["predicted"].mean(), len(own))
        )
    assert table["n_coded"].sum() == scale.CODED
    assert table["quarter"].tolist() == 3 * [*scale.QUARTERS]


def test_only_what_was_drawn_is_coded_and_more_holds_less(corpus):
    few, many = (scale.coded(corpus, n) for n in (50, 100))
    assert len(few) == 50
    truth = generated.articles(scale.DOCUMENTS).truth
    both = few.merge(truth, on=["doc_id", "block"])
    assert (both["coded"] == both["truth"]).all()
    assert len(few.merge(many, on=["doc_id", "block"])) == 50


def test_the_count_is_said_to_fall_only_where_it_does(corpus):
    table = FIGURES["scale_coverage"].tabulate(corpus)
    assert holds("scale_coverage", table)
    assert not holds("scale_coverage", table.assign(naive=table["truth"]))
    assert not holds("scale_coverage", table.assign(low=0.0, high=1.0))


def test_of_a_passage_the_first_is_kept():
    table = pd.DataFrame({
        "doc_id": ["b", "a", "a"], "block": [0, 1, 1], "again_doc_id": ["c", "c", "b"], "again_block": [2, 2, 0],
    })  # fmt: skip
    found = scale.first_printed(table)
    assert found[["doc_id", "again_doc_id"]].to_numpy().tolist() == [["a", "b"], ["a", "c"]]


def test_the_network_counts_what_was_found_and_what_was_copied(corpus):
    table = FIGURES["scale_reuse"].tabulate(corpus)
    made, found, extra = scale.recalled(corpus)
    assert table["copies"].sum() == made
    assert table["passages"].sum() == len(scale.first_printed(scale.reused(corpus))) <= made + extra
    assert found >= 0.98 * made
    assert holds("scale_reuse", table)
    assert not holds("scale_reuse", table.assign(copies=table["copies"].iloc[::-1].to_numpy()))


def test_an_interval_is_as_wide_in_a_part(corpus):
    whole, part = scale.widths(corpus, 10)
    assert whole["n"] > 9 * part["n"]
    assert whole["width"] == pytest.approx(part["width"], rel=0.25)


def test_the_steps_are_those_that_are_stored(corpus):
    table = FIGURES["scale_cost"].tabulate(corpus)
    assert dict(zip(table["step"], table["seconds"], strict=True)) == cost.speeds().seconds
    assert {*table["step"]} <= {*scale.STEPS}
    assert holds("scale_cost", table)
    assert not holds("scale_cost", table.assign(seconds=1.0))
