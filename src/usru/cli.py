"""The ``usru`` command, also the way for people without make."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from usru import __version__
from usru.codebook import LAYOUTS
from usru.errors import InputError

if TYPE_CHECKING:
    from usru.corpus import Corpus

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    It is 0 when all is well, 1 when something was not reproduced or a check failed, 2 when the
    input cannot be used, 130 when interrupted.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows ``usru``; that of the process by default.

    Examples
    --------
    >>> main(["info", "no-such-folder"])
    2
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except InputError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error}; choose a place that can be read and written.")
    except KeyboardInterrupt:
        return _complain("interrupted; every stored file is whole", status=130)


def _complain(text: str, status: int = 2) -> int:
    print(f"usru: {text}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="usru", description="The study of three meetings.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    info = command("info", _info, "load and validate a corpus folder and print what is in it")
    info.add_argument("folder", nargs="?", type=Path, help="the shipped corpus by default")
    new = command("new", _new, "write a corpus.toml for a folder of page dumps")
    new.add_argument("folder", type=Path, help="a folder with text files in it")
    what = "what they hold: pages with menus and links, or the text of articles alone"
    new.add_argument("--layout", choices=LAYOUTS, default="page", help=what)
    run = command("reproduce", _reproduce, "run the notebooks, redraw the figures, give a verdict")
    run.add_argument("--update", action="store_true", help="store the new outputs in the notebooks")
    run.add_argument("--corpus", type=Path, help="run on another corpus folder instead")
    run.add_argument("--to", type=Path, help="where the results for that corpus go")
    figures = command("figures", _figures, "draw the figures")
    figures.add_argument("folder", nargs="?", type=Path, help="figures/ of the checkout by default")
    site = command("site", _site, "build the site: notebooks, figures, reading edition, explorer")
    site.add_argument("folder", nargs="?", type=Path, help="site/ of the checkout by default")
    site.add_argument("--corpus", type=Path, help="another corpus folder; its figures and stories")
    explore = command("explore", _explore, "open the explorer of passages as an app")
    explore.add_argument("folder", nargs="?", type=Path, help="the shipped corpus by default")
    explore.add_argument("--port", type=int, help="a free one by default")
    explore.add_argument("--no-browser", action="store_true", help="only say where it is")
    evaluate = command("evaluate", _evaluate, "score the cleaner on pages that people have marked")
    evaluate.add_argument("what", choices=["cleaner"], help="what is scored")
    evaluate.add_argument("folder", type=Path, help="NAME.txt and NAME.story.txt, or a benchmark")
    evaluate.add_argument("--worst", type=int, default=5, help="pages to name, the worst first")
    evaluate.add_argument("--to", type=Path, help="where the scores of each page go, as CSV")
    test = command("test", _test, "pass every check: style, types, tests, notebooks")
    test.add_argument("pytest", nargs=argparse.REMAINDER, help="options for pytest alone")
    command("lab", _lab, "open JupyterLab on the notebooks")
    command("lock", _lock, "resolve the dependencies anew and write lock and environment.yml")
    command("bench", _bench, "measure speed, as ratios in one run")
    return parser


def _info(options: argparse.Namespace) -> int:
    from usru.codebook import MANIFEST
    from usru.corpus import load

    corpus = load(options.folder)
    print(corpus)
    print(corpus.summary().to_string(index=False))
    _report(corpus)
    open_fields = (corpus.manifest.folder / MANIFEST).read_text(encoding="utf-8").count("# TODO")
    if open_fields:
        _complain(f"{open_fields} fields of {MANIFEST} are still placeholders (TODO); correct them")
    return 0


def _report(corpus: "Corpus") -> None:
    """Name every page that cannot be read as it should be, each in one sentence."""
    for doc_id, faults in corpus.problems.items():
        for fault in faults:
            _complain(str(corpus.refusal(doc_id, fault)))


def _new(options: argparse.Namespace) -> int:
    from usru.corpus import load
    from usru.draft import draft

    path = draft(options.folder, options.layout)
    print(f"wrote {path}; now correct what it could not know: meetings, outlets, titles, dates")
    _report(load(options.folder))
    return 0


def _reproduce(options: argparse.Namespace) -> int:
    from usru.study.reproduce import checkout, reproduce

    if (options.corpus is None) != (options.to is None):
        raise InputError("usru reproduce", "--corpus and --to belong together", "give both or none")
    say = partial(print, flush=True)
    where = {"corpus": options.corpus, "to": options.to}
    verdict = reproduce(checkout(), update=options.update, say=say, **where)
    if options.corpus is not None:
        (ran, notebooks), (hold, stated) = verdict.notebooks, verdict.claims
        print(f"{ran} of {notebooks} notebooks run on {options.corpus}; results in {options.to}")
        print(f"{hold} of the study's {stated} claims hold for this corpus too")
        print("\n".join(verdict.differences))
    else:
        print(verdict)
    return 0 if verdict.identical else 1


def _figures(options: argparse.Namespace) -> int:
    from usru.corpus import load
    from usru.figures import write_all
    from usru.study.claims import stored
    from usru.study.reproduce import checkout, notebooks

    corpus, root = load(), checkout()
    told = stored(notebooks(root)) if corpus.is_shipped else []
    write_all(corpus, options.folder or root / "figures", told=told)
    return 0


def _site(options: argparse.Namespace) -> int:
    from usru.corpus import load
    from usru.study.reproduce import checkout
    from usru.study.site import build

    if options.corpus is not None and options.folder is None:
        raise InputError("usru site", "the site of another corpus needs a folder", "name one")
    root = checkout()
    built = build(load(options.corpus), root, options.folder or root / "site")
    print(f"open {built / 'index.html'}")
    return 0


def _explore(options: argparse.Namespace) -> int:
    from usru.corpus import load
    from usru.study.explore import serve

    return serve(load(options.folder), options.port, browser=not options.no_browser)


def _evaluate(options: argparse.Namespace) -> int:
    from usru.evaluation import cleaner
    from usru.files import write

    scores = cleaner.score(options.folder)
    print(cleaner.summary(scores).round(3).to_string(index=False))
    own = scores[scores["method"] == "usru"].sort_values(["recall", "page"])
    for page in own.head(options.worst).itertuples():
        print(f"{page.page}: precision {page.precision:.2f}, recall {page.recall:.2f}")
    if options.to is not None:
        write(options.to, scores.round(4).to_csv(index=False, lineterminator="\n"))
    return 0


def _test(options: argparse.Namespace) -> int:
    from usru.study.reproduce import checkout

    root = checkout()
    if options.pytest:
        return _run(root, "pytest", *options.pytest)
    sources = [str(path) for path in sorted((root / "src").rglob("*.py"))]
    checks = {
        "ruff check": ("ruff", "check", "."),
        "ruff format": ("ruff", "format", "--check", "."),
        "numpydoc lint": ("numpydoc", "lint", *sources),
        "pytest": ("pytest",),
    }
    types = subprocess.Popen([sys.executable, "-m", "mypy"], cwd=root)
    try:
        failed = [name for name, command in checks.items() if _run(root, *command)]
        failed += ["mypy"] if types.wait() else []
    finally:
        types.kill()
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _lab(options: argparse.Namespace) -> int:
    from usru.study.reproduce import checkout

    return _run(checkout(), "jupyter", "lab", "notebooks")


def _lock(options: argparse.Namespace) -> int:
    from usru.study.environment import lock
    from usru.study.reproduce import checkout

    changed = lock(checkout())
    print("\n".join(f"wrote {path.name}" for path in changed) or "nothing changed")
    return 0


def _bench(options: argparse.Namespace) -> int:
    from usru.study.reproduce import checkout

    return subprocess.call([sys.executable, "tests/bench.py"], cwd=checkout())


def _run(root: Path, *command: str) -> int:
    return subprocess.call([sys.executable, "-m", *command], cwd=root)
