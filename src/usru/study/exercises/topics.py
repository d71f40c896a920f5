"""Answers about the topics: shares and their units, a prior, borrowed rates, a mended dictionary."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from usru.analysis import agreement, misclassification, reuse, topics
from usru.codebook import Topic
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number

__all__: list[str] = []

MENDED = "economy"


@checks("topics-1")
def _second_topic(answer: Any, corpus: Corpus) -> str | None:
    """The second topic of a story by the room that it is given."""
    shares = topics.coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    room = shares[shares["doc_id"] == "moscow-econotimes"].set_index("topic")["share"]
    first, second = room.sort_values(ascending=False).index[:2]
    return name(
        answer,
        second,
        "Compare the numbers without a ring in the column of EconoTimes.",
        among=corpus.codebook.topics,
        labels=corpus.labels["topic"],
        seen={first: "That is the first. Which comes after it?"},
    )


@checks("topics-2")
def _by_paragraphs(answer: Any, corpus: Corpus) -> str | None:
    """The topic on which two stories of a meeting differ most by paragraphs."""
    words = topics.coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    alike = topics.coverage(corpus.paragraphs.assign(words=1), corpus.coded_topics, intervals=False)
    by_words, by_paragraphs = (
        topics.contrasts(one, corpus.paragraphs)["topic"][0] for one in (words, alike)
    )
    return name(
        answer,
        by_paragraphs,
        "Take the share of each story's paragraphs, and the differences of both pairs of stories.",
        among=corpus.codebook.topics,
        labels=corpus.labels["topic"],
        seen={by_words: "That is the largest difference by words. Count each paragraph once."},
    )


@checks("topics-3")
def _silencing_prior(answer: Any, corpus: Corpus) -> str | None:
    """The lightest prior under which no word stands out."""
    once = corpus.sentences[~reuse.is_reused(corpus.sentences, corpus.reused)]
    hide = topics.place_names(corpus.meetings)
    beyond = {
        prior: int((topics.keyness(once, prior_words=prior, hide=hide)["z"] > 1.96).sum())
        for prior in topics.PRIORS
    }
    silent = [prior for prior, words in beyond.items() if not words]
    return number(
        answer,
        min(silent),
        "Count the words with `z` above 1.96 under each of `topics.PRIORS`.",
        seen={
            **dict.fromkeys(silent[1:], "None is beyond 1.96, but there is a lighter one."),
            **{prior: "Under that one some word still is." for prior, n in beyond.items() if n},
        },
        within=0,
    )


@checks("topics-4")
def _borrowed_rates(answer: Any, corpus: Corpus) -> str | None:
    """A share of one meeting, corrected with the rates of another."""
    read, found = (
        topics.wide(coded, corpus.paragraphs)[["bilateral"]]
        for coded in (corpus.coded_topics, corpus.topics)
    )
    meeting = corpus.paragraphs["meeting"].to_numpy()
    of = {place: (read[meeting == place], found[meeting == place]) for place in {*meeting}}
    of["everywhere"] = read, found

    def share(rates_of: str, place: str) -> float:
        rates = misclassification.matrix(*of[rates_of])
        return float(misclassification.corrected(of[place][1].mean(), rates)["share"].item())

    return number(
        answer,
        share("bonn", "moscow"),
        "Put into the formula the two rates of Bonn and the dictionary's share of Moscow.",
        seen={
            of["moscow"][1].mean().item(): "That is what the dictionary finds. Correct it.",
            share("moscow", "moscow"): "That gives the reading back: take the rates of Bonn.",
            share("everywhere", "moscow"): "Those are the rates of all stories. Take Bonn's alone.",
            share("bonn", "bonn"): "That is Bonn's share. Correct that of Moscow.",
            share("bonn", "manila"): "That is Manila's share. Correct that of Moscow.",
            share("moscow", "bonn"): "That is Bonn by the rates of Moscow, the wrong way round.",
        },
    )


@checks("topics-5")
def _other_contrasts(answer: Any, corpus: Corpus) -> str | None:
    """A coding by which other topics, or more of them, set two stories apart."""
    look = (
        "Change the topics of a long paragraph, for a story and a topic whose difference is among"
        " the first three."
    )
    return fallen(answer, corpus, "topics-11", look)


@checks("topics-6")
def _mended(answer: Any, corpus: Corpus) -> str | None:
    """Patterns by which a topic is found reliably on the outside pages, and no worse here."""
    if not isinstance(answer, (list, tuple, set)) or not all(
        isinstance(one, str) and one.strip(" *") for one in answer
    ):
        raise Unreadable('Give patterns in a list, as in `["treaty", "missile*"]`.')
    topic = corpus.codebook.topics[MENDED]
    mended = {MENDED: replace(topic, patterns=(*topic.patterns, *sorted(answer)))}
    before, here = (_f1_here(one, corpus) for one in ({MENDED: topic}, mended))
    rates = agreement.by_label(*outside.topics(mended)).iloc[0]
    if here < before:
        return (
            f"On the five stories F1 falls from {before:.2f} to {here:.2f}: a pattern finds"
            " paragraphs there that are not on the topic. Leave out the vaguest."
        )
    if rates["f1"] >= topics.WEAK:
        return None
    return (
        f"On the outside pages F1 is {rates['f1']:.2f}, with a precision of"
        f" {rates['precision']:.2f} and a recall of {rates['recall']:.2f}."
        " Print what is missed, and what is found and should not be."
    )


def _f1_here(dictionary: Mapping[str, Topic], corpus: Corpus) -> float:
    read, found = (
        topics.wide(coded, corpus.paragraphs)
        for coded in (corpus.coded_topics, topics.code(corpus.paragraphs, dictionary))
    )
    return float(agreement.by_label(read[[MENDED]], found)["f1"].item())
