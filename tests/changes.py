"""Ways to change a datum of a copied corpus."""

import csv
import hashlib
import re
from pathlib import Path


def replaced(file, *pairs):
    """A change that puts words of a file in the place of others, which must be there."""

    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, (file, old)
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8", newline="")
        if file.startswith("raw/"):
            _checked(folder, path)

    return change


def recoded(name, where, **values):
    """A change of the cells of the reference coding in the rows that `where` chooses."""

    def change(folder: Path) -> None:
        path = folder / "coding" / "reference" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        chosen = [row for row in rows if where(row)]
        assert chosen, (name, values)
        for row in chosen:
            row.update(values)
        write(path, rows)

    return change


def dropped(name, where):
    """A change that takes rows out of the reference coding."""

    def change(folder: Path) -> None:
        path = folder / "coding" / "reference" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = [row for row in rows if not where(row)]
        assert len(kept) < len(rows), name
        write(path, kept)

    return change


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _checked(folder, path):
    """Give the manifest the checksum of a page that was changed."""
    manifest = folder / "corpus.toml"
    text = manifest.read_text(encoding="utf-8")
    at = text.index(f'"raw/{path.name}"')
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    rest = re.sub(r'sha256 = "\w+"', f'sha256 = "{digest}"', text[at:], count=1)
    manifest.write_text(text[:at] + rest, encoding="utf-8")
