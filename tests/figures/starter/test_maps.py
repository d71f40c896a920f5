"""Names above the columns of a map are level, apart, and not cut while they fit."""

import itertools

import pandas as pd
import pytest
from matplotlib.text import Text

from usru.figures import canvas
from usru.figures.starter import maps
from usru.labels import Names

LONG = "The Northern Coast Daily Courier and Advertiser"


def drawn(names):
    """A map of two rows with a column a name; its drawing, laid out."""
    cells = itertools.product(["one row", "another"], names)
    table = pd.DataFrame(cells, columns=["row", "column"]).assign(share=0.25, passage="a.txt#L1")
    table.loc[0, ["share", "passage"]] = 0.0, None
    drawing = maps.heat_map(table, "row", "column", Names(), Names(), lambda cell: cell.column)
    drawing.svg()
    drawing.draw_without_rendering()
    return drawing


@pytest.mark.parametrize("number", [1, 2, 5, 6, 7, 12])
@pytest.mark.parametrize(
    "name", ["Tide", "The Tide", LONG, "W" * 40], ids=["word", "words", "long", "one long word"]
)
def test_names_are_apart_and_on_the_page(number, name):
    drawing = drawn([f"{name} {i}" for i in range(number)])
    boxes = [Text.get_window_extent(text) for text in drawing.axes[0].texts]
    page = drawing.bbox
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 and box.y1 <= page.y1 for box in boxes)
    boxes = [box.shrunk(0.98, 0.9) for box in boxes]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_lines_lead_past_the_lower_names():
    drawing = drawn([f"{LONG} {i}" for i in range(12)])
    heads = [text for text in drawing.axes[0].texts if text.get_text().startswith("The")]
    lines = [text.arrow_patch.get_window_extent() for text in heads if text.arrow_patch]
    low = [Text.get_window_extent(text) for text in heads if not text.arrow_patch]
    assert len(lines) == len(low) == 6
    assert not any(line.overlaps(name) for line in lines for name in low)


def test_names_are_in_one_row_while_they_fit():
    assert maps.heads(["Tide", "Wave"], 40) == maps.Heads(("Tide", "Wave"), maps.LINE + maps.AIR)
    two = maps.heads(["Advertiser", "Courier"], 40)
    assert two.names == ("Advertiser", "Courier"), "nothing is cut that fits above two columns"
    assert two.high > 0
    cut = maps.heads([LONG * 3, "Tide"], 50).names[0]
    assert cut.count("\n") == 2
    assert cut.endswith("…")


def test_a_cell_has_its_share_and_leads_to_its_passages():
    drawing = drawn(["a", "b"])
    fills = [box.get_facecolor() for box in drawing.axes[0].patches]
    assert len(set(fills[1:])) == 1
    assert fills[0] != fills[1]
    assert [box.get_url() for box in drawing.axes[0].patches] == [None, *["a.txt#L1"] * 3]
    assert [box.get_gid() for box in drawing.axes[0].patches] == ["?a", "?b"] * 2
    assert [text.get_text() for text in drawing.axes[0].texts if text.get_text().isdigit()] == [
        "25"
    ] * 3
    assert len(drawing.legends) == 1, "the key of the shades"
    assert drawing.get_size_inches()[0] == canvas.WIDTH
