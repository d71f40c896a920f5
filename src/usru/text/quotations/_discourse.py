"""What a reader knows at a place of a text: whom it speaks of, and who spoke last."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

ANONYMOUS = "anonymous"
"""The name and the kind of a source that is not named."""

# Features and reports from the scene come back to "the official" after a few paragraphs; later
# the words mean another one.
RECENT = 3


@dataclass(eq=False)
class Entity:
    """Somebody who can speak."""

    name: str
    kind: str  # "person", "institution", "anonymous", or "media", which pass on what others say
    gender: str | None = None
    role: set[str] = field(default_factory=set)  # the words that say what somebody is
    met: int = 0  # how many were met before


@dataclass
class Discourse:
    """The state of a text's reading, which every part of the finder shares."""

    speaker: Entity | None = None  # who spoke last
    cue: str = ""  # by which words, as long as what follows goes on with them
    subject: Entity | None = None  # whom the sentence at hand is about
    subject_first: int = 0  # the token that names them
    # Whom the sentences before were about, the latest first, then others whom they named.
    subjects: list[Entity] = field(default_factory=list)
    company: list[Entity] = field(default_factory=list)  # whom else the last sentence named
    silent: bool = False  # whether the last sentence had a subject who said nothing yet
    asker: Entity | None = None  # who asked last
    asked: Entity | None = None  # and whom
    learns: bool = True  # whether what is read now is remembered
    issuers: dict[str, Entity] = field(default_factory=dict)  # of letters and statements
    _paragraph: int = 0
    _unnamed: dict[str, tuple[Entity, int]] = field(default_factory=dict)
    _mentions: int = 0
    _mentioned: dict[str, dict[Entity, int]] = field(default_factory=lambda: defaultdict(dict))

    def begin_paragraph(self) -> None:
        """Forget the cue, which no other paragraph goes on with."""
        self._paragraph += 1
        self.cue = ""

    def mention(self, entity: Entity) -> None:
        """Note that the text has just spoken of somebody."""
        self._mentions += 1
        alike = self._mentioned[entity.kind]
        alike.pop(entity, None)
        alike[entity] = self._mentions

    def recency(self, entity: Entity) -> int:
        """A number that is higher the later the text spoke of somebody; -1 for never."""
        return self._mentioned[entity.kind].get(entity, -1)

    def latest(self, kind: str) -> list[Entity]:
        """The three of a kind spoken of last, the last first; a pronoun reaches no further."""
        return list(islice(reversed(self._mentioned[kind]), 3))

    def follow(self, subject: Entity | None, named: Iterable[Entity]) -> None:
        """Note whom a sentence was about, and whom it named."""
        if subject is not None:
            others = [one for one in self.subjects if one is not subject]
            self.subjects = [subject, *others][:6]  # further back no pronoun reaches
        self.company = []
        for entity in named:
            self.mention(entity)
            self.company.append(entity)
            if entity not in self.subjects and len(self.subjects) < 12:
                self.subjects.append(entity)
        if subject is not None:
            self.mention(subject)

    def note_unnamed(self, role: str, entity: Entity) -> None:
        """Note whom a role means that was given to nobody named."""
        if self.learns:
            self._unnamed[role] = entity, self._paragraph

    def unnamed(self, role: str) -> Entity | None:
        """The unnamed source of a role, while the text still means them by it."""
        entity, since = self._unnamed.get(role, (None, 0))
        return entity if self._paragraph - since <= RECENT else None
