"""What a weak instrument counts, and what a coded sample makes of it, where the truth is known."""

import pandas as pd

from usru.analysis import agreement, estimate
from usru.coding import joined, sampling
from usru.corpus import Corpus
from usru.evaluation import generated
from usru.figures.estimates import COLUMNS, VALENCE, counts, rehearsals
from usru.study.findings import finding
from usru.wording import count, listed, number, percent, signed, span

NOT_CODED = "Nobody has coded these paragraphs."
NOMINAL = (0.93, 0.97)  # what intervals of 95% may hold in a thousand samples, and still be right
TIMES = 1000  # samples of a rehearsal
SMALL = 0.05  # a difference of shares that nobody would write of
GOOD_ALPHA = 0.8  # from which on Krippendorff draws conclusions
PART = 40  # paragraphs that one coder reads of the stories; another reads half of these


@finding("estimates-1")
def _outlets(corpus: Corpus) -> tuple[str, bool | None]:
    """The count turns the order of outlets around, and a coded sample puts it right."""
    press = generated.sampled(generated.press(corpus))
    truth = press.groupby("outlet")["truth"].mean()
    found = estimate.mean(press, *COLUMNS, by="outlet").set_index("outlet")
    apart = estimate.difference(press, *COLUMNS, by="outlet").set_index(["first", "second"])
    least, most = truth.idxmin(), truth.idxmax()
    gap = apart.loc[tuple(sorted((least, most)))]
    first, *rest = (f"{percent(found['naive'][one])}{{}} of {one}" for one in truth.index)
    counted = listed([first.format(" of the paragraphs"), *(one.format("") for one in rest)])
    ends = listed(span(row.low, row.high, percent) for row in found.itertuples())
    holds = truth.between(found["low"], found["high"])
    counted_apart = (found["naive"] < found["low"]) | (found["naive"] > found["high"])
    return (
        f"In a generated press of {generated.DOCUMENTS:,} documents the dictionary counts sanctions in"
        f" {counted}; in truth it is {listed(map(percent, truth))}. From"
        f" {count(press['drawn'].sum(), 'coded paragraph')} of {len(press):,} the estimates’"
        f" intervals are {ends}: each holds the truth and misses the count. {least} writes less of"
        f" sanctions than {most} by {_points(gap['low'], gap['high'])} points; the count says the"
        " contrary.",
        bool(holds.all() and counted_apart.all())
        and bool(gap["low"] * gap["high"] > 0 and gap["naive"] * gap["estimate"] < 0),
    )


def _points(low: float, high: float) -> str:
    """The size of a difference in points, from the nearer to zero to the farther."""
    near, far = sorted((100 * abs(low), 100 * abs(high)))
    return span(near, far, _whole)


def _whole(value: float) -> str:
    return number(value, 0)


def _tenths(value: float) -> str:
    return number(value, 1)


@finding("estimates-2")
def _counted(corpus: Corpus) -> tuple[str, bool | None]:
    """Here the dictionary counts most topics right, and where it errs it mostly counts too much."""
    table = counts(corpus)
    if table.empty:
        return NOT_CODED, None
    off = table[table["counted"] != table["read"]]
    lucky = table[(table["counted"] == table["read"]) & (table["both"] < table["read"])]
    called, n = corpus.labels["topic"], table["n"].iloc[0]
    told = listed(f"{called[row.topic]} ({row.counted} for {row.read})" for row in off.itertuples())
    more = int((off["counted"] > off["read"]).sum())
    return (
        f"In these {count(n, 'paragraph')}, with which it was made, the dictionary counts"
        f" {count(len(off), 'topic')} of {len(table)} wrong, {number(more, 0)} of them too often: {told}."
        f" Of the others it counts {number(len(lucky), 0)} right by luck, since what it"
        f" misses and what it adds are as many: {called.listed(lucky['topic'])}. Without a reading nobody"
        " can tell which are which.",
        bool(0 < len(off) < len(table) / 2 and more > len(off) / 2 and len(lucky) > 0),
    )


@finding("estimates-3")
def _rehearsed(corpus: Corpus) -> tuple[str, bool | None]:
    """Over a thousand samples estimates are right on average, and their intervals hold the truth."""
    table = rehearsals(corpus)
    if table.empty:
        return NOT_CODED, None
    naive, both = (table[table["method"] == name] for name in ("naive", "estimate"))
    wrong = naive[naive["bias"].abs() > 1e-9]["of"].unique()
    bias = (both["bias"].abs() / both["width"]).max()
    few = both[both["n_coded"] == both["n_coded"].min()]
    shares = few[few["of"] != VALENCE]
    said = count(len(shares), "topic") + " and the valence" * (len(few) > len(shares))
    return (
        f"Over {count(TIMES, 'sample')} of the stories, coded in part, the estimates are right for"
        f" {said}: on average they are off by at most {number(100 * bias, 1)}% of an interval’s width, and at least"
        f" {number(100 * both['coverage'].min(), 1)}% of the intervals hold the mean of all codes. A"
        f" count is wrong each time for {len(wrong)} of {len(naive['of'].unique())}. With"
        f" {count(few['n_coded'].iloc[0], 'coded paragraph')} the interval of a share is"
        f" {span(100 * shares['width'].min(), 100 * shares['width'].max(), _whole)}"
        " points wide, and says next to nothing.",
        bool(bias < 0.05 and both["coverage"].min() >= NOMINAL[0])
        and bool(len(wrong) > 1 and shares["width"].min() > 0.3),
    )


@finding("estimates-4")
def _helped(corpus: Corpus) -> tuple[str, bool | None]:
    """A good instrument narrows an interval; a useless one leaves it as it is."""
    table = rehearsals(corpus)
    if VALENCE not in {*table["of"]} or table["of"].nunique() < 2:
        return NOT_CODED, None
    most = table[table["share"] == table["share"].max()]
    width = most.pivot_table(index="of", columns="method", values="width", sort=False)
    saved = 1 - width["estimate"] / width["coded_only"]
    topics, called = saved.drop(VALENCE), corpus.labels["topic"]
    told = listed(f"{called[of]} by {percent(one)}" for of, one in topics.items())
    valence = joined(corpus, VALENCE)
    likeness = valence["predicted"].corr(valence["coded"])
    return (
        "What an instrument adds depends on how well it follows the coding. With"
        f" {count(most['n_coded'].iloc[0], 'coded paragraph')} the dictionary narrows the interval of"
        f" {told}. The word list, which correlates with the valence at {number(likeness)}, changes"
        f" its interval by {number(100 * abs(saved[VALENCE]), 1)}%: it does no good, and no harm.",
        bool(topics.min() > 0.1 and abs(saved[VALENCE]) < 0.02 and likeness < 0.3),
    )


@finding("estimates-5")
def _trend(corpus: Corpus) -> tuple[str, bool | None]:
    """The words of a topic change, so that its growth cannot be counted."""
    press = generated.sampled(generated.press(corpus))
    whole = press.assign(coded=press["truth"], probability=1.0)
    truth, found = (
        estimate.linear(one, ["month"], *COLUMNS).set_index("term").loc["month"]
        for one in (whole, press)
    )
    slope = truth["estimate"]
    said = {name: signed(100 * value, 1) for name, value in (
        ("truth", slope), ("naive", found["naive"]), ("estimate", found["estimate"]))}  # fmt: skip
    ends = span(100 * found["low"], 100 * found["high"], lambda value: signed(value, 1))
    on = press[press["truth"] == 1]
    recall = on.groupby("month")["predicted"].mean()
    return (
        f"In the generated press the share of sanctions changes by {said['truth']} points a month. The"
        f" count says {said['naive']}, as the dictionary misses ever more: it finds"
        f" {percent(recall.iloc[0])} of these paragraphs in January and {percent(recall.iloc[-1])} in"
        f" December. From {count(press['drawn'].sum(), 'coded paragraph')} the estimate is"
        f" {said['estimate']} ({ends}).",
        bool(found["low"] <= slope <= found["high"] and found["low"] > 0)
        and bool(abs(found["naive"]) < slope / 4 and recall.iloc[-1] < recall.iloc[0] / 2),
    )


@finding("estimates-8")
def _differences(corpus: Corpus) -> tuple[str, bool | None]:
    """A count shows a difference between outlets that is not there, and hides one that is."""
    press = generated.sampled(generated.press(corpus))
    truth = press.groupby("outlet")["truth"].mean()
    pairs = estimate.difference(press, *COLUMNS, by="outlet")
    pairs["truth"] = pairs["first"].map(truth) - pairs["second"].map(truth)
    held = pairs["truth"].between(pairs["low"], pairs["high"])
    small = pairs["naive"].abs() < SMALL
    hidden = pairs[small & (pairs["truth"].abs() > 2 * SMALL)]
    made = pairs[~small & (pairs["truth"].abs() < SMALL)]
    lost, invented = (
        listed(
            f"{row.first} and {row.second} ({signed(100 * row.naive, 0)} where there are"
            f" {signed(100 * row.truth, 0)} points)"
            for row in some.itertuples()
        )
        for some in (hidden, made)
    )
    return (
        f"The count hides a difference of outlets, that of {lost}, and makes one up, that of {invented}."
        f" The intervals of the estimates hold {held.sum()} of {count(len(pairs), 'true difference')}.",
        bool(held.all() and len(hidden) > 0 and len(made) > 0),
    )


@finding("estimates-6")
def _covered(corpus: Corpus) -> tuple[str, bool | None]:
    """Of the intervals of estimates as many hold the truth as should; the count never does."""
    table = generated.rehearsed(corpus)
    naive, both = (table[table["method"] == name] for name in ("naive", "estimate"))
    alone = table[table["method"] == "coded_only"]
    saved = 1 - both["width"].to_numpy() / alone["width"].to_numpy()
    low, high = NOMINAL
    right = both["coverage"].between(low, high).all()
    return (
        f"In {count(TIMES, 'sample')} of the generated press"
        f" {span(100 * both['coverage'].min(), 100 * both['coverage'].max(), _tenths)}%"
        " of the 95% intervals of estimates hold the truth, for each outlet and for all; the usual"
        f" interval around the count never does. The dictionary’s help makes the intervals"
        f" {span(percent(saved.min()), percent(saved.max()))} narrower than the coded sample alone.",
        bool(right and naive["coverage"].max() == 0 and saved.min() > 0),
    )


def two_coders(corpus: Corpus, topic: str = "bilateral") -> pd.DataFrame:
    """Return a part of the stories as one reader codes it, and half of that as another does.

    Parameters
    ----------
    corpus, topic : Corpus, str
        With two readings of its topics, and the topic.

    Returns
    -------
    pandas.DataFrame
        As `usru.coding.joined` gives it; `coded` and `second` are missing where nobody read.
    """
    population = sampling.population(corpus, sampling.Design("topics", PART))
    drawn, twice = (
        sampling.draw(population, sampling.Design("topics", n)) for n in (PART, PART // 2)
    )
    table = joined(corpus, "topics", "reading-1", code=topic, second="reading-2")
    return table.assign(
        probability=drawn["probability"], coded=table["coded"].where(drawn["drawn"]),
        second=table["second"].where(twice["drawn"]),
    )  # fmt: skip


@finding("estimates-7")
def _coders(corpus: Corpus) -> tuple[str, bool | None]:
    """That two coders may differ is part of what is not known."""
    names, n = ("reading-1", "reading-2"), len(corpus.paragraphs)
    if "bilateral" not in corpus.codebook.topics or any(
        len(corpus.coding("topics", name)) < n for name in names
    ):
        return "There are no two readings of these paragraphs.", None
    if n <= PART:
        return "There are too few paragraphs to read only some of them.", None
    table = two_coders(corpus)
    found = estimate.mean(table, *COLUMNS, second="second").iloc[0]
    one, other = (
        span(found[low], found[high], percent)
        for low, high in (("low", "high"), ("low_coders", "high_coders"))
    )
    wider = (found["high_coders"] - found["low_coders"]) / (found["high"] - found["low"])
    alpha = agreement.alpha(table["coded"], table["second"], "nominal")
    called = corpus.labels["topic"]["bilateral"]
    return (
        f"{estimate.reliability(table, 'coded', 'second', noun='paragraph')} That is good agreement,"
        " and still a part of what is not known. By the first the share on"
        f" {called} is {percent(found['estimate'])} ({one}); with the second, who read only"
        f" {table['second'].notna().sum()}, it may be {other}: {number(wider, 1)} times as wide.",
        bool(alpha >= GOOD_ALPHA and wider > 1.2)
        and bool(found["low_coders"] <= found["low"] < found["high"])
        and bool(found["high"] <= found["high_coders"]),
    )
