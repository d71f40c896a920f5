"""What several test files try: an invented page and its parts, hard sentences, a folder seen whole."""

import pytest
from hypothesis import strategies as st

from usru.text import blocks

PARAGRAPHS = [
    "The ministers of Norland and Suvia met in Bergen on Monday for talks about the strait, their first in two years.",
    "“We have agreed to meet again in May,” the Norland minister, Ann Lee, told reporters after three hours at the town hall.",
    "She said the two sides would name envoys, exchange maps of the strait and reopen the line that was closed in the winter.",
]
TITLE = "Ministers of Norland and Suvia meet in Bergen"
MENU = (
    "World\nBusiness\nOpinion\nWeather\nObituaries\nJobs\nPodcasts\nEvents\nHealth\nScience\nArts\nTravel\nFood"
    "\nStyle\nGames\nPuzzles\nArchive\nDelivery\nCameras\nGalleries\nScores\nCalendar\nRecipes\nHomes\nMotors"
)


def page(*parts):
    return "\n\n".join(parts) + "\n"


def kinds(raw, **options):
    found = blocks.find(raw, **options)
    return list(zip(found["kind"], found["text"], strict=True))


def body(raw, **options):
    return [text for kind, text in kinds(raw, **options) if kind == "body"]


def headline(raw, **options):
    return [text for kind, text in kinds(raw, **options) if kind == "headline"]


# What the rules turn on, so that generated sentences meet them.
PARTS = [
    "good", "great", "bad", "war", "kind", "of", "no", "not", "isn't", "isn’t", "never", "so",
    "without", "doubt", "least", "at", "very", "GOOD", "NOT", "but", "BUT", "or", "nor", "the",
    "really", "to", "die", "for", "kiss", "death", "sort", "talks", "Russia's", "peace—and", "!",
    "!!!", "?", "??", "(!)", "( ! )", ":)", ":-(", "😁", "a😁b", "мир", "和平", "...", "“hope”",
    "\n\n", "\u2028", "İ", "ΟΔΟΣ", "U.S.", "", " ",
]  # fmt: skip
sentences = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PARTS), max_size=8).map("".join),
    st.text(max_size=60),
)


def contents(folder):
    """Every file, folder and link below a folder, with what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


def link(path, target):
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("links cannot be made here")
