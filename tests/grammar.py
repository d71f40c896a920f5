"""What is wrong with the English of a computed sentence, as far as rules can tell."""

import re
from collections.abc import Iterable

from usru import Corpus

NOUNS = {
    "story": "stories", "category": "categories", "entry": "entries", "hypothesis": "hypotheses",
    "medium": "media", "person": "people", "analysis": "analyses", "that is": "that are",
} | {
    noun: f"{noun}s"
    for noun in (
        "account", "adjective", "arrangement", "bar", "block", "case", "cell", "character", "choice",
        "claim", "clause", "column", "comment", "commenter", "comparison", "contraction",
        "contradiction", "cut", "date", "day", "decision", "dictionary", "difference", "document",
        "dot", "dump", "estimate", "event", "expression", "figure", "file", "gap", "group", "headline",
        "hour", "instrument", "interval", "kind", "label", "language model", "line", "list", "mark",
        "mean", "mention", "meeting", "minister", "month", "name", "notebook", "number", "outlet",
        "page", "pair", "paragraph", "part", "passage", "pattern", "phrase", "place", "point",
        "question", "quotation", "reader", "reading", "reply", "report", "reporter", "row", "rule",
        "score", "sentence", "share", "side", "sign", "source", "speaker", "specification", "step",
        "table", "test", "text", "time", "topic", "value", "voice", "week", "word", "year",
    )
} | {"dictionary": "dictionaries", "reply": "replies"}  # fmt: skip
"""What the study counts, and what several of them are called."""

IDIOMS = ("had had", "that that")
STARTS = re.compile(r"[A-ZÀ-Þ0-9“−+]")
END = re.compile(r"[.?!][”’)]*$")

_MANY = "|".join(sorted(NOUNS.values(), key=len, reverse=True))
_ONE = "|".join(sorted(NOUNS, key=len, reverse=True))
_NUMBER = r"(?<![\w.,:/−+-])\d(?:[\d,]*\d)?(?![\w%:/]|[.,]\d)"  # a whole number that counts
_SINGLE = r"(?<![\w.,:/−+-])1(?![\w%:/]|[.,]\d)"
_BETWEEN = (
    r"(?: (?!(?:of|in|on|by|to|with|for|from|at|as|and|or|than|that|who|which|but|against|about|above"
    r"|below|over|under|is|are|was|were|has|have|does|do|a|an|the|this|these|any|each|every|all|both"
    r"|no|not|one|two|three|only)\b)[a-z’-]*[a-rt-z’-]){0,2}"
)  # adjectives, and what else may come between a number and its noun
_PLURAL_VERB = r"(?:are|were|have|do)\b"
_SINGULAR_VERB = r"(?:is|was|has|does)\b"

RULES = {
    "a sign that is a hyphen": r"(?<![\w)\]])-\d",
    "two spaces": r"\s{2}|^\s|\s$|\s[.,;:)]|\(\s",
    "a value of the program": r"\bnan\b|\bNaN\b|\bNaT\b|\bNone\b(?! of)|<NA>|\binf\b|\{|\}|\[\]",
    "none where something is named": r"(?i)\b(?:on|in|of|and|or|by|with|as|puts) none\b(?! of)|\bnone (?:and|or)\b",
    "nothing between marks": r"“(?:none|nan|None)?”|\(\)|[:;,(] *[.;,)]",
    "a word that is doubled": r"(?i)\b(?!(?:had|that)\b)([a-zà-þ’]+) \1\b",
    "one of several": rf"{_SINGLE}{_BETWEEN} (?:{_MANY})\b",
    "not one of one": rf"(?!{_SINGLE} ){_NUMBER}{_BETWEEN} (?:{_ONE})\b(?!’|-| for word| (?:{_ONE}|{_MANY})\b)",
    "one with the verb of several": rf"{_SINGLE}(?: of (?:the )?\w+(?: (?!(?:the|there|which|that)\b)\w+){{0,2}})? {_PLURAL_VERB}|(?<!and ){_SINGLE}{_BETWEEN} (?:{_ONE}) {_PLURAL_VERB}",
    "several with the verb of one": rf"(?:^|[.;:,(] |\b(?:and|or|but) )(?!{_SINGLE} ){_NUMBER}(?: of (?:the )?[\d,]+)?(?:{_BETWEEN} (?:{_MANY}))? {_SINGULAR_VERB}",
    "all of one or of none": r"(?i)\b(?:all|both|these|those|each of(?: the)?|between the|the other) [01](?![\w%]|[.,]\d)",
    "an underscore": r"\w_\w",
}  # fmt: skip
"""What a sentence must not match, by what is wrong with it."""

_RULES = {name: re.compile(rule) for name, rule in RULES.items()}
_CITED = re.compile(r"“[^“”]+”")  # words of the stories are as they were printed


ORDINARY = {
    "press", "leaders", "economy", "election", "body", "related", "tags", "comment", "commenter",
    "caption", "credit", "separator", "quotation", "report", "outlet", "turn", "news",
}  # fmt: skip
"""Ids that are words of the language too, of which a sentence may have any."""


def ids(corpus: Corpus) -> list[str]:
    """Return the ids of a corpus that people do not read: those that have another label.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    """
    named = {
        "doc_id": [*corpus.texts],
        "meeting": [one.id for one in corpus.manifest.meetings],
        "topic": [*corpus.codebook.topics],
        "instrument": [*corpus.instruments],
        "kind": [*corpus.labels["kind"]],
        "voice": [*corpus.labels["voice"]],
    }
    return [
        id for column, own in named.items() for id in own
        if id not in ORDINARY and corpus.labels[column][id] != id
    ]  # fmt: skip


def faults(text: str, ids: Iterable[str] = (), *, sentence: bool = True) -> list[str]:
    """Return what is wrong with a computed sentence, or with several.

    Parameters
    ----------
    text : str
        The sentence.
    ids : iterable of str
        Words that people do not read; where they are words of the stories, between quotation marks,
        they are let be, unless no word has their form.
    sentence : bool
        Whether it must end as a sentence; a title must not.
    """
    plain = _CITED.sub("“…”", text)
    found = [
        f"{name}: {match.group()!r}"
        for name, rule in _RULES.items()
        if (match := rule.search(text if name == "nothing between marks" else plain))
    ]
    found += [
        f"an id: {id!r}"
        for id in ids
        if re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", plain if id.isalpha() else text)
    ]
    if not STARTS.match(text):
        found.append(f"no beginning: {text[:20]!r}")
    if bool(END.search(text)) is not sentence:
        found.append(f"{'no' if sentence else 'a'} full stop at the end: {text[-20:]!r}")
    return found
