"""Records of ProQuest, saved as text: fields with their names, parted by lines of underscores."""

import re
from collections.abc import Iterator, Sequence

from usru.sources.record import Record, divided

__all__ = ["records", "wrote"]

_LINE = re.compile("_{20,}")
_NAMES = (
    "Title", "Author", "Publication info", "Publication title", "First page", "Pages", "Number of pages",
    "Publication year", "Year", "Publication date", "Section", "Publisher", "Place of publication",
    "Country of publication", "Publication subject", "ISSN", "Source type", "Language of publication",
    "Document type", "Document feature", "ProQuest document ID", "Document URL", "Copyright", "Last updated",
    "Database", "Abstract", "Full text", "Full Text", "Links", "Subject", "Location", "People", "Company / organization",
    "Identifier / keyword", "Dateline", "Column", "Edition", "Volume", "Issue", "Credit", "URL", "Publication",
)  # fmt: skip
_FIELD = re.compile(rf"({'|'.join(map(re.escape, _NAMES))}): ?(.*)")
# Fields that are kept, by the names that they have in other sources.
_KEPT = {
    "Author": "author", "Section": "section", "Pages": "pages", "First page": "pages", "Edition": "edition",
    "Language of publication": "language", "Document URL": "url", "ProQuest document ID": "document",
    "Abstract": "abstract", "Subject": "subjects", "Location": "locations", "People": "people",
    "Company / organization": "companies", "Identifier / keyword": "keywords", "Dateline": "dateline",
    "Column": "column", "Publisher": "publisher", "Place of publication": "place of publication",
    "Country of publication": "country", "Source type": "type", "Document type": "document type",
}  # fmt: skip


def wrote(lines: Sequence[str]) -> bool:
    """Whether lines are an export of ProQuest.

    Parameters
    ----------
    lines : sequence of str
        The lines of a text.

    Examples
    --------
    >>> wrote(["Title: Pier closes", "ProQuest document ID: 1234567890"])
    True
    """
    return any(line.startswith("ProQuest document ID:") for line in lines)


def records(lines: Sequence[str]) -> Iterator[Record]:
    """Yield the records of an export.

    Parameters
    ----------
    lines : sequence of str
        Its lines.

    Yields
    ------
    Record
        In the order of the export; a record without its text has none.

    Examples
    --------
    >>> [record] = records(["_" * 60, "Title: Pier closes", "Full text: The pier of Lund closes.",
    ...     "Publication title: Lund Gazette", "Publication date: Mar 12, 2017", "ProQuest document ID: 1"])
    >>> record.title, record.outlet, record.date, record.text
    ('Pier closes', 'Lund Gazette', 'Mar 12, 2017', 'The pier of Lund closes.\\n')
    """
    for part in divided(["_" * 20, *lines], _LINE, ends=False):
        if wrote(part):
            yield _record(part[1:])


def _record(lines: Sequence[str]) -> Record:
    fields = _fields(lines)
    text = "\n".join(fields.get("Full text") or fields.get("Full Text") or ()).strip()
    flat = {name: " ".join(" ".join(held).split()) for name, held in fields.items()}
    title = flat.get("Title") or next((line.strip() for line in lines if line.strip()), None)
    outlet = flat.get("Publication title") or flat.get("Publication")
    more = {name: flat[field] for field, name in _KEPT.items() if flat.get(field)}
    date = flat.get("Publication date")
    return Record(f"{text}\n" if text else "", title, outlet, date, "field Publication date", more)


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each field; blank lines part paragraphs of the text and end other fields."""
    fields: dict[str, list[str]] = {}
    held: list[str] | None = None
    for line in lines:
        match = _FIELD.match(line)
        if match:
            held = fields.setdefault(match[1], [])
            held.append(match[2])
        elif held is not None and (line.strip() or held is fields.get("Full text")):
            held.append(line)
    return fields
