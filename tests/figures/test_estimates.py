"""The seventh notebook's figures hold what the frames hold."""

import pandas as pd
import pytest
from few import Few
from grammar import faults

from usru.analysis import estimate
from usru.coding import joined
from usru.evaluation import generated
from usru.figures import FIGURES
from usru.figures.estimates import VALENCE, rehearsals
from usru.study.findings.estimates import counts


def holds(name, table):
    """Whether the finding of a figure holds for a table; what it says is right English in any case."""
    sentence, true = FIGURES[name].finding(table)
    assert faults(sentence, sentence=False) == []
    assert faults(FIGURES[name].caption(table)) == []
    return bool(true)


def test_the_topics_that_are_counted_worst_are_rehearsed_and_one_that_is_right(corpus):
    table = rehearsals(corpus)
    naive = table[table["method"] == "naive"].groupby("of", sort=False)["bias"].first()
    table = counts(corpus).set_index("topic")
    off = (table["counted"] - table["read"]) / table["n"]
    *wrong, right, tone = naive.index
    assert naive[[*wrong, right]].tolist() == pytest.approx(off[[*wrong, right]].tolist())
    assert off[wrong].abs().min() == pytest.approx(off.abs().nlargest(len(wrong)).iloc[-1])
    assert off[wrong].abs().min() > 0
    assert right == table.loc[off == 0, "read"].idxmax()
    assert tone == VALENCE
    valence = joined(corpus, VALENCE)
    assert naive[VALENCE] == pytest.approx(valence["predicted"].mean() - valence["coded"].mean())


def test_a_rehearsal_is_drawn_as_it_is_computed_and_the_count_once(corpus):
    table = FIGURES["rehearsed"].table(corpus)
    assert table.groupby("of")["method"].apply(lambda own: (own == "naive").sum()).eq(1).all()
    own = table[(table["of"] == VALENCE) & (table["method"] == "estimate")]
    again = estimate.rehearse(joined(corpus, VALENCE), "predicted", "coded")
    again = again[again["method"] == "estimate"]
    assert own["width"].tolist() == pytest.approx(again["width"].tolist(), abs=1e-6)


def test_the_headline_of_a_rehearsal_rounds_what_intervals_hold_down(corpus):
    table = FIGURES["rehearsed"].tabulate(corpus)
    assert holds("rehearsed", table)
    least = table.loc[table["method"] == "estimate", "coverage"].min()
    assert f"in at least {int(100 * least)} of 100 samples" in FIGURES["rehearsed"].headline(table)
    assert not holds("rehearsed", table.assign(coverage=0.9))
    right = table["bias"].mask(table["method"] == "naive", 0.0)
    assert not holds("rehearsed", table.assign(bias=right)), "no count is off"
    assert holds("rehearsed", table[table["of"] == "bilateral"])


def test_what_nobody_coded_is_not_rehearsed(own, corpus):
    assert FIGURES["rehearsed"].table(own).empty
    assert (
        FIGURES["rehearsed"].caption(FIGURES["rehearsed"].table(own)) == FIGURES["rehearsed"].empty
    )
    few = Few(corpus, ["moscow-econotimes"])
    table = FIGURES["rehearsed"].tabulate(few)
    assert faults(FIGURES["rehearsed"].caption(table)) == []
    FIGURES["rehearsed"].plot(table).draw_without_rendering()


def test_a_press_is_drawn_as_it_is_estimated(corpus):
    table = FIGURES["press_counted"].table(corpus)
    press = generated.sampled(generated.press(corpus))
    found = estimate.mean(press, "predicted", "coded", "probability", by="outlet")
    own = table[table["by"] == "outlet"].reset_index(drop=True)
    for name in ("naive", "coded_only", "estimate", "low", "high"):
        assert own[name].tolist() == pytest.approx(found[name].tolist(), abs=1e-6)
    truth = press.groupby("outlet")["truth"].mean()
    assert own["truth"].tolist() == pytest.approx(truth.tolist(), abs=1e-6)
    assert table.loc[table["by"] == "quarter", "group"].tolist() == ["first", "second", "third", "fourth"]  # fmt: skip
    assert "400 coded of 10,098 generated paragraphs" in FIGURES["press_counted"].frame(table)[2]


def test_the_press_is_said_to_be_miscounted_only_where_it_is(corpus):
    table = FIGURES["press_counted"].tabulate(corpus)
    assert holds("press_counted", table)
    assert not holds("press_counted", table.assign(naive=table["truth"])), "a count that is right"
    assert not holds("press_counted", table.assign(high=table["low"])), "intervals that miss it"
    turned = table.assign(estimate=table["naive"])
    assert not holds("press_counted", turned), "an estimate that is as wrong"


def test_a_press_without_the_topic_says_why(corpus):
    class Without(type(corpus)):
        pass

    other = Without(corpus.manifest, corpus.codebook)
    topics = {name: one for name, one in corpus.codebook.topics.items() if name != "sanctions"}
    object.__setattr__(other, "codebook", pd.Series({"topics": topics}))
    table = FIGURES["press_counted"].tabulate(other)
    assert "no topic of this corpus is 'sanctions'" in FIGURES["press_counted"].caption(table)
