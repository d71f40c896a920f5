"""The study as a site of plain files that loads nothing from elsewhere."""

import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode

import usru
from usru.corpus import Corpus
from usru.errors import InputError
from usru.figures import FIGURES
from usru.files import make_folders
from usru.show import edition
from usru.show.layers import Layer
from usru.study import pages
from usru.study.claims import MIME
from usru.study.study import Study
from usru.templates import FOLDER, address, script, stylesheet

__all__ = ["build"]

# The way back from the reading edition.
MENU = {"Home": "../index.html", "Stories": "../stories.html", "Explorer": "../explorer.html",
        "Figures": "../gallery.html", "Claims": "../claims.html"}  # fmt: skip

_ELSEWHERE = {"../data/README.md": "../datasheet.md", "../README.md": "../index.md"}


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


def _check_addresses(corpus: Corpus) -> None:
    seen: dict[str, str] = {}
    for doc_id in corpus.documents["doc_id"]:
        if seen.setdefault(address(doc_id), doc_id) != doc_id:
            both = f"{seen[address(doc_id)]!r} and {doc_id!r} would have one address"
            raise InputError(corpus.manifest.folder, both, "rename one of the two documents")


def _lay_out(study: Study, source: Path, figures: Sequence[str], layers: Sequence[Layer]) -> None:
    """Write all that Sphinx reads into its folder."""
    corpus, notebooks, told = study.corpus, study.notebooks, study.claims
    titles = {p.stem: n.cells[0].source.splitlines()[0].lstrip("# ") for p, n in notebooks.items()}
    reference = pages.reference(_modules()) if study.is_package else {}
    paths = sorted((study.root / "docs").glob("*.md"))
    guides = {f"docs/{path.stem}": path.read_text(encoding="utf-8") for path in paths}
    drawn = {name: _draw(name, corpus) for name in figures}
    here, below = pages.to_edition(corpus), pages.to_edition(corpus, "../")
    texts = {
        "index.md": pages.home(corpus, drawn, here, told, titles, [*guides, *reference]),
        "gallery.md": pages.gallery(drawn, here, titles),
        "claims.md": pages.claims(told),
        "stories.md": pages.stories(corpus),
        "explorer.md": pages.explorer(corpus, layers),
        "codebook.md": pages.codebook(corpus.manifest.folder / "codebook"),
        "datasheet.md": "# Datasheet\n\nThis corpus has no datasheet.\n",
        "_static/usru.css": stylesheet(), "_static/usru.js": script(),
    }  # fmt: skip
    if (sheet := corpus.manifest.folder / "README.md").is_file():
        texts["datasheet.md"] = sheet.read_text(encoding="utf-8")
    texts |= {f"{name}.md": page for name, page in (guides | reference).items()}
    for path, notebook in notebooks.items():
        shown = _shown(notebook, path.stem, below)
        texts[f"notebooks/{path.name}"] = str(nbformat.writes(shown, 4))
    for name, (table, svg) in drawn.items():
        texts[f"extra/figures/{name}.csv"] = table.to_csv(index=False, lineterminator="\n")
        texts[f"extra/figures/{name}.svg"] = _to_pages(svg, below)
    for doc_id in corpus.documents["doc_id"]:
        page = edition.page(corpus, doc_id, layers, assets="../_static/", menu=MENU)
        texts[f"extra/edition/{address(doc_id)}.html"] = page
    for name, text in texts.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8", newline="\n")


def _draw(name: str, corpus: Corpus) -> tuple[pd.DataFrame, str]:
    figure = FIGURES[name]
    table = figure.tabulate(corpus)
    return table, figure.plot(table).svg(figure.title, figure.alt(table))


def _run_sphinx(source: Path, built: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    run = subprocess.run(
        [*command, "-d", str(source.parent / "cache"), str(source), str(built)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if run.returncode:
        told = run.stderr.replace(str(source), "docs").strip().splitlines()
        faults = [line.strip() for line in told if re.search(r"WARNING|ERROR|\w+Error\b", line)]
        raise InputError("site", "; ".join((faults or told)[:5]), "mend the page that it names")


def _shown(notebook: NotebookNode, name: str, passages: Mapping[str, str]) -> NotebookNode:
    """A committed notebook for the site: figures in the page, links to the site's own pages."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            for here, there in _ELSEWHERE.items():
                cell.source = cell.source.replace(f"]({here})", f"]({there})")
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(MIME, None)  # a claim's check; the page shows its sentence
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = _to_pages(output.data["text/html"], passages)
            svg = output.get("data", {}).pop("image/svg+xml", None)
            if svg is not None:
                alt = output.data["text/plain"].removeprefix("[figure: ").removesuffix("]")
                output.data["text/html"] = pages.sheet(svg, f"{name}-{number}", alt, passages)
    return notebook


def _to_pages(markup: str, passages: Mapping[str, str]) -> str:
    """A figure's file, or what a cell shows, with its links to the reading edition."""
    passage = re.compile(r'(?<=href=")[^"#]+#L\d+(?=")')
    return passage.sub(lambda match: passages.get(match[0], match[0]), markup)


def _modules() -> dict[str, list[str]]:
    """The modules of each floor, the front door's own first."""
    names = ("usru", "text", "analysis", "show", "figures", "study")
    floors: dict[str, list[str]] = {name: [] for name in names}
    for module in pkgutil.walk_packages(usru.__path__, "usru."):
        if not module.ispkg and module.name not in ("usru.__main__", "usru.cli"):
            floor = module.name.split(".")[1]
            floors[floor if floor in floors else "usru"].append(module.name)
    return floors
