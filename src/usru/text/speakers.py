"""Known speakers: who the people and institutions of a corpus are, and what they are called.

They are data (``codebook/speakers.toml``): canonical names, aliases, roles with their dates, and
the side that each stands on. A speaker who is not listed is taken from the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from usru.codebook import read_toml
from usru.errors import InputError
from usru.files import shipped

__all__ = ["Known", "Role", "Speakers", "read"]

GENDERS = ("female", "male")
FIELDS = {
    "people": {"name", "aliases", "gender", "side", "roles"},
    "institutions": {"name", "aliases", "side"},
}


@dataclass(frozen=True)
class Role:
    """What somebody is, from the first to the last day of it; open where a date is missing."""

    title: str
    first: date | None = None
    last: date | None = None

    def held(self, day: date) -> bool:
        """Whether the role was held on a day.

        Examples
        --------
        >>> Role("envoy", date(2017, 7, 7)).held(date(2017, 2, 16))
        False
        """
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True)
class Known:
    """A person (`is_person`) or an institution, with every name that stands for it."""

    name: str
    is_person: bool
    side: str
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Speakers:
    """The known speakers of a corpus, and the sides that they stand on, with their names."""

    known: tuple[Known, ...]
    sides: Mapping[str, str]

    def at(self, day: date) -> "Speakers":
        """Return the same speakers with only the roles that they held on a day.

        Examples
        --------
        >>> bonn = read().at(date(2017, 1, 31))
        >>> [role.title for who in bonn.known for role in who.roles if "Secretary" in role.title]
        ['US Under Secretary']
        """
        return replace(
            self,
            known=tuple(
                replace(who, roles=tuple(role for role in who.roles if role.held(day)))
                for who in self.known
            ),
        )

    def side(self, name: str) -> str:
        """Return the name of the side that a speaker stands on; ``"Others"`` when not listed.

        Examples
        --------
        >>> read().side("Sergei Lavrov"), read().side("anonymous")
        ('Russia', 'Others')
        """
        sides = {who.name: who.side for who in self.known}
        return self.sides.get(sides.get(name, "other"), "Others")


def read(path: str | Path | None = None) -> Speakers:
    """Read the known speakers of a corpus.

    Parameters
    ----------
    path : path, optional
        A file like ``data/codebook/speakers.toml``, which is the default.

    Returns
    -------
    Speakers
        In the order of the file, people first.

    Raises
    ------
    InputError
        When a name is empty, a name or alias stands for two, a side or a
        field is unknown, or a date is none; the sentence names the entry.

    Examples
    --------
    >>> read().known[0].name
    'Sergei Lavrov'
    """
    path = Path(path) if path else shipped() / "codebook" / "speakers.toml"
    table = read_toml(path)
    sides = _sides(path, table)
    known: list[Known] = []
    taken: dict[str, str] = {}
    for kind, number, entry in _entries(path, table):
        place = f"{path}, {kind} {number}"
        who = _known(place, kind, entry, sides)
        for name in (who.name, *who.aliases):
            if name.casefold() in taken:
                raise InputError(
                    place, f"{name!r} already stands for {taken[name.casefold()]!r}",
                    "give each name and alias to one of them",
                )  # fmt: skip
            taken[name.casefold()] = who.name
        known.append(who)
    return Speakers(tuple(known), sides)


def _sides(path: Path, table: dict[str, Any]) -> dict[str, str]:
    sides = table.get("sides", {})
    if not isinstance(sides, dict) or not all(_is_text(name) for name in sides.values()):
        raise InputError(f"{path}, [sides]", "the sides are no names", 'write home = "Home"')
    return sides


def _entries(path: Path, table: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for key in sorted(table.keys() - FIELDS.keys() - {"sides"}):
        raise InputError(f"{path}, [{key}]", "there is no such table", f"use {', '.join(FIELDS)}")
    for key in FIELDS:
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise InputError(f"{path}, [{key}]", "it is not a list", f"write [[{key}]]")
        for number, entry in enumerate(entries, start=1):
            yield key, number, entry


def _known(place: str, kind: str, entry: dict[str, Any], sides: Mapping[str, str]) -> Known:
    for field in sorted(entry.keys() - FIELDS[kind]):
        raise InputError(
            place, f"there is no field {field!r}", f"use {', '.join(sorted(FIELDS[kind]))}"
        )
    aliases, roles = entry.get("aliases", []), entry.get("roles", [])
    if not isinstance(aliases, list):
        raise InputError(place, "the aliases are no list", 'write aliases = ["…"]')
    names = [entry.get("name"), *aliases]
    if not all(map(_is_text, names)):
        raise InputError(place, "a name is empty", "write the name, or remove the alias")
    side, gender = entry.get("side"), entry.get("gender")
    if not isinstance(side, str) or side not in sides:
        raise InputError(
            place, f"the side {side!r} is not listed under [sides]",
            f"use one of those that are ({', '.join(sides) or 'none is'}), or list it",
        )  # fmt: skip
    if gender not in (None, *GENDERS):
        raise InputError(place, f"{gender!r} is no gender", f"use {' or '.join(GENDERS)}")
    if not isinstance(roles, list):
        raise InputError(place, f"{roles!r} is no list of roles", _ROLE)
    held = tuple(_role(place, role) for role in roles)
    return Known(names[0], kind == "people", side, tuple(aliases), gender, held)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


_ROLE = 'write { title = "…", from = 2017-02-01, to = 2018-03-31 }, the dates where known'


def _role(place: str, entry: Any) -> Role:
    if not isinstance(entry, dict) or not entry.keys() <= {"title", "from", "to"}:
        raise InputError(place, f"{entry!r} is no role", _ROLE)
    title, first, last = entry.get("title"), entry.get("from"), entry.get("to")
    if not isinstance(title, str) or not title.strip():
        raise InputError(place, "a role has no title", _ROLE)
    for day in (first, last):
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            raise InputError(place, f"a date of {title!r} is none", _ROLE)
    if first and last and first > last:
        raise InputError(place, f"{title!r} ends before it begins", _ROLE)
    return Role(title, first, last)
