"""Shared passages found in pieces: what the exact method finds, whatever the pieces."""

import random

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest

from usru.analysis import reuse as exact
from usru.errors import InputError
from usru.scale import reuse

TOLD = "They agreed to keep the old bridge open and to speak again before the winter came."
OTHER = "Nobody else stood in the square when the cars had gone and the lamps went out again."
KEYS = [1244889961483779370, 4701995523290544088]
SETTINGS = {
    "scheduler": "sync", "dataframe.convert-string": False, "dataframe.shuffle.method": "tasks",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _one_thread():
    with dask.config.set(SETTINGS):
        yield


def stories(*told: tuple[str, str, list[str]]) -> pd.DataFrame:
    """Paragraphs of stories, each given as its name, its outlet and its paragraphs."""
    rows = []
    for doc_id, outlet, paragraphs in told:
        start = 0
        for block, text in enumerate(paragraphs):
            rows.append((doc_id, outlet, block, start, start + len(text), text))
            start += len(text) + 2
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "block", "start", "end", "text"])


def find(table, pieces=2, **options):
    return reuse.find(dd.from_pandas(table, npartitions=pieces), **options).compute()


def exactly(table, least=reuse.LEAST):
    """What the exact method finds in the stories, first told first."""
    texts = {doc_id: "\n\n".join(told["text"]) for doc_id, told in table.groupby("doc_id")}
    order = table.sort_values(["published", "doc_id"])["doc_id"].unique()
    nobody = table.iloc[:0].assign(commenter="")
    found = exact.find(table, nobody, table.iloc[:0], texts, order, least)
    return in_order(found.drop(columns="group"))


def in_order(passages):
    names = ("doc_id", "block", "start", "end")
    places = [side + name for side in ("again_", "") for name in names]
    return passages.sort_values(places, ignore_index=True)


@pytest.fixture(scope="module")
def many():
    """A hundred and fifty stories of made-up words, many with pieces of an earlier one, some reworded."""
    rng = random.Random(7)
    syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "so", "ti", "ve", "zu"]
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(4000)]
    told: list[tuple[str, str, list[str]]] = []
    for i in range(150):
        paragraphs = [rng.choices(words, k=rng.randint(15, 60)) for _ in range(6)]
        for _ in range(rng.randint(0, 3) if told else 0):
            source = rng.choice(rng.choice(told)[2]).split()
            at = rng.randrange(len(source) - 14)
            piece = [word for word in source[at : at + rng.randint(14, 40)] if rng.random() > 0.05]
            here = rng.choice(paragraphs)
            here[rng.randrange(len(here)) : 0] = piece
        outlet = rng.choice(["Bulletin", "Courier", "Daily"])
        told.append((f"s{i:03d}", outlet, [" ".join(words) for words in paragraphs]))
    days = pd.to_datetime("2017-01-01") + pd.to_timedelta(range(150), unit="D")
    published = dict(zip((doc_id for doc_id, _, _ in told), days, strict=True))
    table = stories(*told)
    return table.assign(published=table["doc_id"].map(published))


def test_hardly_a_passage_is_missed_and_none_is_made_up(many):
    """Of the exact method's passages at least .98; what is found is found by that method too."""
    found, all_of_them = in_order(find(many, 5, across=None)), exactly(many)
    same = found.merge(all_of_them)
    assert len(all_of_them) > 200
    assert len(same) >= 0.98 * len(all_of_them)
    assert len(same) == len(found)


def test_where_every_seed_is_a_key_nothing_is_missed(many):
    some = many[many["doc_id"] < "s060"]
    assert in_order(find(some, 3, least=8, across=None)).equals(exactly(some, least=8))


@pytest.mark.parametrize("pieces", [1, 3, 8])
def test_the_pieces_do_not_matter(many, pieces):
    some = many[many["doc_id"] < "s030"]
    expected = in_order(find(some, 2))
    assert in_order(find(some, pieces)).equals(expected)
    assert in_order(find(some.sample(frac=1, random_state=1), pieces)).equals(expected)


def test_rows_are_sorted_by_the_later_place_in_each_partition(many):
    passages = reuse.find(dd.from_pandas(many, npartitions=3), across=None)
    parts = dask.compute(*passages.partitions)
    assert len(parts) > 1
    assert all(part.equals(in_order(part)) for part in parts)
    later = [set(zip(part["again_doc_id"], part["again_block"], strict=True)) for part in parts]
    assert len(set.union(*later)) == sum(map(len, later))


def test_passages_are_found_when_they_are_asked_for():
    table = stories(("a", "A", [TOLD]), ("b", "B", [TOLD]))
    passages = reuse.find(dd.from_pandas(table, npartitions=1))
    assert isinstance(passages, dd.DataFrame)
    assert passages.dtypes.equals(passages.compute().dtypes)


def test_only_passages_across_outlets_are_given_unless_all_are_asked_for():
    table = stories(("a", "A", [TOLD]), ("b", "A", [TOLD]), ("c", "B", [TOLD]), ("d", "B", [OTHER]))
    across = [["a", "c"], ["b", "c"]]
    assert find(table)[["doc_id", "again_doc_id"]].to_numpy().tolist() == across
    pairs = find(table, across=None)[["doc_id", "again_doc_id"]].to_numpy().tolist()
    assert sorted(pairs) == [["a", "b"], *across]
    unknown = table.assign(outlet=None).astype({"outlet": "str"})
    assert find(unknown).empty


def test_a_story_does_not_share_with_itself():
    assert find(stories(("a", "A", [TOLD, OTHER, TOLD])), across=None).empty


@pytest.mark.parametrize(
    ("days", "pair"),
    [
        (["2017-02-02", "2017-01-01"], ["b", "a"]),
        (["2017-01-01", "2017-01-01"], ["a", "b"]),
        ([None, "2017-01-01"], ["b", "a"]),
        ([None, None], ["a", "b"]),
    ],
    ids=["later-by-name", "same-day", "unknown-is-last", "both-unknown"],
)
def test_the_story_published_first_tells_first(days, pair):
    table = stories(("a", "A", [TOLD]), ("b", "B", [TOLD]))
    found = find(table.assign(published=pd.to_datetime(days)))
    assert found[["doc_id", "again_doc_id"]].to_numpy().tolist() == [pair]


def test_a_passage_inside_two_long_paragraphs_is_found():
    rng = random.Random(3)
    here, there = (" ".join(f"{side}{rng.randrange(9)}" for _ in range(400)) for side in "xy")
    table = stories(("a", "A", [f"{here} {TOLD} {here}"]), ("b", "B", [f"{there} {TOLD} {there}"]))
    [row] = find(table).itertuples()
    assert row.text == row.again_text == TOLD[:-1]


def test_nothing_shared_no_rows(many):
    nothing = find(stories(("a", "A", [TOLD, "Too short"]), ("b", "B", [OTHER])))
    assert nothing.empty
    assert nothing.dtypes.equals(find(many).dtypes)
    assert nothing.dtypes.equals(exactly(many).dtypes)


def test_what_very_many_print_is_compared_with_the_first_of_them():
    copies = 60
    table = stories(*((f"s{i:02d}", f"O{i:02d}", [TOLD]) for i in range(copies)))
    found = find(table, 4)
    assert len(found) == sum(min(i, exact.EARLIER) for i in range(copies))
    assert set(found["doc_id"]) == {f"s{i:02d}" for i in range(exact.EARLIER)}
    assert exact.grouped(found)["group"].eq(0).all()


def test_offsets_are_of_the_page_where_its_text_is_given():
    broken = TOLD.replace("winter", "win-\n  ter")
    table = stories(("a", "A", [OTHER, TOLD]), ("b", "B", [OTHER[:20], broken]))
    table = table.assign(raw=table["text"].where(table["text"] == broken))
    table = table.assign(text=table["text"].replace(broken, TOLD))
    [row] = find(table).itertuples()
    page = "\n\n".join([OTHER[:20], broken])
    assert page[row.again_start : row.again_end] == broken[:-1]
    assert (row.kind, row.again_text) == ("verbatim", TOLD[:-1])
    with pytest.raises(InputError, match=r"paragraphs, b, block 1: .* column raw"):
        find(table.drop(columns="raw"))


@pytest.mark.parametrize("name", ["doc_id", "block", "start", "end", "text", "outlet"])
def test_a_column_that_is_missing_is_named(name):
    table = stories(("a", "A", [TOLD])).drop(columns=name)
    with pytest.raises(InputError, match=f"paragraphs: the column {name} is missing; add it"):
        find(table)


def test_keys_are_the_same_everywhere():
    """Fixed by the hash functions alone: as computed elsewhere, so they are joined."""
    keys = reuse._sketch(exact.shingles(TOLD), 3, 2)
    assert keys.dtype == np.uint64
    assert keys[:2].tolist() == KEYS


@pytest.mark.parametrize("width", [1, 3, 5, 50])
def test_each_window_has_a_key(width):
    """Of each run of as many shingles one at least is a key: a window that is shared is found."""
    shingles = exact.shingles(f"{TOLD} {OTHER}")
    keys = set(reuse._sketch(shingles, width, 2).tolist())
    chosen = [reuse.xxh3_64_intdigest(shingle.encode(), 0) in keys for shingle in shingles]
    windows = range(max(1, len(shingles) - width + 1))
    assert all(any(chosen[first : first + width]) for first in windows)
    assert (sum(chosen) == len(shingles)) == (width == 1)
