"""What changes when a few stories become thousands of articles, or a million."""

from usru.corpus import Corpus
from usru.evaluation import cost, generated
from usru.figures import scale
from usru.study.findings import finding
from usru.wording import count, number, percent, span

MILLION = 1_000_000
WORKERS = (1, 8, 64)
FEWER = 10  # of how many articles one is left, to see what that does to an interval
ALIKE = 1.2  # times as wide as another an interval may be, and still be called as wide
HELD = 0.8  # of a dozen intervals of 95% one or two may miss
FOUND = 0.98  # the least share of copies that must be found


@finding("scale-1")
def _covered(corpus: Corpus) -> tuple[str, bool | None]:
    """The count is off where words change; estimates from a coded sample hold the truth."""
    table = scale.coverage(corpus)
    held = table["truth"].between(table["low"], table["high"])
    counted = table["naive"].between(table["low"], table["high"])
    off = (table["naive"] - table["truth"]).abs()
    near = (table["estimate"] - table["truth"]).abs()
    return (
        f"In {count(scale.DOCUMENTS, 'generated article')} of {count(table['outlet'].nunique(), 'outlet')} the"
        f" count of the dictionary is up to {number(100 * off.max(), 0)} points from the share of paragraphs"
        f" that are on sanctions in a quarter, the estimate up to {number(100 * near.max(), 0)}. From"
        f" {count(table['n_coded'].sum(), 'coded paragraph')} of {table['n'].sum():,}, {held.sum()} of"
        f" {count(len(table), 'interval')} of estimates hold the truth, {counted.sum()} the count.",
        bool(held.sum() >= HELD * len(table) and counted.sum() < 0.75 * len(table))
        and bool(off.max() > 2 * near.max()),
    )


@finding("scale-2")
def _trend(corpus: Corpus) -> tuple[str, bool | None]:
    """Where words change fastest the count falls, while the topic grows."""
    table = scale.coverage(corpus)
    ends = table.groupby("outlet", sort=False)[["naive", "truth"]].agg(["first", "last"])
    change = ends.xs("last", axis=1, level=1) - ends.xs("first", axis=1, level=1)
    outlet = (change["truth"] - change["naive"]).idxmax()
    first, last = (table[table["outlet"] == outlet].iloc[at] for at in (0, -1))
    before, after = (span(row["low"], row["high"], percent) for row in (first, last))
    return (
        f"By the count {outlet} writes less of sanctions in the fourth quarter than in the first"
        f" ({percent(last['naive'])} after {percent(first['naive'])}), since its words for them change; in"
        f" truth it writes more ({percent(last['truth'])} after {percent(first['truth'])}). The estimates say so:"
        f" {after} after {before}.",
        bool(last["naive"] < first["naive"] and last["truth"] > first["truth"])
        and scale.rises(table, outlet),
    )


@finding("scale-3")
def _precision(corpus: Corpus) -> tuple[str, bool | None]:
    """An interval is as wide by how many are coded, whatever the size of the corpus."""
    whole, part = scale.widths(corpus, FEWER)
    wide, narrow = 100 * whole["width"], 100 * part["width"]
    return (
        f"Precision has to be read, not collected. From {count(scale.FEW, 'coded paragraph')} the share on"
        f" sanctions in {whole['n']:,} paragraphs has an interval of {number(wide, 1)} points; from as many in"
        f" a tenth of the articles, {part['n']:,} paragraphs, one of {number(narrow, 1)}. What {FEWER} times"
        " as many articles add is work for the machine.",
        bool(wide < ALIKE * narrow and narrow < ALIKE * wide)
        and bool(whole["n"] > FEWER / 2 * part["n"]),
    )


@finding("scale-4")
def _repeated(corpus: Corpus) -> tuple[str, bool | None]:
    """Passages that outlets share are found without comparing all articles with all."""
    made, found, extra = scale.recalled(corpus)
    pairs = scale.DOCUMENTS * (scale.DOCUMENTS - 1) // 2
    reports = generated.articles(scale.DOCUMENTS).table
    share = made / len(reports)
    return (
        f"{percent(share)} of the articles repeat a report that another outlet had first. Of these {made:,} the"
        f" search finds {found:,} ({percent(found / made)}), and {count(extra, 'passage')} that"
        f" {'was' if extra == 1 else 'were'} not copied, without comparing {pairs:,} pairs of articles.",
        bool(found >= FOUND * made and extra <= 0.02 * made),
    )


@finding("scale-5")
def _cost(corpus: Corpus) -> tuple[str, bool | None]:
    """What a million articles take on one core, on eight and on sixty-four."""
    table = cost.table(MILLION, WORKERS)
    one, few, many = (f"{number(value, 1)} hours" for value in table["hours"])
    gain = table["times_as_fast"].iloc[-1]
    each = 1000 * cost.speeds().each
    return (
        f"At the stored speed of {number(each, 0)} seconds for a thousand articles, a million take {one} on one"
        f" worker, {few} on {WORKERS[1]} and {many} on {WORKERS[2]}: {WORKERS[2]} workers are"
        f" {number(gain, 0)} times as fast as one, as starting them and handing out takes its time.",
        bool(table["hours"].is_monotonic_decreasing and 1 < gain < WORKERS[2]),
    )
