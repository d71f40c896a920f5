"""Codings that tests make."""

import random
from unittest.mock import patch

from usru.coding import decisions, instruments, units
from usru.coding.comparison import NOBODY
from usru.coding.decisions import Coding


def all_coded(corpus, what, value, coder="anna", round=1, **options):
    """A coding with one value for all, whose file is written once, with the last decision."""
    coding = Coding(corpus, what, coder, round, **options)
    *others, last = coding.order
    with patch.object(decisions, "write"):
        for key in others:
            coding.decide(key, value)
    coding.decide(last, value)
    return coding


def readings(corpus, what, slips=0.0):
    """What a careful reader would give to every passage: mostly what the instruments say.

    `slips` is how often a coder gives something else.
    """
    table = units.find(corpus, what)
    if what == "topics":
        found = instruments.topics_found(corpus, table)
        given = [" ".join(found.columns[row]) for row in found.to_numpy()]
        others = [*found.columns]
    elif what == "valence":
        given = [str(len(text) % 5 - 2) for text in table["text"]]
        others = [*"012"]
    else:
        told = instruments.voices if what == "voice" else instruments.speakers
        given = told(corpus, table).replace(NOBODY, "").tolist()
        others = ["outlet", "report"] if what == "voice" else ["Ann Lee", "Tom Berg"]
    # One passage in six is no word list's: there the instrument is wrong whoever reads.
    draw, slip = random.Random(7), random.Random(str(slips))
    given = [draw.choice(others) if draw.random() < 1 / 6 else one for one in given]
    given = [slip.choice(others) if slip.random() < slips else one for one in given]
    return table.assign(**{units.KINDS[what].column: given})


def write_coding(corpus, what, table, coder="anna"):
    """Write a coding of passages, as the coder would."""
    kind = units.KINDS[what]
    path = corpus.manifest.folder / "coding" / coder / f"{kind.file}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    table[[*kind.key, kind.column]].to_csv(path, index=False)
    return path


def code_sheet(corpus, what, path, coder="anna", n=None, slips=0.0):
    """Let a coder code a sheet, or the first of it in the order of chance that coders have."""
    listed = units.listed(units.find(corpus, what), what, path)
    keys = units.shuffled(units.keyed(listed, what), coder)[:n]
    table = readings(corpus, what, slips)
    chosen = [key in {*keys} for key in units.keyed(table, what)]
    return write_coding(corpus, what, table[chosen], coder)
