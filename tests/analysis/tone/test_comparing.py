"""Means of groups, and comparisons of them under every choice."""

import math
from itertools import chain, combinations, product

import numpy as np
import pandas as pd
import pytest

from usru.analysis import tone, uncertainty
from usru.analysis.uncertainty import CLUSTERS, clustered_difference, clustered_means
from usru.errors import InputError

# Means -----------------------------------------------------------------------------------------

SCORED = pd.DataFrame(
    {
        "doc_id": ["a", "a", "a", "b", "b"],
        "block": [0, 0, 1, 0, 0],
        "speaker": ["x", "y", "x", "x", None],
        "words": [10, 30, 20, 5, 15],
        "polarity": [0.5, -0.1, 0.2, np.nan, 0.4],
    }
)


def test_means_worked_out_by_hand():
    found = tone.aggregate(SCORED, "doc_id").set_index("doc_id")
    assert found.loc["a", "polarity"] == pytest.approx((5 - 3 + 4) / 60)
    assert found.loc["b", ["sentences", "words", "unscored", "polarity"]].tolist() == [
        1,
        15,
        1,
        0.4,
    ]
    assert found.loc["a", "low"] < found.loc["a", "polarity"] < found.loc["a", "high"]
    assert found.loc["b", ["low", "high"]].tolist() == [0.4, 0.4]
    equal = tone.aggregate(SCORED, "doc_id", weights=None)["polarity"]
    assert equal.tolist() == pytest.approx([0.2, 0.4])


def test_means_of_any_columns():
    found = tone.aggregate(SCORED, ["doc_id", "block"])
    assert found[["doc_id", "block"]].to_numpy().tolist() == [["a", 0], ["a", 1], ["b", 0]]
    assert found["polarity"].tolist() == pytest.approx([2 / 40, 0.2, 0.4])
    by_speaker = tone.aggregate(SCORED, "speaker")
    assert by_speaker["speaker"].tolist() == ["x", "y"]
    assert by_speaker["unscored"].tolist() == [1, 0]


def test_the_mean_of_a_story_is_that_of_its_paragraphs():
    paragraphs = tone.aggregate(SCORED, ["doc_id", "block"])
    assert tone.aggregate(paragraphs, "doc_id")["polarity"].tolist() == pytest.approx(
        tone.aggregate(SCORED, "doc_id")["polarity"].tolist()
    )


def test_words_are_counted_where_they_are_not_given(corpus):
    table = corpus.sentences.assign(polarity=0.0)
    counted = tone.aggregate(table, "doc_id")
    assert counted["words"].sum() == table["text"].str.split().str.len().sum()
    assert tone.aggregate(table.head(0), "doc_id").empty


def test_a_seed_repeats_a_mean():
    table = comparison(0.1)
    found = tone.aggregate(table, "meeting", value="vader")
    pd.testing.assert_frame_equal(found, tone.aggregate(table, "meeting", value="vader"))
    assert not found.equals(tone.aggregate(table, "meeting", value="vader", seed=1))


def test_a_group_of_many_stories_has_the_interval_over_stories():
    n = CLUSTERS * 4
    story = np.arange(n) // 4
    scores = pd.DataFrame({"doc_id": story, "meeting": "", "words": 10, "polarity": story / n})
    found = tone.aggregate(scores, "meeting")
    expected = clustered_means(scores[["polarity"]], scores["words"], scores["doc_id"])
    assert found[["polarity", "low", "high"]].to_numpy().tolist() == expected.to_numpy().tolist()
    assert found["meeting"].tolist() == [""]
    few = tone.aggregate(scores[scores["doc_id"] < 3], "meeting").iloc[0]
    assert few["low"] == few["high"], "no story varies within"


def test_two_groups_of_many_stories_are_compared_over_stories():
    table = comparison(0.4).assign(reused=False)
    table["doc_id"] = table["meeting"] + (np.arange(len(table)) % CLUSTERS).astype(str).astype(
        object
    )
    found = tone.specifications(table, "meeting", "bonn", "manila").iloc[0]
    first = table["meeting"] == "bonn"
    given = table["vader"], table["words"], first, table["doc_id"]
    assert tuple(found[["estimate", "low", "high"]]) == pytest.approx(clustered_difference(*given))


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match=r"no column 'outlet'; add it, or name one of doc_id"):
        tone.aggregate(SCORED, "outlet")


# Comparisons -----------------------------------------------------------------------------------


def comparison(gap: float, n: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    meeting = np.repeat(["bonn", "manila"], n)
    return pd.DataFrame(
        {
            "doc_id": np.where(np.arange(2 * n) % 2, "1-", "2-") + meeting.astype(object),
            "block": np.arange(2 * n) // 4,
            "meeting": meeting,
            "reused": rng.random(2 * n) < 0.1,
            "words": rng.integers(5, 40, 2 * n),
            "vader": (rng.normal(scale=0.1, size=2 * n) + gap * (meeting == "bonn")).round(2),
        }
    )


@pytest.fixture(scope="module")
def apart() -> pd.DataFrame:
    return tone.specifications(comparison(0.4), "meeting", "bonn", "manila")


def test_every_combination_appears_once(apart):
    assert len(apart) == 3 * 2 * 2
    combinations = set(apart[["instrument", *tone.CHOICES]].itertuples(index=False, name=None))
    assert combinations == set(product(["vader"], *tone.CHOICES.values()))
    assert (apart["low"] <= apart["estimate"]).all()
    assert (apart["estimate"] <= apart["high"]).all()


def test_no_two_choices_are_the_same_by_algebra():
    table = comparison(0.4)
    table["vader"] = table["vader"].where(table["block"] % 3 != 0, 0.0)
    found = tone.specifications(table, "meeting", "bonn", "manila")
    assert found["estimate"].round(9).is_unique


SPOKEN = pd.DataFrame(
    {
        "doc_id": ["a", "a", "a", "b", "b"],
        "block": [0, 0, 1, 0, 1],
        "meeting": ["bonn"] * 3 + ["manila"] * 2,
        "reused": [False, False, True, False, False],
        "words": [10, 30, 20, 10, 10],
        "nrc": [0.4, 0.0, 0.1, 0.2, np.nan],
    }
)


def test_known_specifications():
    found = tone.specifications(SPOKEN, "meeting", "bonn", "manila")
    assert found.loc[0, ["n_first", "n_second"]].tolist() == [2, 1]
    found = found.set_index(list(tone.CHOICES))["estimate"]
    assert found["word", "in", "in"] == pytest.approx(6 / 60 - 0.2)
    assert found["word", "in", "out"] == pytest.approx(6 / 30 - 0.2)
    assert found["sentence", "in", "in"] == pytest.approx(0.5 / 3 - 0.2)
    assert found["sentence", "in", "out"] == pytest.approx(0.25 - 0.2)
    assert found["sentence", "once", "in"] == pytest.approx(0.2 - 0.2)
    assert found["paragraph", "in", "in"] == pytest.approx((0.1 + 0.1) / 2 - 0.2)
    assert found["paragraph", "once", "out"] == pytest.approx(0.1 - 0.2)


def test_a_side_that_a_choice_leaves_empty_has_no_estimate():
    found = tone.specifications(SPOKEN.assign(nrc=[0, 0, 0, 0.2, 0.1]), "meeting", "bonn", "manila")
    out = found[found["neutral"] == "out"]
    assert out[["estimate", "low", "high"]].isna().all(axis=None)
    assert out["n_first"].eq(0).all()
    assert found[found["neutral"] == "in"]["estimate"].notna().all()


def test_a_clear_difference_is_robust_and_none_is_not(apart):
    clear = tone.robustness(apart)
    assert clear == (12, 1.0, pytest.approx(0.4, abs=0.05), 12, True)
    assert apart["same_sign"].all()
    none = tone.robustness(tone.specifications(comparison(0.0), "meeting", "bonn", "manila"))
    assert not none.robust
    assert none.same_sign < 1 or none.excluding_zero < 6


def test_a_comparison_turns_with_its_groups(apart):
    turned = tone.specifications(comparison(0.4), "meeting", "manila", "bonn")
    assert turned["estimate"].tolist() == pytest.approx((-apart["estimate"]).tolist())
    assert tone.robustness(turned).excluding_zero == 12


@pytest.mark.parametrize(
    ("ends", "robust"),
    [
        ([(0.2, 0.1, 0.3), (0.1, -0.1, 0.3)], True),
        ([(0.2, 0.1, 0.3), (0.1, -0.1, 0.3), (0.1, -0.1, 0.3)], False),
        ([(0.2, 0.1, 0.3), (0.2, 0.1, 0.3), (-0.1, -0.3, 0.1)], False),
        ([(-0.2, -0.3, -0.1), (np.nan, np.nan, np.nan)], True),
        ([(0.0, 0.0, 0.0)], False),
        ([], False),
    ],
    ids=["half", "less-than-half", "a-turned-sign", "one-not-computed", "zero", "none"],
)
def test_the_rule_for_what_is_robust(ends, robust):
    assert tone.robustness(pd.DataFrame(ends, columns=["estimate", "low", "high"])).robust is robust


def test_a_comparison_without_its_columns_or_groups_is_refused():
    with pytest.raises(InputError, match="no column 'reused'"):
        tone.specifications(comparison(0).drop(columns="reused"), "meeting", "bonn", "manila")
    with pytest.raises(InputError, match=r"no row is of 'moscow'; compare two of bonn, manila"):
        tone.specifications(comparison(0), "meeting", "bonn", "moscow")


# Within documents ------------------------------------------------------------------------------


def speakers(gap: float, stories: int = 3, each: int = 4) -> pd.DataFrame:
    """Stories that quote two, of whom the first is quoted more in the friendlier ones."""
    rng = np.random.default_rng(11)
    story = np.repeat(np.arange(stories), 2 * each)
    place = np.tile(np.arange(2 * each), stories)
    one = place < each + np.where(story % 2, 1, -1)
    noise = rng.normal(scale=0.05, size=len(story))
    return pd.DataFrame(
        {
            "doc_id": story, "block": place, "who": np.where(one, "a", "b"), "reused": False,
            "words": rng.integers(5, 40, len(story)), "vader": noise + story % 2 + gap * one,
        }
    )  # fmt: skip


def test_speakers_of_the_same_stories_are_compared_within_them():
    alike = tone.specifications(speakers(0.0), "who", "a", "b")
    assert alike["estimate"].abs().max() < 0.1, "the level of a story is nobody's"
    assert tone.specifications(speakers(0.5), "who", "a", "b")["estimate"].min() > 0.4


def test_a_story_that_quotes_one_of_them_says_nothing_of_the_other():
    table = speakers(0.5)
    alone = table[table["who"] == "a"].assign(doc_id="alone", vader=-1.0)
    for found in (tone.specifications, tone.joint):
        both, more = (found(one, "who", "a", "b") for one in (table, pd.concat([table, alone])))
        assert repr(both) == repr(more)


def by_hand(table, name):
    """The joint test written out: every labelling of every story, all means from the table."""
    units = table.assign(story=table["doc_id"])
    chosen = {
        story: [*combinations(own.index, (own["who"] == "a").sum())]
        for story, own in units.groupby("story")
    }

    value, words, story = (units[key].to_numpy() for key in (name, "words", "story"))

    def estimates(first):
        found = []
        labels = np.isin(units.index, [*first])
        for unit, _, neutral in product(*tone.CHOICES.values()):
            weight = np.where((neutral == "out") & (value == 0), 0, words if unit == "word" else 1)
            top = bottom = 0.0
            for one in set(story):
                sides = [(story == one) & (labels == side) & (weight > 0) for side in (True, False)]
                sums = [weight[side].sum() for side in sides]
                if all(sums):
                    means = [np.average(value[side], weights=weight[side]) for side in sides]
                    h = sums[0] * sums[1] / sum(sums)
                    top, bottom = top + h * (means[0] - means[1]), bottom + h
            found.append(top / bottom)
        return found

    observed = estimates(set(units.index[units["who"] == "a"]))
    every = np.array([estimates({*chain(*some)}) for some in product(*chosen.values())])
    return np.array(observed).round(12), every.round(12)


def test_the_joint_test_is_that_written_out():
    table = speakers(0.06, stories=2, each=3)
    observed, every = by_hand(table, "vader")
    found = tone.joint(table, "who", "a", "b")
    assert found.exact
    assert found.arrangements == len(every) == 15**2
    medians = np.median(every, axis=1)
    share = (np.sign(every) == np.sign(medians)[:, None]).mean(axis=1)
    p = (np.abs(every)[None] >= np.abs(every)[:, None]).mean(axis=1)
    clear = ((p < 0.05) & (np.sign(every) == np.sign(medians)[:, None])).sum(axis=1)
    own = int(np.flatnonzero((every == observed).all(axis=1))[0])
    assert found.median == pytest.approx(medians[own])
    assert found.median_pvalue == pytest.approx((abs(medians) >= abs(medians[own])).mean())
    assert found.same_sign_pvalue == pytest.approx((share >= share[own]).mean())
    assert found.significant == clear[own]
    assert found.significant_pvalue == pytest.approx((clear >= clear[own]).mean())


def test_specifications_that_agree_are_significant_together_and_none_by_chance():
    clear = tone.joint(speakers(0.5), "who", "a", "b")
    assert clear.median_pvalue < 0.01
    assert clear.significant == clear.specifications == 12
    none = tone.joint(speakers(0.0), "who", "a", "b")
    assert min(none.median_pvalue, none.significant_pvalue) > 0.05


def test_drawn_arrangements_are_near_all_of_them(monkeypatch):
    every = tone.joint(speakers(0.03), "who", "a", "b")
    monkeypatch.setattr(uncertainty, "EXACT", 0)
    drawn = tone.joint(speakers(0.03), "who", "a", "b")
    assert not drawn.exact
    assert drawn.arrangements == uncertainty.DRAWS
    assert drawn.median_pvalue == pytest.approx(every.median_pvalue, abs=0.03)
    assert drawn == tone.joint(speakers(0.03), "who", "a", "b")


def test_where_labels_are_constant_within_stories_nothing_can_be_exchanged():
    found = tone.joint(comparison(0.4), "meeting", "bonn", "manila")
    assert found.arrangements == 0
    assert math.isnan(found.median_pvalue)
    row = tone.contrasts(comparison(0.4), [("meeting", "bonn", "manila")]).iloc[0]
    assert row[["difference", "pvalue", "delta"]].isna().all()
    assert row["n_first"] > 0


# Contrasts -------------------------------------------------------------------------------------

FOUR = pd.DataFrame(
    {
        "doc_id": "story",
        "block": range(5),
        "who": ["a", "a", "b", "b", "c"],
        "reused": False,
        "words": 1,
        "vader": [0.5, 0.4, 0.1, 0.0, 0.9],
        "nrc": [0.1, 0.0, 0.1, 0.0, np.nan],
    }
)


def test_a_known_contrast():
    """Of the six ways to label four paragraphs two are as far apart; all of a are above all of b."""
    row = tone.contrasts(FOUR, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row[["instrument", "first", "second"]].tolist() == ["vader", "a", "b"]
    assert row[["n_first", "n_second", "arrangements"]].tolist() == [2, 2, 6]
    assert row["difference"] == pytest.approx(0.4)
    assert row["pvalue"] == row["holm"] == pytest.approx(2 / 6)
    assert row["delta"] == 1


def test_sentences_of_a_paragraph_are_one_unit():
    row = tone.contrasts(FOUR.assign(block=[0, 0, 1, 2, 3]), [("who", "a", "b")], ["vader"]).iloc[0]
    assert row[["n_first", "n_second", "arrangements"]].tolist() == [1, 2, 3]
    assert row["pvalue"] == pytest.approx(1 / 3)


def test_delta_is_over_pairs_of_the_same_story():
    rows = pd.concat([FOUR, FOUR.assign(doc_id="other", vader=FOUR["vader"] - 2)])
    rows = rows.drop(index=1).reset_index(drop=True)
    row = tone.contrasts(rows, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row["delta"] == 1
    assert row["arrangements"] == 9


def test_a_contrast_weighs_paragraphs_by_their_words():
    table = FOUR.assign(words=[3, 1, 1, 1, 1])
    row = tone.contrasts(table, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row["difference"] == pytest.approx((3 * 0.5 + 0.4) / 4 - 0.05)


def test_contrasts_are_corrected_over_all_rows():
    pairs = [("who", "a", "b"), ("who", "b", "a")]
    found = tone.contrasts(FOUR, pairs)
    assert found["instrument"].tolist() == ["vader", "nrc"] * 2
    assert found["pvalue"].tolist() == pytest.approx([1 / 3, 1, 1 / 3, 1])
    assert found["holm"].tolist() == pytest.approx([1, 1, 1, 1])
    assert found["delta"].tolist() == [1, 0, -1, 0]
    many = speakers(0.4).assign(nrc=0.0)
    twice = tone.contrasts(many, [("who", "a", "b")])
    assert twice["holm"].tolist() == pytest.approx([2 * twice["pvalue"][0], 1])


def test_a_contrast_leaves_out_what_an_earlier_story_has():
    reused = FOUR.assign(reused=[True, False, False, False, False])
    row = tone.contrasts(reused, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row[["n_first", "n_second"]].tolist() == [1, 2]
    assert row["difference"] == pytest.approx(0.4 - 0.05)
    assert row["pvalue"] == pytest.approx(1 / 3)


def test_a_group_without_a_sentence_has_no_contrast():
    found = tone.contrasts(FOUR, [("who", "a", "nobody"), ("who", "a", "c")])
    missing = found.drop(1 + 1)  # a and c have a sentence each by VADER
    assert missing[["difference", "pvalue", "holm", "delta"]].isna().all(axis=None)
    assert found.loc[2, ["n_first", "n_second"]].tolist() == [2, 1]
    assert tone.contrasts(FOUR, []).empty


def test_a_seed_repeats_a_contrast():
    pairs = [("who", "a", "b")]
    many = speakers(0.01, stories=9)
    found = tone.contrasts(many, pairs)
    pd.testing.assert_frame_equal(found, tone.contrasts(many, pairs))
    assert not found.equals(tone.contrasts(many, pairs, seed=1))


@pytest.mark.parametrize("column", ["who", "reused", "words", "block"])
def test_a_contrast_without_its_column_is_refused(column):
    with pytest.raises(InputError, match=f"no column '{column}'"):
        tone.contrasts(FOUR.drop(columns=column), [("who", "a", "b")])
    with pytest.raises(InputError, match="no column 'lsd'"):
        tone.contrasts(FOUR, [("who", "a", "b")], ["lsd"])
