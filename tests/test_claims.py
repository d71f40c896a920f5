"""Headline numbers, computed again from `data/` with plain Python, without the package.

Each is looked for in the sentence of the claim that tells it, as the notebooks store it.
"""

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
LAVROV, TILLERSON = "Sergei Lavrov", "Rex Tillerson"


def coding(name, reading="reference"):
    with (DATA / "coding" / reading / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(text):
    return [word for word in text.replace("•", " ").split() if word]


MANIFEST = tomllib.loads((DATA / "corpus.toml").read_text(encoding="utf-8"))
STORIES = {one["doc_id"]: one for one in MANIFEST["documents"]}
PAGES = {
    name: (DATA / one["file"]).read_text(encoding="utf-8").split("\n")
    for name, one in STORIES.items()
}
BODY = {
    (row["doc_id"], int(row["line_start"])): PAGES[row["doc_id"]][int(row["line_start"]) - 1]
    for row in coding("blocks") if row["kind"] == "body"
}  # fmt: skip
LENGTH = {key: len(words(text)) for key, text in BODY.items()}
TOPICS = {(row["doc_id"], int(row["line"])): row["topics"].split() for row in coding("topics")}
VALENCE = {(row["doc_id"], int(row["line"])): int(row["valence"]) for row in coding("valence")}
VOICE, ACTS = coding("voice"), coding("acts")


def claims():
    found = {}
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                one = output.get("data", {}).get("application/vnd.usru.claim+json")
                found |= {one["id"]: one["sentence"]} if one else {}
    return found


CLAIMS = claims()


def of_story(table, doc_id):
    return {key: value for key, value in table.items() if key[0] == doc_id}


def length(doc_id):
    return sum(of_story(LENGTH, doc_id).values())


def share(doc_id, topic):
    """Of a story's words, those in paragraphs on a topic."""
    on = sum(LENGTH[key] for key, topics in of_story(TOPICS, doc_id).items() if topic in topics)
    return on / length(doc_id)


def quoted(doc_id, speaker):
    return sum(
        len(words(row["text"])) for row in coding("quotations")
        if (row["doc_id"], row["speaker"]) == (doc_id, speaker)
    )  # fmt: skip


def heard(doc_id, speaker, *voices):
    rows = (row for row in VOICE if row["doc_id"] == doc_id and row["speaker"] == speaker)
    return sum(len(words(row["text"])) for row in rows if row["voice"] in voices)


def paragraphs_on(topic, meeting):
    own = [t for (doc_id, _), t in TOPICS.items() if STORIES[doc_id]["meeting"] == meeting]
    return sum(topic in topics for topics in own), len(own)


def comments():
    """The words of each reader's comment, in which a screen name is one, as a pseudonym is."""
    texts = {
        kind: [
            " ".join(PAGES[row["doc_id"]][int(row["line_start"]) - 1 : int(row["line_end"])])
            for row in coding("blocks")
            if row["kind"] == kind
        ]
        for kind in ("comment", "commenter")
    }
    names = [name.replace("•", "").strip() for name in texts["commenter"]]
    for name in (name for name in names if len(words(name)) == 2):
        texts["comment"] = [text.replace(name, "reader") for text in texts["comment"]]
    return [len(words(text)) for text in texts["comment"]]


ECONOTIMES, ZEROHEDGE, BREITBART = "moscow-econotimes", "manila-zerohedge", "manila-breitbart"
THAW, AWKWARD = "bonn-sputnik-thaw", "bonn-sputnik-awkward"


def numbers():
    """Claim, what is computed, and how the sentence tells it."""
    yield "corpus-1", len(BODY), "its paragraphs are {} of"
    yield "corpus-2", f"{sum(comments()):,}", "could comment: {} words"
    yield "corpus-2", length(AWKWARD), "a story of {} words"
    late = [(date(2019, 8, 19) - STORIES[THAW]["published"]).days, (date(2017, 3, 29) - STORIES[AWKWARD]["published"]).days]  # fmt: skip
    yield "corpus-3", max(late), "to {} days"
    yield "corpus-6", len(coding("sentences")), "{} in all"
    yield (
        "topics-10",
        f"{share(ZEROHEDGE, 'ukraine'):.0%}",
        "Ukraine in Zero Hedge, 39% instead of {}",
    )
    yield (
        "topics-10",
        f"{share(AWKWARD, 'bilateral'):.0%}",
        "US–Russia relations in Sputnik, “Awkward”, 43% instead of {}",
    )
    yield (
        "topics-10",
        f"{share(ZEROHEDGE, 'election'):.0%}",
        "the 2016 election in Zero Hedge, 22% instead of {}",
    )
    yield "topics-11", f"{share(ZEROHEDGE, 'sanctions'):.0%}", "{} of the words of Zero Hedge"
    yield "topics-11", f"{share(BREITBART, 'sanctions'):.0%}", "{} of those of Breitbart"
    yield "topics-11", f"{share(AWKWARD, 'press'):.0%}", "{} of those of Sputnik, “Awkward”"
    yield "topics-2", "in {2} of {3} paragraphs in Bonn and {0} of {1} in Manila".format(*paragraphs_on("retaliation", "manila"), *paragraphs_on("retaliation", "bonn")), "{}"  # fmt: skip
    alone = [topics for topics in TOPICS.values() if "bilateral" in topics]
    yield (
        "topics-7",
        f"{sum(len(t) == 1 for t in alone)} of {len(alone)}",
        "mostly on nothing else: {}, as read",
    )
    yield "voices-1", sum(quoted(doc_id, LAVROV) for doc_id in STORIES), "Lavrov {},"
    yield "voices-1", sum(quoted(doc_id, TILLERSON) for doc_id in STORIES), "Tillerson {}."
    for doc_id in (THAW, AWKWARD, ZEROHEDGE, BREITBART):
        told = f"{quoted(doc_id, LAVROV)} to {quoted(doc_id, TILLERSON)}"
        yield "voices-2", told, f"{{}} in {STORIES[doc_id]['label']}"
    yield "voices-6", heard(ECONOTIMES, LAVROV, "quotation", "report"), "Lavrov has {} of"
    yield "voices-6", heard(ECONOTIMES, LAVROV, "quotation"), "only {} of them"
    own = [1 - sum(heard(d, s, "quotation", "report") for s in {r["speaker"] for r in VOICE} - {""}) / length(d) for d in STORIES]  # fmt: skip
    yield "voices-6", f"{min(own):.0%} to {max(own):.0%}", "only {} of a story’s words"
    silent = set(STORIES) - {row["doc_id"] for row in VOICE if row["relay"]}
    yield "voices-11", len(silent), "anybody’s words: {} of 5"
    yield "voices-9", len(comments()), "{} comments"
    sanctions = [r for r in ACTS if r["act"] == "sanctions" and r["doc_id"].startswith("manila") and (r["doc_id"], int(r["line"])) in BODY]  # fmt: skip
    acting = Counter(row["agent"] for row in sanctions)["us"]
    yield "voices-18", f"{acting} of {len(sanctions)}", "{} phrases for them"
    named = Counter(row["voice"] for row in VOICE for _ in re.findall(r"\bUkrain\w*", row["text"]))
    yield "explorer-1", named["report"], "{} times where an outlet reports"


NUMBERS = list(numbers())


@pytest.mark.parametrize(
    ("id", "number", "told"), NUMBERS, ids=[f"{id}-{n}" for n, (id, *_) in enumerate(NUMBERS)]
)
def test_a_number_of_a_claim_is_what_the_data_give(id, number, told):
    assert told.format(number) in CLAIMS[id]


def test_the_mean_valence_of_each_story_is_what_readers_coded():
    """The five numbers that the notebook on tone opens with."""
    means = defaultdict(list)
    for (doc_id, _), value in VALENCE.items():
        means[doc_id].append(value)
    for values in means.values():
        shown = f"{mean(values):+.2f}" if sum(values) else "0.00"
        assert shown.replace("-", "−") in CLAIMS["tone-8"]


def test_enough_is_computed_again():
    assert len(NUMBERS) >= 20
    assert len({id for id, *_ in NUMBERS}) >= 10
