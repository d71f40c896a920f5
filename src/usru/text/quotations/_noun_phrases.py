"""Noun phrases to the people that they mean: ``the minister``, ``her spokesman``, ``he``.

A phrase is about its last name or noun that no preposition inside it governs (``a spokesman for
Merkel`` is about the spokesman). Whom that means depends on whom the text spoke of last.
"""

from collections.abc import Sequence
from itertools import pairwise

from usru.text.quotations._coreference import LONG_NAME, Entities, Owner
from usru.text.quotations._discourse import ANONYMOUS, Discourse, Entity
from usru.text.quotations._names import Name, by_words, every_name, joins_fields, names
from usru.text.quotations.vocabulary import QUOTE, SUBJECTS, Row, Vocabulary, low, lows, written

# Words within which a noun phrase, and what it hangs on, is looked for, so that a text without
# full stops is read in linear time.
REACH = 40
_OBJECTS = {"him": "he", "her": "she", "them": "they"}
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they"}
# Endings of nouns for somebody rather than for a group.
_PERSONS = (
    "ant",
    "child",
    "duo",
    "ed",
    "ee",
    "ent",
    "er",
    "est",
    "hero",
    "ian",
    "ic",
    "ist",
    "ity",
    "ive",
    "man",
    "old",
    "or",
    "star",
    "tect",
    "trio",
)
_STOPS = frozenset([",", QUOTE, ";", ":", "(", "—", "–", "."])
Subject = tuple[Entity, int]  # whose noun phrase begins at a token


def subject_at(entity: Entity | None, first: int) -> Subject | None:
    """Who a phrase means with the token that it begins at; nothing where it means nobody."""
    return (entity, first) if entity is not None else None


class NounPhrases:
    """Whom a noun phrase means, in the light of whom the text spoke of last."""

    def __init__(self, entities: Entities, discourse: Discourse, words: Vocabulary) -> None:
        self.entities, self._discourse, self._words = entities, discourse, words

    def resolve(self, phrase: Row, inverted: bool = False) -> Entity | None:
        """Whom a phrase means; `inverted`, its head is first: ``said the envoy to X, Ann Lee``."""
        last = low(phrase, len(phrase) - 1)
        if last in SUBJECTS or (last in _OBJECTS and len(phrase) == 1):
            return self.pronoun(_OBJECTS.get(last, last))
        if not phrase or last in self._words.speechless:
            return None
        name, heads = _about(phrase, inverted, self._words)
        entity = self.named(phrase, name) if name is not None else None
        indefinite = phrase[0].low in self._words.indefinite and phrase[-1].text[0].islower()
        if indefinite and not heads and name is not None and name.first == 1:
            return self._anonymous(last)  # "one London broker": a place before an unknown noun
        if entity is None and heads:
            return self._by_noun(phrase, _head(phrase, heads, inverted, self._words))
        return entity

    def labelled(self, label: Row) -> Entity | None:
        """Whom a label names: ``Ann Lee, The Rhine Herald``, her paper behind her."""
        comma = next((i for i, token in enumerate(label) if token.text in (",", "(")), len(label))
        return self._apposed(label[:comma]) or self.resolve(label)

    def pronoun(self, pronoun: str) -> Entity | None:
        """Whom a pronoun means."""
        state = self._discourse
        # "Ann Lee met Bob Ray. He said": whom the sentence before named comes first.
        before, earlier = state.subjects[:1], state.subjects[1:]
        recent = [state.subject, state.asked, *before, *state.company, *earlier, state.speaker]
        # Interviews: who has just asked is not who answers.
        if state.asker is not None and (state.asked or state.asker.kind == ANONYMOUS):
            recent = [entity for entity in recent if entity is not state.asker]
        if pronoun in ("it", "they"):
            recent = [state.subject, state.speaker, *state.subjects]
        return self.entities.by_pronoun(pronoun, [*recent, *state.latest("person")])

    def named(self, phrase: Row, name: Name) -> Entity | None:
        """Whom a name in a phrase means."""
        if name.kind == "role":
            return self._by_title(phrase[: name.last + 1], name)
        person = self.entities.person(name.words, name.role)
        if person is None and self._words.media & {word.casefold() for word in name.words}:
            return Entity(" ".join(name.words), "media")
        if name.kind == "nation" and len(name.words) == 1 and low(phrase, name.first - 1) == "the":
            person = self.entities.by_nation(name.words[0].lower())
            return person or self.entities.institution(name.words)
        if name.kind in ("nation", "institution"):
            return self.entities.institution(name.words)
        if person is None and (name.kind == "person" or 1 < len(name.words) < LONG_NAME):
            return self.entities.meet(name.words, name.role)
        return person or self.entities.institution(name.words)

    def _by_title(self, phrase: Row, name: Name) -> Entity | None:
        """Whom a role in capitals means: ``the Foreign Minister``."""
        titles = (token.low for token in reversed(phrase[name.first :]))
        head = next((word for word in titles if word in self._words.roles), "")
        return self._by_role(phrase, head, set(name.role))

    def _by_noun(self, phrase: Row, head: int) -> Entity | None:
        """Whom a phrase means by its head, a noun that is no name."""
        words, noun = self._words, phrase[head].low
        start = _article(phrase, head, words)
        published = noun in words.documents or noun in words.publications
        issued = noun in words.institutions or published
        if noun in words.media and (not issued or low(phrase, head - 1) in words.media):
            return Entity(" ".join(_own_words(phrase[start : head + 1], words)), "media")
        if noun in words.roles:
            return self._somebody(phrase, start, head)
        if noun in words.unnamed:
            return self._anonymous(noun)
        author = self._author(phrase, start, head) if published else None
        return author or self._institution(phrase[start : head + 1])

    def _somebody(self, phrase: Row, start: int, head: int) -> Entity:
        """Whom a phrase means by the role at its head."""
        words, noun = self._words, phrase[head].low
        if not _is_definite(phrase, start, head, words):
            return self._anonymous(noun)
        # Words behind it tell the office as well: "the minister for foreign trade".
        others = {other.low for other in phrase[start : head + 6]} - {noun}
        return self._by_role(
            phrase[start : head + 1], noun, others, self._owner(phrase, start, head)
        )

    def _owner(self, phrase: Row, start: int, head: int) -> Owner | None:
        """Whose a role is, where that keeps it from being that somebody: ``Lee's lawyer``."""
        words, attends = self._words, phrase[head].low in self._words.attendants
        whose = phrase[: start + 1] if start < head else phrase[:0]
        entity = self._genitive(phrase, start) if whose else None
        held = any(token.possessive for token in phrase[head + 1 :])  # "the head of Lee's office"
        if entity is None and (attends or held):
            attends, whose = True, _attended(phrase, start, head, words)
            entity = self.resolve(whose) if whose else None
        is_somebody = entity is not None and entity.kind in ("person", ANONYMOUS)
        named = {token.low for token in whose} - words.articles - words.prepositions
        foreign = named <= words.nations.keys()
        if not is_somebody and (foreign or not attends) and not (foreign and entity):
            return None
        return Owner(
            entity, frozenset(named | set(entity.name.casefold().split() if entity else ()))
        )

    def _author(self, phrase: Row, start: int, head: int) -> Entity | None:
        """Whose a document is: ``Lee's letter``, ``a poll by Norvik``; else who issued it."""
        words, noun = self._words, phrase[head].low
        by = next((i for i in range(head, len(phrase)) if phrase[i].low in ("by", "from")), None)
        agent = phrase[by + 1 : by + REACH] if by is not None else ()
        behind = self.resolve(agent, inverted=True)
        author = behind or self._genitive(phrase, start)
        if author is not None and author.kind in ("person", "institution"):
            return author
        if noun in words.publications:
            return None
        speaker = self._discourse.issuers.get(noun, self._discourse.speaker)
        return speaker if speaker and speaker.kind != "media" else None

    def _genitive(self, phrase: Row, at: int) -> Entity | None:
        """Whom a genitive means: ``the minister's``, ``his``."""
        token = phrase[at]
        if token.low in _POSSESSIVES:
            return self.pronoun(_POSSESSIVES[token.low])
        if not token.possessive:
            return None
        before = phrase[max(0, at - REACH) : at]
        return self.resolve([*before, written(token, token.bare)])

    def _unlisted(self, phrase: Row) -> Entity | None:
        """Whom a definite phrase means beside a quotation whose noun no list has: ``the tribe``.

        What is made of a verb or an adjective is rather somebody named before: ``the newcomer``.
        """
        small = all(t.text[0].islower() and not t.possessive for t in phrase)
        if not small or low(phrase, 0) != "the" or not 1 < len(phrase) < 5:
            return None
        noun = phrase[-1].low
        if noun.endswith("s") and not noun.endswith(("is", "ss", "us")):
            return self._anonymous(noun)
        known = noun in self._words.speechless or noun.endswith(_PERSONS)
        return None if known else self.entities.institution(_own_words(phrase, self._words))

    def _institution(self, phrase: Row) -> Entity | None:
        """Which institution a phrase means by its noun: ``the ministry``, ``a Kyiv think tank``."""
        words, noun = self._words, phrase[-1].low
        known = self.entities.by_noun(noun)
        indefinite = len(phrase) > 1 and phrase[0].low in words.indefinite
        if known is None and indefinite and noun not in words.publications:
            return self._anonymous(noun)
        return known or self.entities.institution(_own_words(phrase, words))

    def _by_role(
        self, phrase: Row, head: str, others: set[str], owner: Owner | None = None
    ) -> Entity:
        """Whom a role means: a person of the text, else somebody unnamed."""
        words, state = self._words, self._discourse
        if phrase[0].low in words.indefinite:
            return self._anonymous(head)
        if owner is not None:
            found = self.entities.by_role(head, others - {head}, owner=owner)
            return found or self._anonymous(head)
        before = next(iter(state.subjects), None)
        current = state.subject or before
        found = self.entities.by_role(head, others - {head}, current)
        unnamed = state.unnamed(head) if not others & words.nations.keys() else None
        # Features: "the official" is rather the one quoted before than somebody with such a post.
        if unnamed is not None and (found is None or found is not current):
            return unnamed
        # British papers and features call somebody just introduced by a post not given yet.
        gender = words.genders.get(head)
        if found is None and before is not None and before.kind == "person":
            suits = not gender or self.entities.gender(before) in (None, gender)
            found = before if suits and not self.entities.has_other_field(before, others) else None
        return found or self._anonymous(head)

    def _anonymous(self, head: str) -> Entity:
        """A new source without a name."""
        plural = head in self._words.unnamed and head.endswith("s")
        gender = "plural" if plural else self._words.genders.get(head)
        entity = Entity(ANONYMOUS, ANONYMOUS, gender, {head})
        self._discourse.note_unnamed(head, entity)
        return entity

    # The noun phrase that a verb or noun belongs to --------------------------------------------

    def before(self, row: Row, verb: int) -> Subject | None:
        """The subject that comes before a verb."""
        words = self._words
        at = _before_time(row, skip_back(row, verb - 1, words), words)
        if low(row, at) == ")":  # American papers: "Ann Lee (D-Calif.) said"
            opened = range(at, max(0, at - REACH), -1)
            at = next((i - 1 for i in opened if row[i].text == "("), -1)
        if at < 0 or row[at].text in (QUOTE, ";", ":") or row[at].low in ("who", "which"):
            return None
        if row[at].text in (",", "—", "–"):
            return self._before_apposition(row, at)
        if row[at].low in ("and", "but"):  # "Ann Lee shook her head and said"
            return None
        first = _phrase_start(row, at, words)
        if _is_issued(row, first, at, words):  # "Ann Lee released an ad calling it"
            return subject_at(self._discourse.subject, first)
        governed = row[first].low in words.prepositions
        phrase = row[first : at + 1]
        entity = self.resolve(phrase)
        if entity is None and low(row, first - 1) == QUOTE:
            entity = self._unlisted(phrase)
        return subject_at(entity, first + governed)

    def _before_apposition(self, row: Row, comma: int) -> Subject | None:
        """The noun phrase that an apposition or a clause between commas hangs on."""
        words, at = self._words, comma
        for _ in range(5):  # commas, as many as a list of somebody's posts has
            at = _before_brackets(row, at)
            first = _segment_start(row, at, words)
            segment = row[first:at]
            if segment and _ends_place(row, first, at, words):
                at = first - 1
                continue
            start = _segment_start(row, first - 1, words) if first else first
            if _serves_office(row[start : first - 1], words) and low(row, first - 1) == ",":
                if low(row, start - 1) != ",":
                    return subject_at(self.resolve(row[start : first - 1]), start)
                at = start - 1  # "Ann Lee, an aide to the minister, Bob Ray, said"
                continue
            named = self._apposed(segment)
            if named is not None:
                return named, first
            subject = self._in_segment(row, first, at) if segment else None
            if subject is not None:
                return subject
            if first == 0 or row[first - 1].text in (QUOTE, ";", ":", "."):
                break
            at = first - 1
        return None

    def _in_segment(self, row: Row, first: int, stop: int) -> Subject | None:
        """The subject between two commas, unless an apposition or a clause is."""
        words, segment = self._words, row[first:stop]
        start = _phrase_start(row, stop - 1, words)
        inside = start > first and next(names(row[start:stop], words), None) is not None
        # "Ann Lee, a former aide and now the head of the Rhine Institute, said"
        who = bool(lows(segment, 0, len(segment)) & words.relatives)
        posted = segment[0].low in words.indefinite and (who or _is_role(segment, words))
        inside = inside and not posted
        if _is_clause(segment, words) or (_is_aside(segment, words) and not inside):
            return None
        return subject_at(self.resolve(row[start:stop]), start)

    def _apposed(self, segment: Row) -> Entity | None:
        """The person whose full name ends what is between two commas."""
        name = _last_name(segment, self._words)
        if name is None or len(name.words) < 2 or _is_clause(segment, self._words):
            return None
        # "Ann Lee, a spokeswoman for Bob Ray, said", "Ann Lee, of the Rhine Institute, said"
        governed = segment[0].low in self._words.prepositions
        governed = governed or not _candidates(segment, self._words)[0]
        entity = self.named(segment, name) if not governed else None
        return entity if entity is not None and entity.kind == "person" else None

    def after(self, row: Row, first: int) -> Entity | None:
        """Whom the noun phrase means that begins at a token, behind its verb."""
        reach = range(first, min(len(row), first + REACH))
        stop = next((i for i in reach if _ends_phrase(row, first, i, self._words)), reach.stop)
        phrase = row[first:stop]
        # "said a spokeswoman for the harbour, Ann Lee", "said one of the owners, Ann Lee"
        picked = low(phrase, 0) == "one" and low(phrase, 1) == "of"
        tells = picked or _is_role(phrase, self._words)
        if tells and not _serves_office(phrase, self._words):
            named = self._named_after_comma(row, _behind_post(row, stop) if picked else stop)
            if named is not None:
                return named
        entity = self.resolve(phrase, inverted=True)
        # "…," wrote the tribe; but: "…," described the effect as
        wrote = low(row, first - 2) == QUOTE and low(row, first - 1) in ("said", "wrote")
        return self._unlisted(phrase) if entity is None and wrote else entity

    def antecedent(self, row: Row, who: int) -> Subject | None:
        """Whom a relative clause is about: ``Boris Johnson, who told``."""
        at = who - 1 if row[who - 1].text != "," else who - 2
        if at < 0:
            return None
        first = _phrase_start(row, at, self._words)
        phrase = row[first : at + 1]
        name = _last_name(phrase, self._words)
        if name is not None and name.words:
            return subject_at(self.named(phrase, name), first)
        if first > 1 and row[first - 1].text == ",":  # "Ann Lee, the envoy to Rome, who told"
            start = max(0, first - 1 - REACH)
            before = row[start : first - 1]
            name = _last_name(before, self._words)
            if name is not None and name.words:
                return subject_at(self.named(before, name), start + name.first)
        return subject_at(self.resolve(phrase), first)

    def possessor(self, row: Row, noun: int) -> Subject | None:
        """Whose word a noun reports: ``Schiff's claim of``, ``his remark that``."""
        prepositions = self._words.prepositions
        for at in range(noun - 1, max(-1, noun - 5), -1):  # over "Lee's latest public claim"
            token = row[at]
            if token.low in _POSSESSIVES:
                return subject_at(self.pronoun(_POSSESSIVES[token.low]), at)
            if token.possessive:
                first = _phrase_start(row, at, self._words)
                governed = (i for i in range(at, first, -1) if low(row, i - 1) in prepositions)
                first = next(governed, first)  # "a hat with Ann Lee's slogan"
                owner = [*row[first:at], written(token, token.bare)]
                return subject_at(self.resolve(owner), at)
            if not token.text[0].islower():
                break
        return None

    def subject(self, row: Row) -> Subject | None:
        """The first person that a sentence speaks of in the place of a subject.

        Whose letters and statements it issues is noted.
        """
        found = self._subject(row)
        issuing = self._words.issuing
        if found is not None and not issuing.isdisjoint([token.low for token in row]):
            issued = lows(row, found[1], len(row)) & self._words.documents
            self._discourse.issuers |= dict.fromkeys(sorted(issued), found[0])
        return found

    def _subject(self, row: Row) -> Subject | None:
        words = self._words
        found = {name.first: name for name in every_name(row, words)}
        i = max(_behind_dateline(row), _main_clause(row, found, words))
        while i < len(row):
            noun, name = row[i].low, found.get(i)
            if name is not None:
                i = name.last + 1
                if not _is_object(row, name, words) and not _qualifies_role(row, i, words):
                    entity = self._named_subject(row, name)
                    if entity is not None or name.kind == "role":
                        return subject_at(entity, name.first)
                continue
            if noun in ("he", "she"):
                return subject_at(self.pronoun(noun), i)
            qualifies = noun not in words.people or i + 1 in found or not i
            if not qualifies and self._is_subject_noun(row, i):
                named = self._named_after_comma(row, _behind_post(row, i + 1))
                first = _phrase_start(row, i, words)
                return subject_at(named or self.resolve(row[first : i + 1]), first)
            i += 1
        return None

    def _is_subject_noun(self, row: Row, at: int) -> bool:
        """Whether no preposition governs a role and it qualifies no other."""
        words = self._words
        if row[at].possessive or _qualifies_role(row, at + 1, words):
            return False
        return not lows(row, _phrase_start(row, at, words), at + 1) & words.prepositions

    def _named_subject(self, row: Row, name: Name) -> Entity | None:
        """Whom a name in the place of a subject means, if the text knows them."""
        if name.kind == "role":
            return self.resolve(row[max(0, name.first - 1) : name.last + 1])
        if name.kind == "nation":
            return None
        is_person = name.kind != "institution"
        person = self.entities.person(name.words, name.role) if is_person else None
        collective = name.kind == "institution" or name.is_acronym
        if person is None and (collective or low(row, name.first - 1) == "the"):
            return self.entities.institution(name.words)
        return person

    def _named_after_comma(self, row: Row, comma: int) -> Entity | None:
        """The person whose name is in apposition behind a comma."""
        if low(row, comma) != ",":
            return None
        behind = range(comma + 1, min(len(row), comma + REACH))
        stop = next((i for i in behind if row[i].text in (",", ";", ".", QUOTE)), behind.stop)
        return self._apposed(row[comma + 1 : stop])


# What a phrase is about ----------------------------------------------------------------------


@by_words
def _about(phrase: Row, inverted: bool, words: Vocabulary) -> tuple[Name | None, Sequence[int]]:
    """The name that a phrase is about, if it is a name's, and the nouns that it can be about."""
    found, heads = _candidates(phrase, words)
    return _chosen(phrase, found, heads, inverted, words), heads


@by_words
def _candidates(phrase: Row, words: Vocabulary) -> tuple[Sequence[Name], Sequence[int]]:
    """The names and the nouns of a phrase that it can be about."""
    every = every_name(phrase, words)
    begins = {i: name.first for name in every for i in range(name.first, name.last + 1)}
    found = tuple([
        name for name in every
        if not phrase[name.last].possessive
        and (_titled(phrase, name, words) or not _is_governed(phrase, name.first, begins, words))
    ])  # fmt: skip
    heads = tuple([
        i for i, token in enumerate(phrase)
        if token.low in words.heads and begins.get(i, i) == i
        and _is_head(phrase, i, words) and not _is_governed(phrase, i, begins, words)
    ])  # fmt: skip
    return found, heads


def _is_head(phrase: Row, at: int, words: Vocabulary) -> bool:
    """Whether a noun is one that a phrase can be about."""
    token = phrase[at]
    if token.possessive or (token.capital and token.low not in words.unnamed):
        return False
    counts = token.low in words.quantities and at + 1 < len(phrase)
    return not counts or phrase[at + 1].low == "of"


def _is_governed(phrase: Row, at: int, begins: dict[int, int], words: Vocabulary) -> bool:
    """Whether a preposition inside the phrase governs a token: ``a spokesman for Merkel``."""
    i = begins.get(at, at) - 1  # `begins` leads from each token of a name to its first
    while i >= max(0, at - REACH):
        token = phrase[i]
        if i in begins:
            i = begins[i] - 1
            continue
        if token.low in words.prepositions:
            return i > 0
        if token.low in words.articles and i > 0 and not token.possessive:
            return phrase[i - 1].low in words.prepositions and i > 1
        plain = token.text[0].islower() or token.text[0].isdigit()
        if not (token.possessive or plain or token.low in words.nations):
            return False
        i -= 1
    return False


def _titled(phrase: Row, name: Name, words: Vocabulary) -> bool:
    """Whether a name closes a title with a post in it: ``envoy to the UN Nikki Haley``."""
    at = name.first - 1  # "director of research at Rhine Data" is no Rhine Data
    governed = low(phrase, at - (low(phrase, at) in words.articles)) in words.prepositions
    closes = name.last == len(phrase) - 1 and len(name.words) > 1 and not governed
    # Agency copy stacks titles: "US envoy to the UN Nikki Haley".
    posted = bool(name.role) and name.role <= words.nations.keys()
    posted = posted or phrase[0].low in words.roles
    return closes and posted and bool(lows(phrase, 0, name.first) & words.roles)


def _chosen(
    phrase: Row, found: Sequence[Name], heads: Sequence[int], inverted: bool, words: Vocabulary
) -> Name | None:
    """The name that a phrase is about; none when it is about a noun."""
    # "former governor and Party Chairman Ann Lee" is about no governor.
    found = [name for name in found if name.kind != "role"] or found
    leading = {one for one, other in pairwise(found) if _leads_on(phrase, one, other, words)}
    found = [name for name in found if name not in leading]
    if not found or not heads:
        return found[0 if inverted else -1] if found else None
    first, last = found[0], found[-1]
    if not inverted:
        return last if last.last > heads[-1] else None
    apart = lows(phrase, heads[0], last.first) & words.prepositions
    if last.first > heads[0] and (not apart or _titled(phrase, last, words)):
        return last if last.last > heads[-1] or last.kind == "person" else None
    return first if first.first < heads[0] and first.kind == "person" else None


def _leads_on(phrase: Row, name: Name, other: Name, words: Vocabulary) -> bool:
    """Whether a name only qualifies the next one: ``Polish centre-right MEP Ann Lee``."""
    between = phrase[name.last + 1 : other.first]
    joins = words.prepositions | words.articles | words.clauses
    return bool(between) and all(t.text[0].islower() and t.low not in joins for t in between)


def _head(phrase: Row, heads: Sequence[int], inverted: bool, words: Vocabulary) -> int:
    """The noun that a phrase is about: its last one, or the last that none of its parts governs."""
    if not inverted:
        return heads[-1]
    last = heads[0]  # "the campaign manager", "a law enforcement official"
    for at in heads[1:]:
        between = lows(phrase, last + 1, at)
        if between & words.prepositions or between & words.articles:
            break
        last = at
    return last


def _attended(phrase: Row, start: int, head: int, words: Vocabulary) -> Row:
    """The words for whom somebody speaks or works: ``a spokesman for``, ``the Lee campaign's``."""
    if low(phrase, head + 1) in ("of", "for", "to"):
        return phrase[head + 2 : head + REACH]
    collective = words.institutions | words.groups
    return [t for t in phrase[start:head] if t.capital or t.low in collective]


def _own_words(phrase: Row, words: Vocabulary) -> list[str]:
    """The words of a phrase that name an institution, as printed."""
    own = [token.text for token in phrase if token.low not in words.articles]
    # Papers name their sources so: "the Kommersant newspaper", which is Kommersant.
    if phrase[-1].low in words.media and any(word[0].isupper() for word in own):
        own = [word for word in own if word[0].isupper()]
    return own


def _is_role(phrase: Row, words: Vocabulary) -> bool:
    """Whether a phrase is about a role, whoever has it."""
    found, heads = _candidates(phrase, words)
    return bool(heads) and not found and phrase[heads[0]].low in words.roles


def _serves_office(phrase: Row, words: Vocabulary) -> bool:
    """Whether a phrase means somebody new of an office that has one holder.

    A name in apposition is the holder's then: ``an aide to the minister, Ann Lee``; a company is
    nobody's name.
    """
    if not phrase or phrase[0].low not in words.indefinite:
        return False
    ties = (i for i in range(1, len(phrase)) if phrase[i].low in ("for", "of", "to", "with"))
    first = next((i for i in ties if low(phrase, i - 1) in words.people), None)
    if first is None:
        return False
    reach = range(first + 1, len(phrase))
    stop = next((i for i in reach if phrase[i].low in words.prepositions), reach.stop)
    office = phrase[first + 1 : stop]
    definite = low(office, 0) in words.determiners or any(t.possessive for t in office[:-1])
    return definite and office[-1].low in words.roles


def _article(phrase: Row, head: int, words: Vocabulary) -> int:
    """Where the article or genitive before a head is; 0 when there is none."""
    before = range(head - 1, -1, -1)
    return next((i for i in before if phrase[i].low in words.articles or phrase[i].possessive), 0)


def _is_definite(phrase: Row, start: int, head: int, words: Vocabulary) -> bool:
    """Whether a role means somebody spoken of: ``the envoy``, ``Ann's envoy``, ``UN envoy``."""
    article = phrase[start].low if head else ""
    if article in words.indefinite:
        return False
    capitals = any(token.capital for token in phrase[start:head])
    return article in words.determiners or phrase[start].possessive or capitals


# Where a phrase begins and ends --------------------------------------------------------------


def _last_name(phrase: Row, words: Vocabulary) -> Name | None:
    """The name that a phrase ends with."""
    last = every_name(phrase, words)[-1:]
    return last[0] if last and last[0].last == len(phrase) - 1 else None


def skip_back(row: Row, at: int, words: Vocabulary) -> int:
    """The last token up to one that is no auxiliary, adverb or day; -1 where there is none."""
    while at >= 0:
        token = row[at]
        adverb = token.low.endswith("ly") and token.low not in words.heads  # "the daily wrote"
        between = adverb or token.low in words.between
        if (token.capital or not between) and token.low not in words.calendar:
            break
        at -= 1
    return at


def _before_time(row: Row, at: int, words: Vocabulary) -> int:
    """The token before such words as ``a day earlier`` and ``last night``."""
    relative = low(row, at) in ("earlier", "later", "before", "ago")
    if relative and at >= 3 and row[at - 1].low in words.times:
        return at - 3
    pointing = low(row, at - 1) in ("last", "this", "that", "next")
    return at - 2 if pointing and at >= 2 and row[at].low in words.times else at


def _phrase_start(row: Row, at: int, words: Vocabulary) -> int:
    """Where the noun phrase that ends at a token begins."""
    first, least = at, max(0, at - REACH)
    while first > least:
        token = row[first - 1]
        if token.is_word or token.text == "&":
            ends = token.low in words.clauses and not joins_fields(row, first - 1, words)
            # "for the post Lee said", "the letter Lee called": behind a document a clause begins
            titled = token.low in words.documents or token.low in words.publications
            if ends or (titled and row[first].capital) or _is_verb(row, first - 1, words):
                break
        elif token.text != "." or low(row, first - 2) not in words.titles:
            break
        first -= 1
    return first


def _ends_phrase(row: Row, first: int, at: int, words: Vocabulary) -> bool:
    """Whether a noun phrase that begins at one token has ended before another."""
    token = row[at]
    if at > first and (_joins_posts(row, at, words) or joins_fields(row, at, words)):
        return False
    if token.text[0] in ",;:()—–" or token.text == QUOTE or token.low in words.clauses:
        return True
    if token.text == ".":
        return low(row, at - 1) not in words.titles
    if at == first:
        return False
    verb = token.low not in words.roles and _is_verb(row, at, words)
    return verb or token.low in ("in", "on", "during", "after", "before")


def _is_issued(row: Row, first: int, at: int, words: Vocabulary) -> bool:
    """Whether a noun phrase is the object of a verb of issuing, which may be within it."""
    return any(
        row[i].low in words.issuing and row[i + 1].low in words.articles
        for i in range(max(0, first - 1), at)
    )


def _joins_posts(row: Row, at: int, words: Vocabulary) -> bool:
    """Whether a word joins two posts of one person: ``Governor and Party Chairman Ann Lee``."""
    if row[at].low != "and":
        return False
    before = row[at - 2 if row[at - 1].text == "." else at - 1].low in words.before_names
    return before and low(row, at + 1) not in words.articles and at + 1 < len(row)


def _is_verb(row: Row, at: int, words: Vocabulary) -> bool:
    """Whether a token may be a reporting verb, not a noun: ``the report``, ``press secretary``."""
    token = row[at]
    if token.capital or token.low not in words.forms:
        return False
    before = at > 0 and (row[at - 1].low in words.articles or row[at - 1].possessive)
    qualifies = before or low(row, at + 1) in words.roles
    return not (qualifies and words.forms[token.low] == token.low)


# Where the subject of a sentence is ----------------------------------------------------------


def _behind_dateline(row: Row) -> int:
    """Behind the place that a report is from: ``BONN, Germany (AP) —``; 0 where there is none."""
    if not row or not row[0].text.isupper() or len(row[0].text) < 3:
        return 0
    for i, token in enumerate(row[:12]):
        if token.text in ("—", "–", "-"):
            return i + 1
        if token.is_word and token.text[0].islower():
            break
    return 0


def _main_clause(row: Row, found: dict[int, Name], words: Vocabulary) -> int:
    """Where the main clause begins, behind a subordinate one."""
    opener = low(row, 0)
    if opener not in words.participles and opener not in words.subordinators:
        return 0
    commas = [i for i, token in enumerate(row) if token.text == ","]
    if opener in words.participles:  # agency copy: "Speaking in Bonn, a city, Ann Lee said"
        reporting = [i for i in commas if words.inflected & lows(row, i + 1, i + 7)]
        return next(iter(reporting[-1:] or commas[:1]), -1) + 1
    people = [name for name in found.values() if name.kind in ("person", "name")]
    if any(name.first > comma for comma in commas[:1] for name in people):
        return commas[0] + 1
    return people[0].last + 1 if len(people) > 1 else 0


def _is_object(row: Row, name: Name, words: Vocabulary) -> bool:
    """Whether a name is a genitive or behind a preposition."""
    before = low(row, name.first - 1)
    if before in words.determiners and name.first > 1:
        before = row[name.first - 2].low
    return before in words.prepositions or row[name.last].possessive


def _qualifies_role(row: Row, at: int, words: Vocabulary) -> bool:
    """Whether what ends before a token only qualifies a role behind it: ``Kremlin spokesman``."""
    for token in row[at : at + 3]:  # "Kremlin chief foreign spokesman"
        ends = token.low in words.inflected or token.low in words.articles
        if ends or not token.text[0].islower():
            return False
        if token.low in words.roles:
            return True
    return False


def _behind_post(row: Row, at: int) -> int:
    """Behind a role and the place of it, if one is given: ``ambassador in Rome``."""
    if low(row, at) in ("in", "to", "of", "at", "for", "on"):
        # Up to a place of several words: "ambassador to the United Arab Emirates, Ann Lee".
        comma = next((i for i in range(at, min(len(row), at + 6)) if row[i].text == ","), at)
        return comma if all(token.is_word for token in row[at:comma]) else at
    return at


def _segment_start(row: Row, at: int, words: Vocabulary) -> int:
    """Where what is between two commas begins, by where it ends."""
    for first in range(at, 0, -1):
        # "Bonn, Calif., said", "who worked for Sen. Ann Lee, said"
        abbreviated = first == at or low(row, first - 2) in words.titles
        if row[first - 1].text in _STOPS and not (row[first - 1].text == "." and abbreviated):
            return first
    return 0


def _before_brackets(row: Row, at: int) -> int:
    """The token before a pair of brackets that ends there: ``Ann Lee (D-Calif.), who``."""
    if low(row, at - 1) != ")":
        return at
    opened = range(at - 1, max(0, at - REACH), -1)
    return next((i for i in opened if row[i].text == "("), at)


def _ends_place(row: Row, first: int, stop: int, words: Vocabulary) -> bool:
    """Whether what is between two commas ends the name of a place: ``of Bonn, Calif.,``."""
    if stop - first > 2 or not row[first].capital or low(row, first - 1) != ",":
        return False
    place = _segment_start(row, first - 1, words)
    return place > 0 and low(row, place) in ("of", "from", "in", "at")


def _is_clause(segment: Row, words: Vocabulary) -> bool:
    """Whether what is between commas is a clause: ``who came``, ``speaking in Bonn``."""
    return segment[0].low in words.relatives or segment[0].low.endswith("ing")


def _is_aside(segment: Row, words: Vocabulary) -> bool:
    """Whether what is between commas is an apposition or a remark, not the subject."""
    first = segment[0]
    if first.low in words.asides or first.low.isdigit():
        return True
    if first.capital:  # "Ann Lee of Bonn, Germany, said", and in American papers ", R-Ariz.,"
        return len(segment) <= 2 and (first.low in words.nations or first.low in ("r", "d"))
    if first.low != "the":
        return True
    return len(segment) > 3 and bool(lows(segment, 0, len(segment)) & words.roles)
