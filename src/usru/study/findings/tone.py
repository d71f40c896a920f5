"""How the stories portray relations, and what word lists make of it."""

import pandas as pd

from usru.analysis import tone
from usru.analysis.tone import negation, portrayal, validity
from usru.analysis.uncertainty import least_pvalue
from usru.corpus import Corpus
from usru.figures.sentiment import comparisons, joint_tests
from usru.study.findings import finding
from usru.wording import count, listed, number, percent, signed, span

__all__ = ["CONFLICT", "WEAK", "carried_by", "conclusions", "heard", "joined", "means_by_conflict",
           "speakers"]  # fmt: skip

CONFLICT = ("sanctions", "retaliation")
"""The topics of the sanctions and of what answered them."""

WEAK = 0.5
"""The rank correlation below which agreement is called weak here."""

CONCLUSIVE = 0.667  # Krippendorff's alpha, the least that allows tentative conclusions

UNREAD = "Nobody has coded the valence of these paragraphs."


def _between(corpus: Corpus, comparison: str) -> str:
    """What is compared, by names: “Manila and Bonn”."""
    return corpus.labels[corpus.group].listed(comparison.split(" – "))


def _read(corpus: Corpus) -> pd.DataFrame:
    """The mean of each story in the reading, the highest first."""
    found = portrayal.group_means(corpus.valence)
    read = found[found["measure"] == portrayal.READING]
    return read.sort_values("mean", ascending=False, kind="stable").set_index("doc_id")


# What the reading says ---------------------------------------------------------------------------


@finding("tone-8")
def _stories(corpus: Corpus) -> tuple[str, bool | None]:
    """The stories portray the relations differently, most hopefully the one that reports Lavrov."""
    read, called = _read(corpus), corpus.labels["doc_id"]
    if len(read) < 2:
        return UNREAD if read.empty else "One story cannot be compared.", None
    told = listed(
        f"{called[row.Index]} {signed(row.mean)} ({span(row.low, row.high, signed)}, n = {row.n})"
        for row in read.itertuples()
    )
    best, worst = read.iloc[0], read.iloc[-1]
    return (
        f"US–Russia relations are portrayed most hopefully in {called[best.name]} and least in {called[worst.name]}; their intervals lie apart, the former above zero. Means of a story’s paragraphs, from −2 (hostile) to +2 (joint commitment), with 95% intervals, are {told}. The reading is the reference made from two, by language models that had only the codebook and the texts.",
        best["low"] > max(0.0, worst["high"]),
    )


@finding("tone-9")
def _told_otherwise(corpus: Corpus) -> tuple[str, bool | None]:
    """Word lists put the stories in another order."""
    read, called = _read(corpus), corpus.labels["doc_id"]
    found = portrayal.group_means(corpus.valence)
    lists = found[found["measure"] != portrayal.READING]
    if len(read) < 2 or lists.empty:
        return UNREAD if read.empty else "There is nothing to compare.", None
    other = lists["rank"].to_numpy() != lists["doc_id"].map(read["rank"]).to_numpy()
    moved = pd.Series(other).groupby(lists["measure"].to_numpy(), sort=False).sum()
    first = lists[lists["rank"] == 1].drop_duplicates("measure").set_index("measure")["doc_id"]
    told = listed(
        f"{corpus.labels['instrument'][name]} puts {called[first[name]]} first ({n} of {len(read)} on another rank)"
        for name, n in moved.items()
    )
    which = "Word" if (moved > 0).all() else "Some word"
    return (
        f"{which} lists would have ranked the stories otherwise than the reading, in which"
        f" {called[read.index[0]]} is first: {told}.",
        bool((moved > 0).any()),
    )


@finding("tone-10")
def _arc_told(corpus: Corpus) -> tuple[str, bool | None]:
    """From the first meeting to the last the portrayal rises and then falls below its start."""
    means, read = _arc(corpus)
    if len(means) < 3:
        return UNREAD if read.empty else "There are fewer than three meetings to follow.", None
    hostile = read[read["valence"] == -2][corpus.group].value_counts()
    names = corpus.labels[corpus.group]
    told = listed(
        f"{signed(row['mean'])} in {names[name]} (n = {number(row['size'], 0)})"
        for name, row in means.iterrows()
    )
    first, last, top = means["mean"].iloc[0], means["mean"].iloc[-1], means["mean"].idxmax()
    return (
        f"The portrayal of relations rises until {names[top]} and ends below where it began: mean"
        f" valence is {told}. Only in {names[means.index[-1]]} do paragraphs portray relations as"
        f" hostile, {hostile.sum()} in all.",
        top not in (means.index[0], means.index[-1])
        and last < first
        and hostile.index.tolist() == [means.index[-1]],
    )


def _arc(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mean and size by meeting, in the order of publication, and the paragraphs behind them."""
    order = corpus.documents.sort_values("published", kind="stable")[["doc_id"]]
    groups = corpus.grouped(order, corpus.group)[corpus.group].unique()
    read = corpus.grouped(corpus.valence, corpus.group)
    means = read.groupby(corpus.group)["valence"].agg(["mean", "size"])
    return means.reindex([name for name in groups if name in means.index]), read


@finding("tone-11")
def _carried(corpus: Corpus) -> tuple[str, bool | None]:
    """What falls at the last meeting are the paragraphs on sanctions, in each of its stories."""
    means, read = _arc(corpus)
    parts = means_by_conflict(corpus, corpus.group).set_index([corpus.group, "on"])
    if len(means) < 2 or (means.index[-1], True) not in parts.index:
        return UNREAD if read.empty else "No paragraph of the last meeting is on sanctions.", None
    first, last = means.index[0], means.index[-1]
    if not {(last, False), (first, False)} <= {*parts.index}:
        return "All paragraphs of a meeting are on sanctions.", None
    on, off, before = parts.loc[(last, True)], parts.loc[(last, False)], parts.loc[(first, False)]
    names = corpus.labels[corpus.group]
    own = read[read[corpus.group] == last]["doc_id"].unique()
    by_story = carried_by(corpus)
    by_story = by_story[by_story.index.isin(own)].dropna()
    lower = (by_story[True] < by_story[False]).sum()
    return (
        f"Paragraphs on sanctions and retaliation carry the fall from {names[first]} to"
        f" {names[last]}: their mean is {signed(on['mean'])} there (n = {number(on['n'], 0)}),"
        f" that of all others {signed(off['mean'])} (n = {number(off['n'], 0)}), no lower than in"
        f" {names[first]} ({signed(before['mean'])}). In {names[last]} they are the more hostile"
        f" ones in {lower} of {count(len(own), 'story', 'stories')}.",
        bool(on["mean"] < -1 and off["mean"] >= before["mean"] and lower == len(own)),
    )


def means_by_conflict(corpus: Corpus, by: str = "doc_id") -> pd.DataFrame:
    """Return the mean valence of paragraphs on sanctions or retaliation, and of the others.

    Parameters
    ----------
    corpus, by : Corpus, str
        A coded corpus, and a column that groups its documents.

    Returns
    -------
    pandas.DataFrame
        The column `by`, `on` (bool: on one of `CONFLICT`), `n` (paragraphs), `mean`.

    Examples
    --------
    >>> from usru import load
    >>> means_by_conflict(load(), "meeting")["n"].tolist()
    [33, 2, 18, 17, 8]
    """
    read = corpus.grouped(corpus.valence, by)
    read = read.assign(on=portrayal.on_any(read, corpus.coded_topics, CONFLICT))
    found = read.groupby([by, "on"])["valence"].agg(n="size", mean="mean").reset_index()
    order = {name: place for place, name in enumerate(read[by].unique())}
    return found.sort_values([by, "on"], key=lambda c: c.map(order) if c.name == by else c,
                             ignore_index=True)  # fmt: skip


def carried_by(corpus: Corpus) -> pd.DataFrame:
    """Return the two means of `means_by_conflict` of each story side by side.

    Parameters
    ----------
    corpus : Corpus
        A coded corpus.

    Examples
    --------
    >>> from usru import load
    >>> carried_by(load()).loc["manila-breitbart"].round(2).to_dict()
    {False: 0.44, True: -1.33}
    """
    table = means_by_conflict(corpus).pivot_table(index="doc_id", columns="on", values="mean")
    return table.reindex(columns=[False, True])


@finding("tone-12")
def _no_arc(corpus: Corpus) -> tuple[str, bool | None]:
    """Two stories of one outlet and meeting differ more than that meeting does from any other."""
    means, _ = _arc(corpus)
    read, called = _read(corpus), corpus.labels["doc_id"]
    about = corpus.grouped(corpus.documents, corpus.group).set_index("doc_id")
    pairs = [
        (abs(read["mean"][one] - read["mean"][other]), one, other)
        for i, one in enumerate(read.index)
        for other in read.index[i + 1 :]
        if all(about.loc[one, c] == about.loc[other, c] for c in (corpus.group, "outlet"))
    ]
    if not pairs or len(means) < 2:
        return "No outlet has two stories of one meeting, or there is one meeting.", None
    gap, one, other = max(pairs)
    group = about.loc[one, corpus.group]
    others = (means["mean"].drop(group) - means["mean"][group]).abs()
    names = corpus.labels[corpus.group]
    told = listed(f"{number(value)} from {names[name]}" for name, value in others.items())
    return (
        f"The {count(len(read), 'story', 'stories')} do not carry an arc of the relations: two of"
        f" one outlet and meeting ({called.listed([one, other])}) are {number(gap)} apart, while"
        f" {names[group]} as a whole is {told}. A meeting cannot be told from who wrote about it,"
        " and in which genre.",
        bool(gap > others.max()),
    )


# What the instruments are worth ------------------------------------------------------------------


@finding("tone-2")
def _agreement(corpus: Corpus) -> tuple[str, bool | None]:
    """Scores agree weakly with the reading, which repeats itself."""
    table = corpus.valence
    trust = validity.agreement(table).dropna(subset="rho")
    alpha = validity.reliability(table)
    if trust.empty:
        return UNREAD if table.empty else "Scores or readings do not vary.", None
    names = corpus.labels["instrument"]
    over, within = (
        listed(
            f"{number(rho)}{f' for {names[name]}' * named} ({span(low, high, number)})"
            for name, rho, low, high in zip(trust["instrument"], *ends, strict=True)
        )
        for named, ends in (
            (True, (trust["rho"], trust["low"], trust["high"])),
            (False, (trust["within"], trust["within_low"], trust["within_high"])),
        )
    )
    above = int((trust["within_low"] > 0).sum())
    how = "weakly" if trust["rho"].max() < WEAK else "in part"
    return (
        f"Word lists agree {how} with the reading of {count(trust['n'].max(), 'paragraph')}: rank"
        f" correlation is {over}. Within stories it is {within}, with {above} of {len(trust)}"
        " intervals above 0. Two readings by language models agree with each other (Krippendorff’s"
        f" alpha {number(alpha)}, by distance): such a reading repeats, which does not make it"
        " valid, nor is it a bound for an instrument.",
        bool(alpha >= 0.8),
    )


@finding("tone-3")
def _turned(corpus: Corpus) -> tuple[str, bool | None]:
    """Each instrument turns the sign of some paragraphs."""
    table = corpus.valence
    clear = int((table["valence"] != 0).sum())
    if not clear:
        return UNREAD if table.empty else "All paragraphs are neutral in the reading.", None
    names = [name for name in tone.INSTRUMENTS if name in table]
    opposite = {name: int((table["valence"] * table[name] < 0).sum()) for name in names}
    told = listed(f"{corpus.labels['instrument'][name]} of {n}" for name, n in opposite.items())
    return (
        "Each word list turns the sign of more than one in ten paragraphs that are not neutral in"
        f" the reading: {told}, out of {clear}.",
        all(n > clear / 10 for n in opposite.values()),
    )


@finding("tone-13")
def _baselines(corpus: Corpus) -> tuple[str, bool | None]:
    """Who always says the same sign is right nearly as often."""
    found = portrayal.by_sign(corpus.valence)
    if found.empty:
        return UNREAD, None
    constant = found["guess"].str.startswith("always ")
    best = found[constant].sort_values("accuracy").iloc[-1]
    told = listed(
        f"{corpus.labels['instrument'][row.guess]} {percent(row.accuracy)}"
        f" ({span(row.accuracy_low, row.accuracy_high, percent)}, alpha {number(row.alpha)})"
        for row in found[~constant].itertuples()
    )
    clear = int((found[~constant]["accuracy_low"] > best["accuracy"]).sum())
    enough = int((found[~constant]["alpha"] >= CONCLUSIVE).sum())
    return (
        f"Of the signs of {count(best['n'], 'paragraph')}, whoever guesses “{best['guess']}” has"
        f" {percent(best['accuracy'])} right; {told}. The interval is above that guess for {clear}"
        f" of {count((~constant).sum(), 'word list')}, and alpha reaches {CONCLUSIVE}, the least"
        f" that Krippendorff allows for tentative conclusions, for {enough or 'none'}. Always"
        f" guessing the same is worse than chance by alpha ({number(best['alpha'])}).",
        bool(best["alpha"] < 0 and (found[~constant]["alpha"] > best["alpha"]).all()),
    )


@finding("tone-4")
def _contractions(corpus: Corpus) -> tuple[str, bool | None]:
    """To TextBlob no contraction negates."""
    del corpus  # the same for all texts
    found = negation.contracted(tone.INSTRUMENTS["textblob"])
    example = found.iloc[0]
    return (
        f"TextBlob takes no contraction for a negation: “not {example['adjective']}” is"
        f" {signed(example['negated'])}, but “{example['contraction']} {example['adjective']}” is"
        f" {signed(example['contracted'])}. So it is in {found['ignored'].sum()} of"
        f" {count(len(found), 'case')}: {found['contraction'].nunique()} contractions of"
        " auxiliaries (with either apostrophe, and “cannot”) before"
        f" {found['adjective'].nunique()} adjectives.",
        bool(found["ignored"].all() and (found["negated"] * found["plain"] < 0).all()),
    )


# What scores could tell apart --------------------------------------------------------------------


def conclusions(corpus: Corpus) -> pd.DataFrame:
    """Return what each specification curve says together: our rule, and the joint test.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        One row a `comparison`: `specifications`, `one sign` (the share with the sign of the
        median), `median`, `intervals apart from 0`, `carried` (by the rule of
        `usru.analysis.tone.robustness`), and of the joint test the `arrangements` and the p-values
        of `median`, `one sign` and of the `significant` specifications; missing where labels are
        constant within stories.

    Examples
    --------
    >>> from usru import load
    >>> conclusions(load())["carried"].tolist()
    ['no', 'no', 'no']
    """
    tests = joint_tests(corpus).set_index("comparison")
    rows = []
    for name, part in comparisons(corpus).groupby("comparison", sort=False):
        rule, test = tone.robustness(part), tests.loc[name]
        carried = "yes" if rule.robust else "no"
        rows.append((name, rule.specifications, rule.same_sign, rule.median, rule.excluding_zero,
                     carried, test["arrangements"], test["median_pvalue"],
                     test["same_sign_pvalue"], test["significant_pvalue"]))  # fmt: skip
    columns = ["comparison", "specifications", "one sign", "median", "intervals apart from 0",
               "carried", "arrangements", "p of median", "p of one sign",
               "p of significant ones"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).round(3)


@finding("tone-1")
def _choices(corpus: Corpus) -> tuple[str, bool | None]:
    """No difference in tone is carried by every reasonable choice."""
    found = conclusions(corpus)
    if found.empty:
        return "There is nothing to compare.", None
    told = listed(
        f"{percent(row['one sign'])} of {count(row['specifications'], 'choice')} between"
        f" {_between(corpus, row['comparison'])}"
        for _, row in found.iterrows()
    )
    tried = found[found["arrangements"] > 0]
    joint = listed(
        (f"p = {number(row['p of median'])} between {_between(corpus, row['comparison'])}"
         for _, row in tried.iterrows()),
        nothing="nothing",
    )  # fmt: skip
    left = len(found) - len(tried)
    why = "cannot be tested so, as each story has only one label"
    untried = f"; {left} of {count(len(found), 'difference')} {why}" if left else ""
    return (
        "By word lists no difference in tone is carried by every reasonable choice: one sign"
        f" prevails in {told}. Exchanging labels within stories tests all choices together and"
        f" gives {joint}{untried}.",
        bool((found["carried"] == "no").all() and (tried["p of median"] > 0.05).all()),
    )


@finding("tone-6")
def _either(corpus: Corpus) -> tuple[str, bool | None]:
    """By choosing one can report either sign."""
    curve = comparisons(corpus).dropna(subset="estimate")
    if curve.empty:
        return "There is nothing to compare.", None
    ends = curve.groupby("comparison", sort=False)["estimate"].agg(["min", "max"])
    told = listed(
        f"between {_between(corpus, row.Index)} from {signed(row.min, 3)} to {signed(row.max, 3)}"
        for row in ends.itertuples()
    )
    return (
        "Whoever chooses among reasonable ways to score tone can report either sign of each"
        f" difference: {told}.",
        bool(((ends["min"] < 0) & (ends["max"] > 0)).all()),
    )


def speakers(corpus: Corpus) -> pd.DataFrame:
    """Return the tests of the pairs of speakers that the manifest compares.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.tone.contrasts` of what they are quoted with; without the pairs that no
        document quotes both of.

    Examples
    --------
    >>> from usru import load
    >>> speakers(load())["arrangements"].tolist()
    [1680, 1680, 1680, 1680]
    """
    quoted = corpus.scored("segments").query("voice == 'quotation'")
    pairs = [
        ("speaker", first, second) for first, second in corpus.manifest.compare.get("speaker", ())
    ]
    return tone.contrasts(quoted, pairs).dropna(subset="pvalue").reset_index(drop=True)


@finding("tone-5")
def _differences(corpus: Corpus) -> tuple[str, bool | None]:
    """No test within stories is significant, and no test between meetings could be."""
    found = speakers(corpus)
    if found.empty:
        return "No two speakers that are compared are quoted in the same story.", None
    stories = corpus.documents["meeting"].replace("", pd.NA).dropna().value_counts()
    pairs = corpus.manifest.compare.get("meeting", ())
    least = min(
        (least_pvalue(int(stories[a]), int(stories[b])) for a, b in pairs if {a, b} <= set(stories.index)),
        default=float("nan"),
    )  # fmt: skip
    first = found.iloc[0]
    told = (
        f"No word list tells {first['first']} from {first['second']} within the stories that quote"
        f" both ({count(len(found), 'list')}, by paragraph,"
        f" {count(first['arrangements'], 'arrangement')}; smallest corrected p"
        f" {number(found['holm'].min())})."
    )
    if least == least:
        told += (
            " Meetings are described and not tested: exchanging whole stories between two of them"
            f" gives no p below {number(least)}, however far apart they are."
        )
    return told, bool(found["holm"].min() > 0.05 and not least <= 0.05)


def joined(corpus: Corpus) -> pd.DataFrame:
    """Return the sentences of the stories with comments and of their readers, scored.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `Corpus.scored` gives them, with `who`, ``"story"`` or ``"readers"``; a comment is a
        block.

    Examples
    --------
    >>> from usru import load
    >>> joined(load())["who"].unique().tolist()
    ['story', 'readers']
    """
    comments = corpus.scored("comment sentences").assign(who="readers", reused=False)
    segments = corpus.scored("segments").assign(who="story", reused=False)
    own = segments[segments["doc_id"].isin(comments["doc_id"].unique())]
    return pd.concat([own, comments], ignore_index=True)


def heard(corpus: Corpus) -> pd.DataFrame:
    """Return the tests of the stories with comments against their readers.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.tone.contrasts`, with `low` and `high`, the ends of the bootstrap interval
        of the difference over paragraphs and comments.

    Examples
    --------
    >>> from usru import load
    >>> heard(load())[["n_first", "n_second"]].drop_duplicates().values.tolist()
    [[12, 20]]
    """
    both = joined(corpus)
    if both.empty:
        return pd.DataFrame(columns=["instrument", "n_first", "n_second", "holm", "low", "high"])
    found = tone.contrasts(both, [("who", "story", "readers")])
    curve = tone.specifications(both, "who", "story", "readers")
    plain = curve[
        (curve["unit"] == "word") & (curve["reused"] == "in") & (curve["neutral"] == "in")
    ]
    return found.merge(plain[["instrument", "low", "high"]], on="instrument")


@finding("tone-7")
def _readers(corpus: Corpus) -> tuple[str, bool | None]:
    """The story and its readers are not told apart, which does not make them alike."""
    found = heard(corpus).dropna(subset="holm")
    if found.empty:
        return "No page has readers’ comments that can be scored.", None
    told = listed(
        f"{number(row.holm)} for {corpus.labels['instrument'][row.instrument]} (difference"
        f" {span(signed(row.low, 3), signed(row.high, 3))})"
        for row in found.itertuples()
    )
    first = found.iloc[0]
    return (
        f"No word list tells the story ({count(first['n_first'], 'paragraph')}) from its readers"
        f" ({count(first['n_second'], 'comment')}): corrected p is {told}. That does not show that"
        " they sound alike: the intervals, on a scale from −1 to +1, leave room for a difference"
        " either way.",
        bool((found["holm"] > 0.05).all() and ((found["low"] < 0) & (found["high"] > 0)).all()),
    )
