"""The study as a site of plain files that loads nothing from elsewhere."""

import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pandas as pd
from nbformat import NotebookNode

import usru
from usru.corpus import Corpus
from usru.delimited import exact_csv
from usru.errors import InputError
from usru.figures import FIGURES
from usru.files import make_folders
from usru.show import edition
from usru.show.layers import Layer
from usru.show.style import DARK, dark_rules
from usru.study import home, pages
from usru.study.claims import MIME, stored
from usru.study.study import Study, title
from usru.templates import FOLDER, address, script, stylesheet

__all__ = ["build", "pictured"]

_ELSEWHERE = {
    "../data/README.md": "../datasheet.md", "../README.md": "../index.md",
    "../figures/README.md": "../gallery.md", "../notebooks/README.md": "../claims.md",
    "../CONTRIBUTING.md": "../docs/contributing.md",
    "tone/README.md": "tone-list.md", "../data/tone/README.md": "../tone-list.md",
}  # fmt: skip
"""Where a page of the repository is on the site."""

_GUIDES = [
    "teaching",
    "trust",
    "beginnings",
    "estimates",
    "install",
    "paper",
    "review",
    "architecture",
]
"""In which order a reader wants them; the others follow by name."""

THUMBNAIL = 480  # pixels across, twice what it takes on a page


def build(
    study: Study, to: Path | None = None, *,
    figures: Sequence[str] | None = None, layers: Sequence[Layer] | None = None,
) -> Path:  # fmt: skip
    """Build the site of a study.

    Parameters
    ----------
    study : Study
        Its notebooks, figures and stories; the reference is in the site of the package's own study.
    to : path, optional
        The folder of the site, ``site`` in the study by default; an earlier one is replaced in one
        step, when the new one is whole, and anything else there is refused.
    figures : sequence of str, optional
        Which figures; those that its notebooks show by default.
    layers : sequence of Layer, optional
        What the reading edition can switch on; all that it finds by default.
    """
    corpus, to = study.corpus, study.root / "site" if to is None else to
    if to.exists() and not (to / "objects.inv").is_file() and any(to.iterdir()):
        raise InputError(to, "it holds something that is no site", "choose a new folder")
    _check_addresses(corpus)
    make_folders(to.parent)
    with tempfile.TemporaryDirectory(prefix=f".{to.name}.", dir=to.parent) as folder:
        source, built = Path(folder) / "source", Path(folder) / "site"
        shutil.copytree(FOLDER / "site" / "sphinx", source)
        found = edition.layers(corpus) if layers is None else layers
        _lay_out(study, source, study.figures if figures is None else figures, found)
        _run_sphinx(source, built)
        shutil.rmtree(built / "_sources", ignore_errors=True)  # an empty folder
        if to.exists():
            to.rename(Path(folder) / "before")
        built.rename(to)
    return to


def pictured(study: Study) -> list[str]:
    """Return the pages of a site that stand for all: home, the first story, the last notebook but one.

    Parameters
    ----------
    study : Study
        Of which the site is.
    """
    story = next(iter(study.corpus.documents["doc_id"]))
    notebooks = [path.stem for path in study.notebooks]
    return [
        "index.html", f"edition/{address(story)}.html",
        *(f"notebooks/{name}.html" for name in notebooks[-2:][:1]),
    ]  # fmt: skip


def _check_addresses(corpus: Corpus) -> None:
    seen: dict[str, str] = {}
    for doc_id in corpus.documents["doc_id"]:
        if seen.setdefault(address(doc_id), doc_id) != doc_id:
            both = f"{seen[address(doc_id)]!r} and {doc_id!r} would have one address"
            raise InputError(corpus.manifest.folder, both, "rename one of the two documents")


def _lay_out(study: Study, source: Path, figures: Sequence[str], layers: Sequence[Layer]) -> None:
    """Write all that Sphinx reads into its folder."""
    corpus, notebooks = study.corpus, study.notebooks
    told = stored(notebooks)
    titles = {path.stem: title(notebook) for path, notebook in notebooks.items()}
    reference = pages.reference(_modules()) if study.is_package else {}
    guides, linked = _guides(study.root)
    drawings = {name: _draw(name, corpus) for name in figures}
    drawn = {name: (table, svg) for name, (table, svg, _) in drawings.items()}
    here, below = pages.to_edition(corpus), pages.to_edition(corpus, "../")
    first = home.read(corpus, told, {name: table for name, (table, _) in drawn.items()}, layers)
    texts: dict[str, str | bytes] = {
        "index.md": pages.home(corpus, first, drawn, here, told, titles, guides, reference),
        "gallery.md": pages.gallery(drawn, titles),
        "claims.md": pages.claims(told),
        "stories.md": pages.stories(corpus),
        "explorer.md": pages.explorer(corpus, layers),
        "codebook.md": pages.codebook(corpus.manifest.folder / "codebook"),
        "datasheet.md": "# Datasheet\n\nThis corpus has no datasheet.\n",
        "_static/usru.css": stylesheet(), "_static/dark.css": _in_the_dark(), "_static/usru.js": script(),
    }  # fmt: skip
    folder = corpus.manifest.folder
    if (sheet := folder / "README.md").is_file():
        texts["datasheet.md"] = _to_site(sheet.read_text(encoding="utf-8"))
    if (card := folder / "tone" / "README.md").is_file():  # the datasheet leads to it
        texts["tone-list.md"] = f"---\norphan: true\n---\n\n{card.read_text(encoding='utf-8')}"
    texts |= linked | {f"{name}.md": page for name, page in (guides | reference).items()}
    for path, notebook in notebooks.items():
        shown = _shown(notebook, path.stem, below)
        texts[f"notebooks/{path.name}"] = str(nbformat.writes(shown, 4))
    for name, (table, svg, thumbnail) in drawings.items():
        texts[f"figures/{name}.md"] = pages.figure(name, drawn, below, told, titles)
        texts[f"extra/figures/{name}.csv"] = exact_csv(table)
        texts[f"extra/figures/{name}.svg"] = _to_pages(svg, below)
        texts[f"extra/figures/{name}.png"] = thumbnail
    for doc_id in corpus.documents["doc_id"]:
        texts[f"edition/{address(doc_id)}.md"] = pages.story(corpus, doc_id, layers)
    for name, text in texts.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        content = text if isinstance(text, bytes) else text.encode()
        (source / name).write_bytes(content)


def _guides(root: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The pages of prose of a study, and the files that they lead to and that are no pages."""
    paths = {path.stem: path for path in sorted((root / "docs").glob("*.md"))}
    if (root / "CONTRIBUTING.md").is_file():
        paths["contributing"] = root / "CONTRIBUTING.md"
    first = [name for name in _GUIDES if name in paths]
    guides, linked = {}, {}
    for name in dict.fromkeys([*first, *sorted(paths)]):
        text = paths[name].read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^):#\s]+)\)", text):
            target = (paths[name].parent / link).resolve()
            is_page = target.suffix in (".md", ".ipynb")
            if target.is_file() and target.is_relative_to(root.resolve()) and not is_page:
                linked[target.relative_to(root.resolve()).as_posix()] = target.read_bytes()
        guides[f"docs/{name}"] = _to_site(text).replace("](docs/", "](")
    return guides, linked


def _draw(name: str, corpus: Corpus) -> tuple[pd.DataFrame, str, bytes]:
    """A figure: its table, the SVG, and a small picture of it."""
    figure = FIGURES[name]
    table = figure.tabulate(corpus)
    drawing = figure.plot(table)
    svg = drawing.svg(figure.headline(table), figure.alt(table), dark=True)
    return table, svg, _thumbnail(drawing.png(), svg)


def _thumbnail(png: bytes, svg: str) -> bytes:
    """The upper part of a picture's marks, small; what is said around them is beside it."""
    from PIL import Image

    root = ElementTree.fromstring(svg)
    height, above, below = (
        float(root.get(name, "0").removesuffix("pt"))
        for name in ("height", "data-head-height", "data-foot-height")
    )
    with Image.open(BytesIO(png)) as picture:
        above, below = (size * picture.height / height for size in (above, below))
        low = min(picture.height - below, above + picture.width * 2 / 3)
        marks = picture.convert("RGB").crop((0, round(above), picture.width, round(low)))
    small = marks.resize(
        (THUMBNAIL, round(THUMBNAIL * marks.height / marks.width)), Image.Resampling.LANCZOS
    )
    buffer = BytesIO()
    small.quantize(48).save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def _in_the_dark() -> str:
    """The rules by which figures turn dark where the site does.

    A mark that is drawn once and used in many places is outside of all that a selector could name
    around it, but inherits their custom properties.
    """
    rules = dark_rules({colour: f"var(--of-{colour[1:]},{colour})" for colour in DARK})
    twins = ";".join(f"--of-{colour[1:]}:{twin}" for colour, twin in DARK.items())
    chosen = f'body[data-theme="dark"] .usru-sheet{{{twins}}}'
    preferred = f'body:not([data-theme="light"]) .usru-sheet{{{twins}}}'
    return f"\n{rules}\n{chosen}\n@media (prefers-color-scheme: dark) {{\n{preferred}\n}}\n"


def _run_sphinx(source: Path, built: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    run = subprocess.run(
        [*command, "--no-color", "-d", str(source.parent / "cache"), str(source), str(built)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if run.returncode:
        told = run.stderr.replace(str(source), "docs").strip().splitlines()
        faults = [line.strip() for line in told if re.search(r"WARNING|ERROR|\w+Error\b", line)]
        raise InputError("site", "; ".join((faults or told)[:5]), "mend the page that it names")


def _shown(notebook: NotebookNode, name: str, passages: Mapping[str, pages.Place]) -> NotebookNode:
    """A committed notebook for the site: figures in the page, links to the site's own pages."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            cell.source = _to_site(cell.source)
        else:  # folded, as most who look do not read code
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(MIME, None)  # a claim's check; the page shows its sentence
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = _numbers_right(
                    _to_pages(output.data["text/html"], passages)
                )
            svg = output.get("data", {}).pop("image/svg+xml", None)
            if svg is not None:
                alt = output.data["text/plain"].removeprefix("[figure: ").removesuffix("]")
                output.data["text/html"] = pages.sheet(svg, f"{name}-{number}", alt, passages)
    return notebook


def _to_site(text: str) -> str:
    """A text of the repository with its links to pages that have another address on the site."""
    for here, there in _ELSEWHERE.items():
        text = re.sub(rf"(?<=\]\(){re.escape(here)}(?=[)#])", there, text)
    return text


def _to_pages(markup: str, passages: Mapping[str, pages.Place]) -> str:
    """A figure's file, or what a cell shows, with its links to the reading edition."""

    def place(match: re.Match[str]) -> str:
        found = passages.get(match[0])
        return match[0] if found is None else found.address

    return re.sub(r'(?<=href=")[^"#]+#L\d+(?=")', place, markup)


def _numbers_right(markup: str) -> str:
    """A frame as pandas shows it with a class at its numbers."""
    if 'class="dataframe"' not in markup:
        return markup
    return re.sub(r"<td>(?=[-−+]?[\d.,]+%?</td>)", '<td class="number">', markup)


def _modules() -> dict[str, list[str]]:
    """The modules of each floor, the front door's own first."""
    names = ("usru", "text", "sources", "analysis", "evaluation", "show", "figures", "study")
    floors: dict[str, list[str]] = {name: [] for name in names}
    for module in pkgutil.walk_packages(usru.__path__, "usru."):
        if not module.ispkg and module.name not in ("usru.__main__", "usru.cli"):
            floor = module.name.split(".")[1]
            floors[floor if floor in floors else "usru"].append(module.name)
    return floors
