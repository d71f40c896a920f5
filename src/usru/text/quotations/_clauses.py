"""Reporting clauses: the words by which a sentence reports speech, each with its subject."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from usru.text.quotations._discourse import ANONYMOUS, Discourse, Entity
from usru.text.quotations._noun_phrases import REACH, NounPhrases, Subject, skip_back, subject_at
from usru.text.quotations.vocabulary import QUOTE, SUBJECTS, Row, Token, Vocabulary, low, lows

# What agencies print between a quotation and its clause; Russian ones a dash, often with a comma.
_ADDRESSEE = 6  # words within which a participle has whom it addresses: telling the crowd in Linz:
_TOLD = frozenset(["him", "me", "them", "us"])
_BESIDE = 5  # words behind a quotation of which one may be a verb that no list has
_ENDINGS = frozenset("sd")  # of such a verb
_TALK, _FIND = "talk", "find"
SIGNS = frozenset([",", "—", "–", "―", "-"])


class Cue(NamedTuple):
    """A reporting word of a sentence: where, whose it is, how it is printed."""

    first: int
    last: int
    subject: Entity
    subject_first: int
    text: str

    @property
    def relays(self) -> bool:
        """Whether it is that of a medium, which passes on what others say."""
        return self.subject.kind == "media"

    def names_source(self, words: Vocabulary) -> bool:
        """Whether it is a phrase that names a source: ``according to``."""
        return self.text.lower() in words.sources


class Clauses:
    """The reporting clauses of sentences, by the `forms` of verbs of saying where no others are given."""

    def __init__(
        self, phrases: NounPhrases, discourse: Discourse, words: Vocabulary,
        forms: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self._phrases, self._discourse, self._words = phrases, discourse, words
        self._forms = words.forms if forms is None else forms
        self.nobody = Entity(ANONYMOUS, ANONYMOUS)  # who asks or tells in a passive clause

    def cues(self, row: Row, places: Iterable[int]) -> Iterator[Cue]:
        """Each cue of a sentence in its order, by the `places` where one may begin."""
        outer: Cue | None = None
        last = -1  # of the cue before, which may be of several words
        for i in places:
            if i <= last:
                continue
            word = row[i].low
            cue = self._according(row, i) if word in self._words.according else None
            if cue is None and word in self._words.reporting_nouns:
                cue = self._noun(row, i, outer)
            cue = cue or self._verb(row, i, outer)
            if cue is not None:
                yield cue
                last = cue.last
                if outer is None or is_new_clause(row, outer, cue, self._words):
                    outer = cue

    def _according(self, row: Row, at: int) -> Cue | None:
        """A phrase that names its source: ``according to``, ``in the words of``."""
        for phrase in self._words.according[row[at].low]:
            last = at + len(phrase) - 1
            if tuple([token.low for token in row[at : last + 1]]) == phrase:
                subject = self._phrases.after(row, last + 1)
                return Cue(at, last, subject, at, _printed(row, at, last)) if subject else None
        return None

    def _noun(self, row: Row, at: int, outer: Cue | None) -> Cue | None:
        """A noun that reports when it is somebody's and says what: ``his claim that``."""
        words, noun = self._words, row[at].low
        if noun in words.inscriptions and _is_before_quotation(row, at):
            found = self._bearer(row, at, outer)
            if found is not None:
                return Cue(at, at, *found, _printed(row, at, at))
        found = self._owned_behind(row, at) or self._owned_between(row, at)
        if found is None and _says(row, at, words):
            found = self._phrases.possessor(row, at) or self._source(row, at)
        return Cue(at, at, *found, _printed(row, at, at)) if found else None

    def _owned_behind(self, row: Row, at: int) -> Subject | None:
        """Whose a noun is behind what it reports: ``"No" was his answer``, ``"…," in his words``."""
        words = self._words
        before = range(at - 1, max(-1, at - 7), -1)
        link = next((i for i in before if row[i].low in words.linking), None)
        if link is None or not _follows_quotation(row, link):
            return None
        if lows(row, link + 1, at) & (words.prepositions | words.inflected):
            return None
        found = self._phrases.possessor(row, at) or self._source(row, at)
        if found is None and low(row, at + 1) == "of":  # "No" was the answer of Ann Lee
            found = subject_at(self._phrases.after(row, at + 2), at)
        found = found or subject_at(self._discourse.asked, at)  # "No" was the answer
        return (found[0], at) if found else None

    def _owned_between(self, row: Row, at: int) -> Subject | None:
        """Whose a noun is with what it reports before it: ``Lee's "never again" pledge``."""
        quoted = low(row, at - 1) == QUOTE and row[at].low in self._words.nouns
        found = self._phrases.possessor(row, at - 1) if quoted else None
        # "Lee's place in the “late” claims": it is not Lee's claim
        within = lows(row, found[1] + 1, at - 1) if found else set()
        return None if within & (self._words.prepositions | self._words.articles) else found

    def _source(self, row: Row, at: int) -> Subject | None:
        """Whom a noun is from: ``an answer from Ann Lee``, ``a letter signed by Ann Lee``."""
        signed = int(low(row, at + 1) in self._words.issuing)
        if low(row, at + 1 + signed) not in ("by", "from"):
            return None
        return subject_at(self._phrases.after(row, at + 2 + signed), at)

    def _bearer(self, row: Row, at: int, outer: Cue | None) -> Subject | None:
        """Who wrote or shows words, by the verb before them: ``sent a note with the subject line``."""
        for i in range(at - 1, max(-1, at - 10), -1):
            if row[i].low in self._words.issuing and low(row, i + 1) != "by":
                return self._phrases.before(row, i) or self._coordinated(row, i, outer)
            if not row[i].is_word or row[i].low in self._words.clauses:
                break
        return None

    def _signer(self, row: Row, verb: int) -> Subject | None:
        """Who signed what reads or says: ``a letter signed by Ann Lee reads``."""
        words = self._words
        for i in range(verb - 1, max(0, verb - 10), -1):
            signed = row[i].low == "by" and row[i - 1].low in words.issuing
            if signed and lows(row, i - 4, i - 1) & words.signed:
                return subject_at(self._phrases.after(row, i + 1), i - 1)
        return None

    def _verb(self, row: Row, at: int, outer: Cue | None) -> Cue | None:
        verb = _verb(row, at, self._forms, self._words)
        last = _last(row, at, verb, self._words) if verb else None
        found = self._subject(row, at, last, outer) if last is not None else None
        if found is None or last is None:
            return None
        subject, first = found
        # "the Geneva talks of “friends”", "Ann Lee found a “strange” road"
        if (verb == _TALK and subject.kind == "institution") or (
            verb == _FIND and subject.kind != "institution"
        ):
            return None
        if row[at].low in self._words.quoting and subject.kind == "institution":
            subject = Entity(subject.name, "media")  # it passes on what somebody else said
        return Cue(at, last, subject, first, _printed(row, at, last))

    # The subject of a verb -------------------------------------------------------------------

    def _subject(self, row: Row, verb: int, last: int, outer: Cue | None) -> Subject | None:
        """The subject of a verb, by the verb's form and place."""
        form, before, behind = row[verb].low, low(row, verb - 1), low(row, last + 1)
        if form == "saying" and before == "as":
            return self._quoted_as_saying(row, verb)
        passive = behind == "as" and bool(lows(row, verb - 3, verb) & self._words.passive)
        quoted = behind == QUOTE and low(row, last + 2) == "by"  # asked "Who pays?" by Ann Lee
        if form.endswith("ed") and (behind == "by" or quoted or passive):
            return self._agent(row, verb, relayed=passive)
        if form in self._words.addressing and lows(row, verb - 3, verb) & self._words.passive:
            return self.nobody, verb  # "Ann Lee was asked": somebody asked her
        if form.endswith("ing") and before not in self._words.passive:
            return self._subject_of_participle(row, verb, outer)
        inverted = not form.endswith("ing") and _follows_quotation(row, verb)
        if inverted and behind not in self._words.prepositions:
            return subject_at(self._phrases.after(row, last + 1), verb)
        if verb == 1 and low(row, 0) in ("so", "thus"):  # "So said Ann Lee."
            return subject_at(self._phrases.after(row, last + 1), verb)
        signer = self._signer(row, verb)
        return signer or self._phrases.before(row, verb) or self._coordinated(row, verb, outer)

    def _agent(self, row: Row, verb: int, relayed: bool) -> Subject | None:
        """Who is behind ``by``: ``described by Ann Lee``, ``described as late by Ann Lee``."""
        behind = range(verb, min(len(row), verb + 12))  # "dismissed as … on Monday by Ann Lee"
        by = next((i for i in behind if row[i].low == "by"), None)
        agent = self._phrases.after(row, by + 1) if by is not None else None
        return subject_at(agent if agent and (relayed or agent.kind != "media") else None, verb)

    def _subject_of_participle(self, row: Row, verb: int, outer: Cue | None) -> Subject | None:
        """Its own (``with Ann Lee calling it``), else that of its clause (``…, calling it``)."""
        gerund = row[verb].low == "saying" or low(row, verb - 1) in ("his", "her")
        owned = gerund or (verb > 0 and row[verb - 1].possessive)
        owner = self._phrases.possessor(row, verb) if owned else None
        own = owner or (self._phrases.before(row, verb) if verb and row[verb - 1].is_word else None)
        if own and low(row, own[1] - 1) == "to":  # "Ann Lee has written to Bob Ray demanding"
            return self._shared(outer)
        if own and outer and own[0] is outer.subject and gerund:
            return self._another(row, verb, own)
        follows = self._discourse.subject_first == verb + 1  # "Citing Ann Lee, he"
        return own or (self._shared(outer) if outer or not follows else None)

    def _another(self, row: Row, verb: int, own: Subject) -> Subject:
        """Whose saying it is that somebody else recalls: ``Ann Lee recalls his saying``."""
        before = row[verb - 1]
        if not before.text[0].islower() or before.low in self._words.prepositions:
            return own
        pronoun = {"his": "he", "her": "she"}.get(before.low, "")
        others = [one for one in self._discourse.latest("person") if one is not own[0]]
        found = self._phrases.entities.by_pronoun(pronoun, others) if pronoun else None
        return found or Entity(ANONYMOUS, ANONYMOUS), own[1]

    def _shared(self, outer: Cue | None) -> Subject | None:
        """The subject of the clause before, or else of the sentence."""
        if outer is not None and outer.subject is not self.nobody:
            return outer.subject, outer.subject_first
        return subject_at(self._discourse.subject, 0)

    def _coordinated(self, row: Row, verb: int, outer: Cue | None) -> Subject | None:
        """The subject that a verb shares with the one before it: ``he came and said``."""
        at = skip_back(row, verb - 1, self._words)
        before = low(row, at)
        if before == "who" and at:
            return self._phrases.antecedent(row, at)
        passive = lows(row, at, verb) & self._words.passive
        if (
            before in ("which", "that") and not passive
        ):  # "held a sign that read", "a tweet by Ann Lee that said"
            bearer = self._bearer(row, at, outer)
            if bearer is not None or low(row, at - 1) in self._words.documents:
                return bearer or self._phrases.antecedent(row, at)
            if lows(row, at - 5, at) & self._words.documents:
                return self._phrases.antecedent(row, at)
        if before in ("to", "which", "that"):
            return subject_at(outer.subject if outer else self._discourse.subject, 0)
        if before in ("and", "but", ",") and row[verb].low.endswith(("d", "t", "s", "e")):
            return self._shared(outer)
        return None

    def _quoted_as_saying(self, row: Row, verb: int) -> Subject | None:
        """Whom ``X was quoted as saying`` and ``Reuters quoted X as saying`` are about."""
        before = range(verb - 1, max(-1, verb - REACH), -1)
        quoting = next((i for i in before if row[i].low in self._words.quoting), None)
        if quoting is None:
            return None
        between = row[quoting + 1 : verb - 1]
        if between and between[0].low != "by":
            return subject_at(self._phrases.resolve(between), quoting)
        return self._phrases.before(row, quoting)


def places(row: Row, words: Vocabulary) -> list[int]:
    """Return the places of a sentence where what reports may begin: at words of the lists, and behind quotations."""
    cues, leads = words.cues, words.leads
    listed = [i for i, token in enumerate(row) if token.low in cues]
    found = set(listed)
    for i in listed:
        word = row[i].low
        if word == QUOTE:
            beside = range(i + 1, min(i + _BESIDE, len(row)))
            found.update(at for at in beside if row[at].low[-1] in _ENDINGS)
        elif word in leads:
            found.update(i - before for before in leads[word] if before <= i)
    return sorted(found)


def _follows_quotation(row: Row, at: int) -> bool:
    """Whether only a comma or a dash is between a quotation and a token: ``"…," — said Ann Lee``."""
    i = at - 1
    while i > at - 4 and i > 0 and row[i].text in SIGNS:
        i -= 1
    return i >= 0 and row[i].text == QUOTE


def _is_before_quotation(row: Row, at: int) -> bool:
    """Whether only a comma or a colon is between a token and a quotation."""
    return QUOTE in (low(row, at + 1), low(row, at + 2) if low(row, at + 1) in (",", ":") else "")


def _says(row: Row, at: int, words: Vocabulary) -> bool:
    """Whether a noun is followed by what it reports."""
    # "His latest claim on Monday that": what is said begins within a few words.
    behind = [token.low for token in row[at + 1 : at + 9]]
    if row[at].low in words.documents:
        # A title is beside it and no report: her article “Late”. A message is behind a colon.
        stop = behind.index(":") if ":" in behind else 0
        return bool(stop) and not words.inflected.intersection(behind[:stop])
    return any(word in ("of", "that", QUOTE, ":") for word in behind[:4])


def _printed(row: Row, first: int, last: int) -> str:
    return " ".join(token.printed or token.text for token in row[first : last + 1])


# Reporting verbs -----------------------------------------------------------------------------


def _verb(row: Row, at: int, forms: Mapping[str, str], words: Vocabulary) -> str | None:
    """The reporting verb that a token is a form of, if it is used as a verb."""
    token = row[at]
    verb = forms.get(token.low) or (token.low if _speaks(row, at, words) else None)
    if token.low in words.talking and low(row, at + 1) == "of" and low(row, at + 2) == QUOTE:
        verb = _TALK
    elif token.low in words.opening and low(row, 0) in words.backward and low(row, 2) == "how":
        verb = token.low  # "That was how Ann Lee began."
    elif token.low in words.finding and low(row, at + 1) in ("", ".", "that", QUOTE):
        verb = _FIND
    if verb is None or (token.capital and at > 0 and not _follows_quotation(row, at)):
        return None
    return None if _is_noun(row, at, verb, words) else verb


def _speaks(row: Row, at: int, words: Vocabulary) -> bool:
    """Whether an unlisted word is used like a reporting verb: ``"No," groans one official``.

    Features and reviews choose rare verbs; only directly behind a quotation are they safe.
    """
    form = row[at].low
    if not at or len(form) < 4 or not form.endswith(("s", "ed")) or form.endswith("ss"):
        return False
    if form in words.verbless or not row[at].text[0].islower():
        return False
    if _follows_quotation(row, at) and at + 1 < len(row):
        behind = row[at + 1]
        return behind.capital or behind.low == "the" or behind.low in words.indefinite
    ends = low(row, at + 1) in ("", ".", ",")
    inverted = ends and low(row, at - 2) == QUOTE
    return inverted and (row[at - 1].capital or row[at - 1].low in SUBJECTS)


def _is_noun(row: Row, at: int, verb: str, words: Vocabulary) -> bool:
    """Whether a word that may be a verb is used as a noun: ``the report``, ``a think tank``."""
    form, behind = row[at].low, low(row, at + 1)
    if form == verb and (behind in words.roles or behind in words.compounds):
        return True
    before = row[at - 1] if at else None
    if before is None or before.low in SUBJECTS or before.low in _TOLD:  # "recalls him warning us"
        return False
    if form in words.nouns and before.text[0].islower():
        return before.low not in words.heads or not form.endswith("ing")
    present = form in (verb, f"{verb}s", f"{verb}es")
    quotes = before.low in ("that", "which") and low(row, at + 1) in (QUOTE, ":", ",")
    return present and not quotes and not _precedes_verb(before, words)


def _precedes_verb(token: Token, words: Vocabulary) -> bool:
    """Whether a verb can follow a token: ``Lee``, ``officials``, ``also``, ``to``."""
    if token.capital or token.text in (QUOTE, ","):
        return True
    subject = token.low in words.heads or token.low in words.skipped
    return subject or token.low in ("to", "who", "i", "we", "and", "not")


def _last(row: Row, at: int, verb: str, words: Vocabulary) -> int | None:
    """The last word of a reporting verb with its particles; none where it lacks one."""
    last = at
    while low(row, last + 1) in words.particles.get(verb, ()):
        last += 1
    if last == at and verb in words.particles:
        return None
    while low(row, last + 1) in words.extensions.get(verb, ()):
        last += 1
    return last


def _tells(row: Row, cue: Cue, words: Vocabulary) -> bool:
    """Whether a participle has its quotation behind it: ``Ray saying “…”``, ``telling us: “…”``."""
    if not cue.text.endswith("ing"):
        return False
    if cue.text == "saying" and _is_before_quotation(row, cue.last):
        return True
    behind = range(cue.last + 1, min(len(row), cue.last + _ADDRESSEE))
    sign = next((i for i in behind if not row[i].is_word), len(row))
    told = cue.subject.kind == "person" and not lows(row, cue.last + 1, sign) & words.clauses
    return low(row, sign) in (",", ":") and low(row, sign + 1) == QUOTE and told


def is_new_clause(row: Row, outer: Cue, inner: Cue, words: Vocabulary) -> bool:
    """Whether a new clause begins between a reporting verb and the next one's subject."""
    if inner.subject is outer.subject:
        return low(row, inner.first - 1) != "to"
    if outer.first <= 1 and outer.names_source(words):
        return False
    # "Lee, who had heard Ray speak, called it “…”": the main clause goes on with its own subject.
    if inner.subject_first < outer.subject_first < outer.first < inner.first:
        return True
    # "… recalls the mayor's saying, “…”": whose words they are is told beside them.
    if _tells(row, inner, words):
        return inner.subject_first > outer.last
    # "Lee protests when Ray talks of “…”"; but "Lee asked when Ray spoke of “…”".
    tells = outer.text.lower() in words.asking
    if low(row, outer.last + 1) in words.subordinators - {"if"} and not tells:
        return True
    between = row[outer.last + 1 : max(inner.subject_first, outer.last + 1)]
    signs = (",", ";", ":", QUOTE, "—", "–")
    return any(token.text in signs or token.low in words.breaks for token in between)
