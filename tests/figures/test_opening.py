"""The first notebook's figures hold what the frames hold."""

import pandas as pd
import pytest

from usru import schema
from usru.evaluation import outside
from usru.figures import FIGURES, opening


def test_every_kind_of_block_has_its_part_of_the_page():
    assert set(opening.GROUP_OF_KIND) == set(schema.KINDS)


def test_the_parts_of_a_page_are_the_whole(corpus):
    table = FIGURES["composition"].table(corpus)
    assert table.groupby("doc_id")["share"].sum().tolist() == pytest.approx([1] * 5)
    assert table["characters"].sum() == corpus.blocks["text"].str.len().sum()
    assert table["doc_id"].drop_duplicates().tolist() == corpus.documents["doc_id"].tolist()


def test_the_page_is_shown_line_by_line(corpus):
    table = FIGURES["kept_and_dropped"].table(corpus)
    first = corpus.documents["doc_id"].iloc[0]
    lines = corpus.raw(first).split("\n")
    for row in table.itertuples():
        assert row.characters == len(lines[row.line - 1].strip())
        assert row.passage == corpus.passage(first, row.line)
    assert len(table) == sum(bool(line.strip()) for line in lines)


def test_every_sentence_is_a_dot(corpus):
    table = FIGURES["stories"].table(corpus)
    assert len(table) == len(corpus.sentences)
    assert table["words"].sum() == corpus.summary()["words"].sum()


def test_the_cleaner_is_measured_on_all_coded_lines(corpus, own):
    table = FIGURES["blocks_agreement"].table(corpus)
    coded = table.groupby("pages")["in_reference"].sum()
    for name in outside.SETS:
        assert coded[f"outside pages, {name}"] == len(outside.lines(name))
    assert coded["pages of this corpus"] == len(corpus.lines)
    elsewhere = FIGURES["blocks_agreement"].table(own)
    assert "pages of this corpus" not in set(elsewhere["pages"]), "nobody has coded it"


def test_the_composition_of_many_pages_fits_a_page():
    table = pd.DataFrame(
        {"doc_id": [f"page-{i:03d}" for i in range(500)], "group": "story", "share": 1.0}
    )
    assert FIGURES["composition"].plot(table).get_figheight() <= 16


def test_pages_without_a_story_are_said_to_have_none():
    table = pd.DataFrame({"doc_id": ["a"], "group": ["furniture"], "share": [1.0]})
    assert FIGURES["composition"].caption(table) == "No page has a story."


def test_a_day_has_its_english_name_whatever_the_locale(corpus):
    table = FIGURES["stories"].table(corpus)
    table = table.assign(published=pd.Timestamp(2017, 8, 6), inferred=False)
    label = FIGURES["stories"].plot(table).axes[0].get_yticklabels()[0]
    assert label.get_text().endswith("\n6 August 2017")
    for month, name in ((1, "January"), (12, "December")):
        table["published"] = pd.Timestamp(2017, month, 1)
        assert name in FIGURES["stories"].plot(table).axes[0].get_yticklabels()[0].get_text()


def test_a_day_that_was_inferred_is_said_to_be(corpus, own):
    table = FIGURES["stories"].table(corpus)
    assert table["inferred"].all(), "no page prints its day"
    label = FIGURES["stories"].plot(table).axes[0].get_yticklabels()[0]
    assert label.get_text().endswith("\n16 February 2017 (inferred)")
    assert not FIGURES["stories"].table(own)["inferred"].any()


def test_pages_that_the_rules_were_made_from_are_told_apart(corpus):
    figure = FIGURES["blocks_agreement"]
    table = figure.tabulate(corpus)
    heads = [axes.get_title().replace("\n", " ") or axes.get_title("left").replace("\n", " ")
             for axes in figure.plot(table).axes]  # fmt: skip
    assert heads == ["these pages", "invented, used for the rules", "invented, unseen"]
    for head in heads:
        assert f"({head})" in figure.caption(table)
        assert f"({head})" in figure.sample(table)


# A finding is stated only where it holds ---------------------------------------------------------


def of(corpus, name):
    figure = FIGURES[name]
    table = figure.tabulate(corpus)
    assert figure.finding(table)[1]
    return figure, table


def test_where_readers_wrote_little_no_page_is_said_to_be_theirs(corpus):
    figure, table = of(corpus, "composition")
    fewer = table.assign(share=table["share"].where(table["group"] != "readers", 0.1))
    assert figure.headline(fewer) == figure.title
    assert figure.headline(table[table["doc_id"] == "manila-breitbart"]) == figure.title


def test_where_nothing_interrupts_the_story_it_is_not_said_to_be_interrupted(corpus):
    figure, table = of(corpus, "kept_and_dropped")
    assert figure.headline(table[table["group"] == "story"]) == figure.title
    lines = ["furniture", "story", "pictures", "furniture", "story", "pictures", "story", "readers"]
    runs = table.head(len(lines)).assign(group=lines)
    assert figure.headline(runs).endswith("is 3 of 8 lines, interrupted twice"), "runs, not lines"
    told = figure.caption(table[table["group"] == "story"].head(1))
    assert (
        told
        == "Of the 1 line of this page 1 is the story and analysed; 0 are something else and left out."
    )


def test_where_the_story_is_the_hardest_part_the_rest_is_not_called_harder(corpus):
    figure, table = of(corpus, "blocks_agreement")
    bad = table.assign(recall=table["recall"].mask(table["category"] == "body", 0.1))
    assert figure.headline(bad) == figure.title


def test_where_all_sentences_are_of_one_length_no_story_is_said_to_have_longer_ones(corpus):
    figure, table = of(corpus, "stories")
    assert figure.headline(table.assign(words=20)) == figure.title
    four = table[table["sentence"] < 2].iloc[[0, 1, -2, -1]].assign(words=[5, 5, 28, 31])
    assert "have 30 words or more" in figure.headline(four), "29.5, and half have 30 or more"
    assert figure.caption(table.head(1).assign(words=1)) == "Sputnik, “Thaw” has 1 word."
