"""The third notebook's figures hold what the frames hold."""

import pandas as pd
from grammar import faults
from matplotlib.colors import to_hex
from studies import study

from usru.analysis import topics
from usru.evaluation import outside
from usru.figures import FIGURES
from usru.figures.agendas import FARTHEST, MOST_COLUMNS, by_weight, estimate
from usru.study import findings
from usru.wording import number, percent


def holds(name, table):
    """Whether the finding of a figure holds for a table; what it says is right English in any case."""
    sentence, true = FIGURES[name].finding(table)
    assert faults(sentence, sentence=False) == []
    assert faults(FIGURES[name].caption(table)) == []
    return bool(true)


def test_a_topic_that_is_found_unreliably_carries_its_mark(corpus):
    measured = topics.evaluate(corpus.coding("topics"), corpus.paragraphs, corpus.topics).set_index(
        "label"
    )["f1"]
    table = FIGURES["agendas"].table(corpus)
    weak = set(table.loc[~table["reliable"], "topic"])
    assert weak == set(measured.index[~(measured >= topics.WEAK)])
    labels = [tick.get_text() for tick in FIGURES["agendas"].plot(table).axes[0].get_yticklabels()]
    assert [name.removesuffix(" *").replace(" ", "_") for name in labels if "*" in name] == [*weak]
    assert "* marks topics" in FIGURES["agendas"].caption(table)
    assert "*" not in FIGURES["agendas"].caption(table.assign(reliable=True))


def test_the_foot_says_what_the_mark_of_a_topic_means(corpus):
    for name in ("agendas", "meetings_compared", "corrected"):
        table = FIGURES[name].tabulate(corpus)
        assert (
            FIGURES[name].frame(table)[2].endswith("* The dictionary finds this topic unreliably.")
        )
        assert "*" not in FIGURES[name].frame(table.assign(reliable=True))[2]


def test_a_cell_leads_to_a_passage_where_it_is_not_empty(corpus):
    table = FIGURES["agendas"].table(corpus)
    assert len(table) == len(list(corpus.codebook.topics)) * len(corpus.documents)
    said = table[["share", "dictionary"]].gt(0).any(axis=1)
    assert (said == table["passage"].notna()).all()
    told = f"Of {len(table)} cells {(table['share'] == 0).sum()} are empty."
    assert told in FIGURES["agendas"].caption(table)
    assert "Of 1 cell 1 is empty." in FIGURES["agendas"].caption(table.assign(share=0.0).head(1))
    assert "Of 2 cells 0 are empty." in FIGURES["agendas"].caption(table.assign(share=0.1).head(2))
    total = table.groupby("topic", sort=False)["share"].sum()
    assert total.is_monotonic_decreasing


def test_the_columns_that_choose_all_passages_of_a_cell_are_in_the_table(corpus):
    table = FIGURES["agendas"].table(corpus)
    assert set(FIGURES["agendas"].selects) <= set(table.columns)
    assert set(table["topic"]) == set(corpus.codebook.topics), "ids, which the explorer knows"


def test_the_agendas_have_one_topic_in_front_and_one_of_a_single_meeting(corpus):
    table = FIGURES["agendas"].tabulate(corpus)
    assert holds("agendas", table)
    press = (table["topic"] == "press") & (table["doc_id"] == "bonn-sputnik-awkward")
    assert not holds("agendas", table.assign(share=table["share"].mask(press, 0.9)))
    assert not holds("agendas", table.assign(share=0.5))
    assert not holds("agendas", table.assign(meeting=None))
    everywhere = table["share"].where(table["topic"] == "bilateral", 0.1)
    assert not holds("agendas", table.assign(share=everywhere)), "no topic is of one meeting alone"


def test_many_stories_have_cells_without_names_of_columns(corpus):
    table = FIGURES["agendas"].tabulate(corpus)
    many = pd.concat([table.assign(doc_id=f"story-{i}") for i in range(MOST_COLUMNS + 1)])
    drawing = FIGURES["agendas"].plot(many)
    assert not [text for text in drawing.axes[0].texts if text.get_text()]
    assert len(drawing.axes[0].patches) == len(many)


def test_the_reading_carries_a_figure_and_the_dictionary_is_beside_it(corpus):
    table = FIGURES["agendas"].table(corpus).set_index(["topic", "doc_id"])
    for name, coded in (("share", corpus.coded_topics), ("dictionary", corpus.topics)):
        shares = topics.coverage(corpus.paragraphs, coded, intervals=False)
        shares = shares.astype({"topic": "str"}).set_index(["topic", "doc_id"])["share"]
        pd.testing.assert_series_equal(table[name], shares.reindex(table.index), check_names=False)
    gap = (table["dictionary"] - table["share"]).abs()
    worst = table.loc[gap.idxmax()]
    told = f"{percent(worst['dictionary'])} for {percent(worst['share'])}"
    assert told in FIGURES["agendas"].caption(FIGURES["agendas"].tabulate(corpus))


def test_where_nobody_read_the_dictionary_is_called_an_estimate(corpus, hostile, tmp_path):
    assert estimate(corpus) == ""
    read, found = (of.to_numpy() for of in outside.topics())
    hits = (read & found).sum()
    told = f"precision of {number(hits / found.sum())} and a recall of {number(hits / read.sum())}"
    for name in ("agendas", "meetings_compared"):
        figure = FIGURES[name]
        table = figure.table(hostile)
        assert table["share"].equals(table["dictionary"].rename("share"))
        assert told in figure.caption(table), name
        assert figure.plot(table).axes


def test_a_dictionary_of_ones_own_has_errors_that_are_not_known(tmp_path):
    assert "whose errors are not known" in estimate(study(tmp_path, [{}]))


def test_topics_that_no_meeting_has_are_left_out(corpus, own):
    table = FIGURES["meetings_compared"].table(corpus)
    assert (table.groupby("topic")["share"].max() > 0).all()
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()
    assert (table["high"] > table["low"]).all()
    assert FIGURES["meetings_compared"].table(own).empty


def test_a_topic_of_one_meeting_is_one_that_no_other_has(corpus):
    name = "meetings_compared"
    table = FIGURES[name].tabulate(corpus)
    assert holds(name, table)
    assert not holds(name, table.assign(on=1)), "every meeting has every topic"
    assert not holds(name, table.assign(on=table["on"].clip(upper=2))), "a few are no finding"
    one = table[table["meeting"] == "moscow"]
    assert "1 meeting with 18 paragraphs." in FIGURES[name].caption(one)
    two = table[table["meeting"] != "manila"]
    assert "2 meetings with 18 to 35 paragraphs each." in FIGURES[name].caption(two)
    assert "1 meeting with 1 paragraph." in FIGURES[name].caption(one.assign(paragraphs=1))
    assert "comparison" not in FIGURES[name].caption(one)
    comparisons = 3 * table["topic"].nunique()
    assert f"With {comparisons} comparisons of two meetings, two" in FIGURES[name].caption(table)
    pair = two[two["topic"] == "press"]
    assert "With 1 comparison of two meetings, two" in FIGURES[name].caption(pair)
    holds(name, one.head(1))


def test_the_stories_of_a_meeting_are_side_by_side(corpus, own):
    table = FIGURES["same_meeting"].table(corpus)
    assert table.iloc[0][["meeting", "topic"]].tolist() == ["manila", "sanctions"]
    assert table[["share_one", "share_other"]].max(axis=1).groupby(table["topic"]).max().gt(0).all()
    assert FIGURES["same_meeting"].plot(FIGURES["same_meeting"].table(own)).axes


def test_marks_of_equal_shares_do_not_hide_each_other(corpus):
    table = FIGURES["same_meeting"].tabulate(corpus)
    axes = FIGURES["same_meeting"].plot(table).axes[0]
    marks = [line for line in axes.get_lines() if line.get_marker() in ("o", "s")]
    heights = {line.get_marker(): min(line.get_ydata()) for line in marks[::2]}
    assert heights["s"] - heights["o"] > 0.2


def test_two_stories_differ_by_more_than_half(corpus):
    table = FIGURES["same_meeting"].tabulate(corpus)
    assert holds("same_meeting", table)
    nearer = table[["share_one", "share_other"]] / 4 + 0.5
    assert not holds("same_meeting", table.assign(**nearer))
    assert holds("same_meeting", table.rename(columns={
        "share_one": "share_other", "share_other": "share_one", "one": "other", "other": "one",
    })), "whichever of the two comes first"  # fmt: skip


def test_a_meeting_keeps_its_colour_where_another_is_missing(corpus):
    seen = {}
    for name in ("same_meeting", "meetings_compared", "keywords"):
        table = FIGURES[name].tabulate(corpus)
        part = table[table["meeting"] != "moscow"]
        colours = [
            {to_hex(line.get_color()) for line in axes.get_lines() if line.get_marker() in ("o", "s", "D", "^")}
            for axes in FIGURES[name].plot(part).axes
        ]  # fmt: skip
        assert len(colours) == 2
        seen[name] = [one - {"#5b6672"} for one in colours]
    assert seen["same_meeting"] == seen["meetings_compared"] == seen["keywords"]


def test_a_correction_is_shown_where_the_errors_are_known(corpus, own):
    figure = FIGURES["corrected"]
    table = figure.tabulate(corpus)
    assert table["moved"].notna().all()
    out = (~table["moved"].between(0, 1)).sum()
    assert f"For {out} of them the corrected share is not between" in figure.caption(table)
    assert figure.caption(figure.table(own)) == figure.empty
    assert holds("corrected", table)
    assert not holds("corrected", table.assign(moved=table["reference"]))
    assert not holds("corrected", table.assign(moved=table["reference"]).head(1))


def test_what_is_cut_at_the_edge_has_an_arrow(corpus):
    table = FIGURES["corrected"].tabulate(corpus)
    least, most = FARTHEST
    cut = (table[["high", "moved"]].max(axis=1) > most).sum()
    cut += (table[["low", "moved"]].min(axis=1) < least).sum()
    axes = FIGURES["corrected"].plot(table).axes[0]
    arrows = [text for text in axes.texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == cut >= (~table["moved"].between(least, most)).sum() > 0


def test_the_pairs_are_the_most_frequent_first(corpus):
    table = FIGURES["pairs"].table(corpus)
    assert 0 < len(table) <= 12
    assert table["paragraphs"].is_monotonic_decreasing
    on = topics.wide(corpus.topics, corpus.paragraphs)
    for row in table.itertuples():
        assert row.dictionary == (on[row.topic] & on[row.other]).sum()


def test_few_pairs_are_beyond_chance(corpus):
    table = FIGURES["pairs"].tabulate(corpus)
    assert holds("pairs", table)
    assert not holds("pairs", table.assign(expected=table["paragraphs"]))
    assert not holds("pairs", table.assign(expected=0.1, paragraphs=9)), "all are"
    assert not holds("pairs", table.assign(paragraphs=1))
    assert not holds("pairs", table.assign(paragraphs=table["paragraphs"] + 2)), "others may follow"
    assert "The 12 most frequent pairs are shown." in FIGURES["pairs"].caption(table)
    assert "are shown" not in FIGURES["pairs"].caption(table.head(3))
    assert "1 paragraph is on both topics" in FIGURES["pairs"].caption(table.tail(1))


def test_a_keyword_sets_its_meeting_apart(corpus):
    table = FIGURES["keywords"].tabulate(corpus)
    assert (table["z"] > 0).all()
    assert table.groupby("meeting").size().le(12).all()
    assert not (table["word"] == table["meeting"]).any(), "a meeting's own town"
    assert "did" not in set(table["word"])
    assert holds("keywords", table)
    told = f"{table['stays'].sum()} words are among the first five"
    assert told in FIGURES["keywords"].headline(table)
    again = f"some prior puts among the first five of a meeting, {table['stays'].sum()} stay"
    assert again in findings.show("topics-8", corpus).sentence
    for stays in (True, False):
        assert not holds("keywords", table.assign(stays=stays))
    assert "10 to 5,000 words: none." in FIGURES["keywords"].caption(table.assign(stays=False))
    assert "1 word lies beyond" in FIGURES["keywords"].caption(table.head(1))


def test_the_groups_hold_every_paragraph(corpus):
    assert FIGURES["groups"].table(corpus)["paragraphs"].sum() == len(corpus.paragraphs)


def test_one_group_holds_much_of_all_and_is_on_no_topic(corpus):
    table = FIGURES["groups"].tabulate(corpus)
    pure = (table["share"] >= 0.8).sum()
    assert holds("groups", table)
    assert not holds("groups", table.assign(share=0.9))
    assert not holds("groups", table.assign(paragraphs=2))
    assert f"In {pure} of 8 groups at least" in FIGURES["groups"].caption(table)
    assert "In 1 of 1 group at least" in FIGURES["groups"].caption(table.tail(1))
    assert "In 0 of 8 groups at least" in FIGURES["groups"].caption(table.assign(share=0.1))
    without = table.assign(topic="no topic", share=0.0)
    assert holds("groups", without)
    assert FIGURES["groups"].headline(without).endswith("one group, no topic in front")
    told = [text.get_text() for text in FIGURES["groups"].plot(without).axes[0].texts]
    assert told[0] == f"{table['paragraphs'].max()}, no topic in front"


def test_topics_are_sorted_by_their_weight():
    table = pd.DataFrame({"topic": ["syria", "nato", "syria"], "n": range(3)})
    order = by_weight(table, pd.Series({"nato": 0.3, "syria": 0.2}))
    assert order["n"].tolist() == [1, 0, 2]
