"""The ``usru`` command, also the way for people without make."""

import argparse
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from usru import __version__
from usru.codebook import LAYOUTS, VARIABLES
from usru.ending import Ended, ended, run
from usru.errors import InputError
from usru.wording import count, printable, shortened

if TYPE_CHECKING:
    from usru.sources import Options
    from usru.study.study import Study

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    It is 0 when all is well, 1 when something was not reproduced or a check failed, 2 when the
    input cannot be used, and 128 and the number of the signal when one ended it: 130 for Ctrl-C.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows ``usru``; that of the process by default.

    Examples
    --------
    >>> main(["info", "no-such-folder"])
    2
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what a terminal of ASCII cannot show
    try:
        _refuse_bytes(arguments)
        options = _parser().parse_args(arguments)
        work: Callable[[argparse.Namespace], int] = options.run
        with ended():
            status = work(options)
            sys.stdout.flush()
            return status
    except InputError as error:
        return _complain(str(error))
    except BrokenPipeError:
        return _unread()
    except OSError as error:
        mend = "choose a place that can be read and written"
        return _complain(f"{shortened(str(error))}; {mend}.")
    except KeyboardInterrupt as error:
        number = error.number if isinstance(error, Ended) else signal.SIGINT
        return _complain("interrupted; every stored file is whole", status=128 + number)


def _refuse_bytes(arguments: Sequence[str]) -> None:
    """Refuse arguments in another encoding, which no list of documents and no sentence could hold."""
    for one in arguments:
        try:
            os.fsencode(one).decode("utf-8")  # in a locale of ASCII a path comes in escapes
        except UnicodeError:
            why = "it is not UTF-8"
            raise InputError(f"argument {one!r}", why, "rename what it names") from None


def _complain(text: str, status: int = 2) -> int:
    print(printable(f"usru: {text}"), file=sys.stderr)
    return status


def _say(text: object) -> None:
    print(printable(str(text)), flush=True)


def _unread() -> int:
    """End without a word when nobody reads on, as behind ``usru info | head -1``."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it at its end
    return 128 + 13  # the signal that ends other programs then


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(printable(shortened(message)))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="usru", description="Studies of news: texts in, a compendium out.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    def of_a_study(name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
        added = command(name, run, text)
        what = "a study; by default the one you are in"
        added.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=what)
        return added

    of_a_study("info", _info, "check a study and say what is in it")
    _add_new(command("new", _new, "make a study of texts of your own"))
    reproduce = of_a_study(
        "reproduce", _reproduce, "run the notebooks, redraw the figures, give a verdict"
    )
    reproduce.add_argument(
        "--update", action="store_true", help="store the new outputs in the notebooks"
    )
    of_a_study("figures", _figures, "draw the figures")
    of_a_study("site", _site, "build the site: notebooks, figures, reading edition, explorer")
    explore = of_a_study("explore", _explore, "open the explorer of passages as an app")
    explore.add_argument("--port", type=int, help="a free one by default")
    explore.add_argument("--no-browser", action="store_true", help="only say where it is")
    _add_code(of_a_study("code", _code, "code passages yourself, blind, and compare"))
    _add_sample(
        of_a_study("sample", _sample, "draw passages to be coded, with known probabilities")
    )
    evaluate = command("evaluate", _evaluate, "score the cleaner on pages that people have marked")
    evaluate.add_argument("what", choices=["cleaner"], help="what is scored")
    evaluate.add_argument("folder", type=Path, help="NAME.txt and NAME.story.txt, or a benchmark")
    evaluate.add_argument("--worst", type=int, default=5, help="pages to name, the worst first")
    evaluate.add_argument("--to", type=Path, help="where the scores of each page go, as CSV")
    _add_measure(
        command("measure", _measure, "measure many articles, on this machine or a Dask cluster")
    )
    test = of_a_study("test", _test, "pass every check of a study, or of the package itself")
    test.add_argument("--only", nargs=argparse.REMAINDER, metavar="PYTEST",
                      help="in the package, only pytest, with what follows")  # fmt: skip
    of_a_study("lab", _lab, "open JupyterLab on the notebooks")
    command("lock", _lock, "resolve the dependencies anew and write lock and environment.yml")
    command("audit", _audit, "report known vulnerabilities of the packages of the lock")
    command("dist", _dist, "build a release: sources, wheel and bill of materials")
    command("bench", _bench, "measure speed, as ratios in one run")
    fuzz = command("fuzz", _fuzz, "try every reader of text on generated texts, in a checkout")
    fuzz.add_argument("--n", type=int, default=1_000_000, help="texts; 1,000,000 by default")
    fuzz.add_argument("--seed", type=int, default=2017, help="of the texts; 2017 by default")
    mutate = command(
        "mutate", _mutate, "change the code and see whether tests notice, in a checkout"
    )
    mutate.add_argument("--n", type=int, default=60, help="changes; 60 by default")
    mutate.add_argument("--seed", type=int, default=2017, help="of the sample; 2017 by default")
    mutate.add_argument("modules", nargs="*", metavar="MODULE", help="src/usru/…; all by default")
    reliability = command("reliability", _reliability, "try to break the package, in a checkout")
    what = "of the table in docs/reliability.md; all of them by default"
    reliability.add_argument("rows", nargs="*", metavar="ROW", help=what)
    reliability.add_argument("--n", type=int, default=1_000_000, help="texts; 1,000,000 by default")
    return parser


def _add_code(code: argparse.ArgumentParser) -> None:
    """What `usru code` takes: who codes what, and which passages."""
    code.add_argument("--as", dest="name", metavar="NAME", help="who codes; asked for by default")
    code.add_argument("--what", choices=VARIABLES, default="topics", help="topics by default")
    code.add_argument("--round", type=int, default=1, help="2 to code the same passages again")
    code.add_argument("--sheet", type=Path, metavar="FILE", help="CSV that lists the passages")
    code.add_argument("--n", type=int, help="how many passages; the same ones for every coder")
    code.add_argument("--port", type=int, help="a free one by default")
    code.add_argument("--no-browser", action="store_true", help="only say where it is")


def _add_sample(sample: argparse.ArgumentParser) -> None:
    """What `usru sample` takes: how many of what, from where, and how they are divided."""
    sample.add_argument("--n", type=int, required=True, help="how many; more on an earlier sheet")
    units = ("paragraphs", "sentences", "quotations")
    sample.add_argument("--unit", choices=units, help="paragraphs by default")
    sample.add_argument("--what", choices=VARIABLES, help="what is coded, by default of the unit")
    sample.add_argument("--by", action="append", default=[], metavar="COLUMN",
                        help="a column of the documents that makes strata, as outlet or month")  # fmt: skip
    sample.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE",
                        help="only passages of documents that have this value")  # fmt: skip
    what = "a topic, `dictionary` for any rare one, or an instrument of tone: more of what it finds"
    sample.add_argument("--score", default="", metavar="INSTRUMENT", help=what)
    sample.add_argument("--seed", type=int, help="another draws another sample; 2017 by default")
    sample.add_argument("--name", help="of the sheet; that of the unit by default")


def _add_new(new: argparse.ArgumentParser) -> None:
    """What `usru new` takes: the study, the sources, and what these cannot say themselves."""
    new.add_argument("folder", type=Path, metavar="FOLDER", help="the study to be made")
    what = (
        "texts, tables, web pages or exports, files or folders; by default FOLDER's own .txt files"
    )
    new.add_argument("sources", nargs="*", type=Path, metavar="SOURCE", help=what)
    new.add_argument("--update", action="store_true", help="add new documents to a study")
    new.add_argument("--no-run", action="store_true", help="leave the notebooks for later")
    _add_options(new)
    new.add_argument("--language", help="of the texts, as `de`; found out by default")


def _add_options(command: argparse.ArgumentParser) -> None:
    """What sources cannot say themselves."""
    command.add_argument("--layout", choices=LAYOUTS, help="what .txt files hold; pages by default")
    for name in ("text", "title", "published", "outlet"):
        option = "--date" if name == "published" else f"--{name}"
        command.add_argument(
            option, dest=name, metavar="COLUMN", help=f"the column of the {option[2:]}"
        )
    command.add_argument(
        "--dates", choices=["day-first", "month-first"], help="how 03/04/2017 is read"
    )
    command.add_argument("--encoding", help="of text files that do not tell theirs")


def _options(said: argparse.Namespace) -> "Options":
    from usru.sources import Options

    names = ("text", "title", "published", "outlet", "encoding", "dates", "layout")
    return Options(**{name: getattr(said, name) for name in names})


def _add_measure(measure: argparse.ArgumentParser) -> None:
    """What `usru measure` takes: the articles, the folder of the frames, and who does the work."""
    what = "Parquet, CSV or JSON lines of articles, or a folder of such files"
    measure.add_argument("source", type=Path, metavar="SOURCE", help=what)
    what = "the folder of the frames; one that is there goes on where it ended"
    measure.add_argument("--to", type=Path, required=True, metavar="FOLDER", help=what)
    what = "of a Dask scheduler, as tcp://10.0.0.1:8786; by default the cores of this machine"
    measure.add_argument("--cluster", metavar="ADDRESS", help=what)
    what = "on this machine; as many as it has cores by default"
    measure.add_argument("--workers", type=int, metavar="N", help=what)
    what = "the study whose codebook is used; by default the shipped one"
    measure.add_argument("--study", type=Path, metavar="STUDY", help=what)
    what = "an instrument of tone, once for each; all by default"
    measure.add_argument("--tone", action="append", metavar="INSTRUMENT", help=what)
    what = "articles that a worker holds at a time; 1,000 by default"
    measure.add_argument("--part", type=int, metavar="N", help=what)
    _add_options(measure)
    measure.add_argument("--language", default="en", help="of the texts, as `de`; `en` by default")


def _info(options: argparse.Namespace) -> int:
    from usru.study.overview import describe
    from usru.study.study import Study

    _say(describe(Study(options.folder)))
    return 0


def _new(options: argparse.Namespace) -> int:
    from usru.study import new

    said = _options(options)
    if options.update and options.language:
        mend = "change `language` in its corpus.toml"
        raise InputError("--language", "a study that is there says its language itself", mend)
    if options.update:
        study = new.update(options.folder, options.sources, said, say=_say)
    else:
        study = new.make(options.folder, options.sources, said, language=options.language, say=_say)
    if options.no_run:
        return 0
    from usru.study.reproduce import reproduce

    verdict = reproduce(study, update=True, say=_say)
    _say("\n".join([*verdict.failures, verdict.made]))
    return 1 if verdict.failures else 0


def _reproduce(options: argparse.Namespace) -> int:
    from usru.study.reproduce import reproduce
    from usru.study.study import Study

    verdict = reproduce(Study(options.folder), update=options.update, say=_say)
    _say(verdict)
    return 0 if verdict.identical or (options.update and not verdict.failures) else 1


def _figures(options: argparse.Namespace) -> int:
    from usru.figures import write_all
    from usru.study.study import Study

    study = Study(options.folder)
    write_all(study.corpus, study.root / "figures", study.figures, study.claims)
    return 0


def _site(options: argparse.Namespace) -> int:
    from usru.study import shots, site
    from usru.study.study import Study

    study = Study(options.folder)
    built = site.build(study)
    _say(f"open {built / 'index.html'}")
    taken = shots.take(built, site.pictured(study))
    none = "no pictures of it were taken, as there is no Chromium here that can be driven"
    _say(f"pictures of {len(taken)} screens are in {built / '_shots'}" if taken else none)
    return 0


def _explore(options: argparse.Namespace) -> int:
    _say("reading the study …")  # what follows is loaded for some seconds before it can say so
    from usru.study import app
    from usru.study.explore import explorer
    from usru.study.study import Study

    corpus = Study(options.folder).corpus
    _say(f"preparing {count(len(corpus.texts), 'story', 'stories')} for the explorer …")
    return app.serve(explorer(corpus), options.port, browser=not options.no_browser, say=_say)


def _code(options: argparse.Namespace) -> int:
    _say("reading the study …")
    from usru.study import app
    from usru.study.code import coder
    from usru.study.study import Study

    corpus = Study(options.folder).corpus
    chosen = (options.what, options.name, options.round, options.sheet, options.n)
    made = coder(corpus, *chosen)
    return app.serve(made, options.port, browser=not options.no_browser, say=_say)


def _sample(options: argparse.Namespace) -> int:
    _say("reading the study …")
    from usru.coding import planning, sampling
    from usru.study.study import Study

    study = Study(options.folder)
    found = sampling.sample(
        study.corpus, options.n, unit=options.unit, what=options.what, by=options.by,
        where=sampling.conditions(options.where), score=options.score, seed=options.seed,
        name=options.name,
    )  # fmt: skip
    _say("\n".join(planning.report(study.corpus, found)))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from usru.delimited import exact_csv
    from usru.evaluation import cleaner
    from usru.files import write

    scores = cleaner.score(options.folder)
    _say(cleaner.summary(scores).round(3).to_string(index=False))
    own = scores[scores["method"] == "usru"].sort_values(["recall", "page"])
    for page in own.head(options.worst).itertuples():
        _say(f"{page.page}: precision {page.precision:.2f}, recall {page.recall:.2f}")
    if options.to is not None:
        write(options.to, exact_csv(scores.round(4)))
    return 0


def _measure(options: argparse.Namespace) -> int:
    from usru.scale import measure
    from usru.scale.articles import PART

    measure(
        options.source, options.to, options.cluster, workers=options.workers,
        options=_options(options), study=options.study, instruments=options.tone,
        language=options.language, part=PART if options.part is None else options.part, say=_say,
    )  # fmt: skip
    return 0


def _test(options: argparse.Namespace) -> int:
    from usru.study import kernels
    from usru.study.study import Study

    study = Study(options.folder)
    if not study.is_package:
        return _test_study(study)
    if options.only is not None:
        return _run(study.root, "pytest", *options.only)
    sources = [str(path) for path in sorted((study.root / "src").rglob("*.py"))]
    checks = {
        "ruff check": ("ruff", "check", "."),
        "ruff format": ("ruff", "format", "--check", "."),
        "numpydoc lint": ("numpydoc", "lint", *sources),
        "pytest": ("pytest",),
    }
    types = subprocess.Popen([sys.executable, "-m", "mypy"], cwd=study.root)
    try:
        with kernels.apart() as own:
            failed = [name for name, command in checks.items() if _run(study.root, *command, **own)]
        failed += ["mypy"] if types.wait() else []
    finally:
        types.kill()
    _say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _test_study(study: "Study") -> int:
    from usru.study.checks import faults, rerun

    found = faults(study)
    found += ["a notebook does not show what is stored in it"] if rerun(study) else []
    _say("\n".join(f"failed: {fault}" for fault in found) or "all checks passed")
    return 1 if found else 0


def _lab(options: argparse.Namespace) -> int:
    from usru.study.study import Study

    return _run(Study(options.folder).root, "jupyter", "lab", "notebooks")


def _lock(options: argparse.Namespace) -> int:
    from usru.study.environment import lock
    from usru.study.reproduce import checkout

    changed = lock(checkout())
    _say("\n".join(f"wrote {path.name}" for path in changed) or "nothing changed")
    return 0


def _audit(options: argparse.Namespace) -> int:
    from usru.study.release import audit
    from usru.study.reproduce import checkout

    _say(audit(checkout()))
    return 0


def _dist(options: argparse.Namespace) -> int:
    from usru.study.release import dist
    from usru.study.reproduce import checkout

    root = checkout()
    _say("\n".join(f"wrote {path.relative_to(root)}" for path in dist(root)))
    return 0


def _bench(options: argparse.Namespace) -> int:
    return _tool("bench")


def _fuzz(options: argparse.Namespace) -> int:
    return _tool("fuzz", "--n", str(options.n), "--seed", str(options.seed), needs="hypothesis")


def _mutate(options: argparse.Namespace) -> int:
    asked = ["--n", str(options.n), "--seed", str(options.seed), *options.modules]
    return _tool("mutate", *asked, needs="cosmic_ray")


def _reliability(options: argparse.Namespace) -> int:
    return _tool("reliability", *options.rows, "--n", str(options.n), needs="cosmic_ray")


def _tool(name: str, *arguments: str, needs: str = "pytest") -> int:
    """Run a program that is kept beside the tests."""
    from usru.study.environment import have
    from usru.study.reproduce import checkout

    root = checkout()
    have(needs, root)
    return run([sys.executable, f"tests/{name}.py", *arguments], root)


def _run(root: Path, *command: str, **environment: str) -> int:
    return run([sys.executable, "-m", *command], root, environment or None)
