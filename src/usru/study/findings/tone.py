"""How the stories portray relations, and what word lists make of it."""

from textwrap import shorten

import pandas as pd

from usru.analysis import tone
from usru.analysis.tone import negation, portrayal, validity
from usru.analysis.uncertainty import least_pvalue
from usru.corpus import Corpus
from usru.figures.sentiment import READERS, comparisons, joint_tests
from usru.study.findings import finding

__all__ = ["CONFLICT", "WEAK", "carried_by", "conclusions", "heard", "joined", "means_by_conflict",
           "speakers"]  # fmt: skip

CONFLICT = ("sanctions", "retaliation")
"""The topics of the sanctions and of what answered them."""

WEAK = 0.5
"""The rank correlation below which agreement is called weak here."""

CONCLUSIVE = 0.667  # Krippendorff's alpha, the least that allows tentative conclusions

UNREAD = "Nobody has coded the valence of these paragraphs."


def _listed(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _called(corpus: Corpus) -> dict[str, str]:
    """What a sentence calls each story: its outlet, with its title where an outlet has several."""
    table = corpus.documents.set_index("doc_id")
    alone = ~table["outlet"].duplicated(keep=False) & table["outlet"].astype(bool)
    short = table["title"].map(lambda title: shorten(title, 28, placeholder=" …"))
    names = table["outlet"].where(alone, table["outlet"] + " (“" + short + "”)")
    return {str(doc_id): str(name) for doc_id, name in names.items()}


def _signed(number: float) -> str:
    """A number with its sign, of which 0 has none."""
    return f"{number:+.2f}" if round(number, 2) else "0.00"


def _read(corpus: Corpus) -> pd.DataFrame:
    """The mean of each story in the reading, the highest first."""
    found = portrayal.group_means(corpus.valence)
    read = found[found["measure"] == portrayal.READING]
    return read.sort_values("mean", ascending=False, kind="stable").set_index("doc_id")


# What the reading says ---------------------------------------------------------------------------


@finding("tone-8")
def _stories(corpus: Corpus) -> tuple[str, bool | None]:
    """The stories portray the relations differently, most hopefully the one that reports Lavrov."""
    read, called = _read(corpus), _called(corpus)
    if len(read) < 2:
        return UNREAD if read.empty else "One story cannot be compared.", None
    told = [
        f"{called[str(row.Index)]} {_signed(row.mean)} ({row.low:.2f} to {row.high:.2f}, n = {row.n})"
        for row in read.itertuples()
    ]
    best, worst = read.iloc[0], read.iloc[-1]
    return (
        "The stories portray US–Russia relations differently, on a scale from -2 (hostile) to 2"
        f" (joint commitment), by the mean of their paragraphs: {_listed(told)}. The interval of the"
        " most hopeful story lies above zero and above that of the least hopeful; intervals are over"
        f" the paragraphs of a story. The reading is {READERS}.",
        best["low"] > max(0.0, worst["high"]),
    )


@finding("tone-9")
def _told_otherwise(corpus: Corpus) -> tuple[str, bool | None]:
    """Word lists put the stories in another order."""
    read, called = _read(corpus), _called(corpus)
    found = portrayal.group_means(corpus.valence)
    lists = found[found["measure"] != portrayal.READING]
    if len(read) < 2 or lists.empty:
        return UNREAD if read.empty else "There is nothing to compare.", None
    other = lists["rank"].to_numpy() != lists["doc_id"].map(read["rank"]).to_numpy()
    moved = pd.Series(other).groupby(lists["measure"].to_numpy(), sort=False).sum()
    first = lists[lists["rank"] == 1].drop_duplicates("measure").set_index("measure")["doc_id"]
    told = [
        f"{name} puts {called[str(first[name])]} first and {n} of {len(read)} stories on another"
        " rank than the reading"
        for name, n in moved.items()
    ]
    which = "Word" if (moved > 0).all() else "Some word"
    return (
        f"{which} lists would have told it otherwise: {'; '.join(told)}. In the reading"
        f" {called[str(read.index[0])]} is first.",
        bool((moved > 0).any()),
    )


@finding("tone-10")
def _arc_told(corpus: Corpus) -> tuple[str, bool | None]:
    """From the first meeting to the last the portrayal rises and then falls below its start."""
    means, read = _arc(corpus)
    if len(means) < 3:
        return UNREAD if read.empty else "There are fewer than three meetings to follow.", None
    hostile = read[read["valence"] == -2][corpus.group].value_counts()
    told = [f"{name} {row['mean']:+.2f} (n = {row['size']:.0f})" for name, row in means.iterrows()]
    first, last, top = means["mean"].iloc[0], means["mean"].iloc[-1], means["mean"].idxmax()
    return (
        f"From hope to sanctions: mean valence is {_listed(told)}. It is highest at {top} and ends"
        f" below where it began; all {hostile.sum()} paragraphs that portray relations as hostile"
        f" are of {means.index[-1]}.",
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
    on, off, before = parts.loc[(last, True)], parts.loc[(last, False)], parts.loc[(first, False)]
    own = read[read[corpus.group] == last]["doc_id"].unique()
    by_story = carried_by(corpus)
    by_story = by_story[by_story.index.isin(own)].dropna()
    return (
        f"The paragraphs on sanctions and retaliation carry the fall below {first}: the {on['n']:.0f} of {last}"
        f" average {_signed(on['mean'])}, its {off['n']:.0f} others {_signed(off['mean'])}, no lower"
        f" than those of {first} ({_signed(before['mean'])}). In each of the {len(by_story)} stories"
        f" of {last} they are the more hostile ones.",
        bool(
            on["mean"] < -1
            and off["mean"] >= before["mean"]
            and len(by_story) == len(own)
            and (by_story[True] < by_story[False]).all()
        ),
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
    read, called = _read(corpus), _called(corpus)
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
    told = [f"{value:.2f} from {name}" for name, value in others.items()]
    return (
        f"Five stories do not carry an arc of the relations: {called[str(one)]} and"
        f" {called[str(other)]}, of one outlet and meeting, lie {gap:.2f} apart, while {group} as a"
        f" whole lies {_listed(told)}. A meeting cannot be told from who wrote of it, and in which"
        " genre.",
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
    told = [
        f"{row.rho:.2f} ({row.low:.2f} to {row.high:.2f}) for {row.instrument}, within stories"
        f" {row.within:.2f} ({row.within_low:.2f} to {row.within_high:.2f})"
        for row in trust.itertuples()
    ]
    above = int((trust["within_low"] > 0).sum())
    how = "weakly" if trust["rho"].max() < WEAK else "in part"
    return (
        f"The instruments agree {how} with the reading of {trust['n'].max()} paragraphs; rank"
        f" correlation is {'; '.join(told)}. Within stories {above} of {len(trust)} intervals lie"
        " above 0. Two readings by language models agree with each other (Krippendorff's alpha"
        f" {alpha:.2f}, by distance): such a reading repeats, which does not make it valid, nor is"
        " it a bound for an instrument.",
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
    told = [f"{name} {n}" for name, n in opposite.items()]
    return (
        f"Each instrument turns the sign of more than one in ten of the {clear} paragraphs that are"
        f" not neutral in the reading: {_listed(told)}.",
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
    told = [
        f"{row.guess} {row.accuracy:.0%} ({row.accuracy_low:.0%} to {row.accuracy_high:.0%},"
        f" alpha {row.alpha:.2f})"
        for row in found[~constant].itertuples()
    ]
    clear = int((found[~constant]["accuracy_low"] > best["accuracy"]).sum())
    enough = int((found[~constant]["alpha"] >= CONCLUSIVE).sum())
    return (
        f"Of the signs of {best['n']} paragraphs, who says “{best['guess']}” has"
        f" {best['accuracy']:.0%} right; {_listed(told)}. {clear} of {(~constant).sum()} intervals"
        f" lie above that, and {enough} reach an alpha of {CONCLUSIVE}, the least that Krippendorff"
        " allows for tentative conclusions. Whoever always says the same does worse than chance by"
        f" alpha ({best['alpha']:.2f}).",
        bool(best["alpha"] < 0 and (found[~constant]["alpha"] > best["alpha"]).all()),
    )


@finding("tone-4")
def _contractions(corpus: Corpus) -> tuple[str, bool | None]:
    """To TextBlob no contraction negates."""
    del corpus  # the same for all texts
    found = negation.contracted("textblob")
    example = found.iloc[0]
    return (
        f"To TextBlob “not {example['adjective']}” is {example['negated']:+.2f} and"
        f" “{example['contraction']} {example['adjective']}” {example['contracted']:+.2f}. So it is"
        f" with all {found['contraction'].nunique()} contractions of auxiliaries (with either"
        f" apostrophe, and “cannot”) before each of {found['adjective'].nunique()} adjectives:"
        f" {found['ignored'].sum()} of {len(found)} leave the sign as it is.",
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
    told = [
        f"{row['comparison']} {row['one sign']:.0%} of {row['specifications']} with one sign"
        for _, row in found.iterrows()
    ]
    tried = found[found["arrangements"] > 0]
    joint = [f"{row['comparison']} p = {row['p of median']:.2f}" for _, row in tried.iterrows()]
    tests = f"all choices together: {_listed(joint)}" if joint else "none of them"
    return (
        f"By word lists none of the {len(found)} headline differences in tone is carried by every"
        f" reasonable choice ({'; '.join(told)}). Exchanging labels within stories tests {tests}; for"
        f" {len(found) - len(tried)} there are no labels to exchange, as each story has only one.",
        bool((found["carried"] == "no").all() and (tried["p of median"] > 0.05).all()),
    )


@finding("tone-6")
def _either(corpus: Corpus) -> tuple[str, bool | None]:
    """By choosing one can report either sign."""
    curve = comparisons(corpus).dropna(subset="estimate")
    if curve.empty:
        return "There is nothing to compare.", None
    ends = curve.groupby("comparison", sort=False)["estimate"].agg(["min", "max"])
    told = "; ".join(
        f"{row.Index} from {row.min:+.3f} to {row.max:+.3f}" for row in ends.itertuples()
    )
    return (
        "Who chooses among reasonable specifications can report either sign of each difference:"
        f" {told}.",
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
    [1680, 1680, 1680]
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
        f"Within the stories that quote both, {first['first']} and {first['second']} are not told"
        f" apart by any of {len(found)} instruments (by paragraph, {first['arrangements']:,}"
        f" arrangements; smallest corrected p {found['holm'].min():.2f})."
    )
    if least == least:
        told += (
            " Meetings are described and not tested: exchanging whole stories between two of them"
            f" gives no p below {least:.2f}, however far apart they are."
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
        return "No page carries readers' comments, or none can be scored.", None
    told = [
        f"{row.instrument} p = {row.holm:.2f}, difference {row.low:+.3f} to {row.high:+.3f}"
        for row in found.itertuples()
    ]
    first = found.iloc[0]
    return (
        f"By no instrument are the story ({first['n_first']} paragraphs) and its readers"
        f" ({first['n_second']} comments) told apart: {'; '.join(told)} (p corrected). That does not"
        " show that they sound alike: the intervals, on a scale from -1 to 1, leave room for a"
        " difference either way.",
        bool((found["holm"] > 0.05).all() and ((found["low"] < 0) & (found["high"] > 0)).all()),
    )
