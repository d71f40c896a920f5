"""The README promises nothing that is not there."""

import re
import tomllib

import pytest

from usru.cli import _parser
from usru.figures import FIGURES
from usru.study import home
from usru.study.reproduce import checkout

ROOT = checkout()
README, INSTALL, TRUST, ARCHITECTURE, DEPENDENCIES = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ["README.md", *(f"docs/{page}.md" for page in ("install", "trust", "architecture", "dependencies"))]
)  # fmt: skip
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "data/README.md",
    "figures/README.md",
    "notebooks/README.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
]


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^)make (\w+)", README + INSTALL, re.MULTILINE))
    assert {"reproduce", "test", "lab", "bench", "lock"} <= targets
    for target in targets:
        assert re.search(rf"^[\w ]*\b{target}\b[\w ]*:", makefile, re.MULTILINE), target


def test_every_usru_command_exists():
    known = _parser()._subparsers._group_actions[0].choices
    named = set(
        re.findall(
            r"\busru (reproduce|test|info|new|lab|lock|bench|figures|[a-z]+) ?(?:`|FOLDER|--|\n)",
            README + INSTALL,
        )
    )
    assert {"reproduce", "test", "info", "new"} <= named
    assert named <= set(known)


def test_its_findings_are_those_of_the_home_page(corpus):
    """The titles of figures are computed, and so are the findings here."""
    lines = " ".join(README.split())
    findings = home.read(corpus, [], {}).findings
    assert lines.count("- **") >= len(findings)
    for finding in findings:
        figure = FIGURES[finding.figure]
        head = figure.headline(figure.tabulate(corpus))
        assert f"- **{head}.** {finding.text}" in lines, head


def test_it_is_short():
    before = README[: README.index("## Layout")]
    prose = re.sub(r"!?\[([^]]*)\]\([^)]*\)|```.*?```", r"\1", before, flags=re.DOTALL)
    assert len(prose.split()) <= 450


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_further_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    given = {"jupyterlab", "pandas", "matplotlib", "textblob", "ipywidgets", "nbval"}
    extras = project["project"]["optional-dependencies"].values()
    needed = sum(extras, project["project"]["dependencies"] + project["dependency-groups"]["dev"])
    names = {re.split(r"[<>=~!\[]", need)[0] for need in needed} - given
    listed = {
        name
        for row in re.findall(r"^\| ([\w, -]+) \|", DEPENDENCIES, re.MULTILINE)
        for name in row.split(", ")
    }
    assert names == listed - {"package", "---"}


def test_the_numbers_about_outside_pages_are_the_measured_ones():
    from usru.evaluation import outside

    unseen = outside.summary().set_index("set").loc["unseen"]
    stated = re.search(
        r"(\d+)% of the lines get.*?(\d+)% of the story's lines are kept and (\d+)%",
        TRUST,
        re.DOTALL,
    )
    measured = [unseen["agreement"], unseen["story recall"], unseen["story precision"]]
    assert [int(number) for number in stated.groups()] == [round(100 * share) for share in measured]


def test_the_numbers_about_real_pages_are_the_measured_ones():
    from usru.evaluation import outside

    table = outside.benchmark().set_index(["part", "method"])
    used, own, rule, justext = (
        table.loc[key]
        for key in [("developed", "usru"), *(("unseen", method) for method in outside.METHODS)]
    )
    stated = re.search(
        r"On the (\d+) English pages.*?F1 of\s([\d.]+) on the half.*?"
        r"([\d.]+) \(([\d.]+) to ([\d.]+)\).*?gives ([\d.]+) there, jusText ([\d.]+)\.",
        TRUST,
        re.DOTALL,
    )
    measured = [used["F1"], own["F1"], own["low"], own["high"], rule["F1"], justext["F1"]]
    assert int(stated[1]) == used["pages"] + own["pages"]
    assert list(stated.groups()[1:]) == [f"{number:.2f}" for number in measured]


def test_the_number_about_saved_pages_is_the_measured_one():
    from usru.evaluation import cleaner, outside

    measured = outside.benchmark(list(cleaner.HTML_METHODS))["F1"]
    stated = re.search(
        r"trafilatura keeps the\sstory, with an F1 of ([\d.]+) on either half", TRUST
    )
    assert {f"{number:.2f}" for number in measured} == {stated[1]}


def test_every_module_is_in_the_architecture():
    for path in (ROOT / "src" / "usru").rglob("*.py"):
        if not path.stem.startswith("_") and path.stem != "cli" and "templates" not in path.parts:
            assert f"`{path.stem}`" in ARCHITECTURE, path.stem


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src" / "usru").rglob("*.py")), ids=lambda p: p.stem
)
def test_every_module_has_its_test_file(path):
    if path.stem.startswith("__") and path.parent.name != "usru":
        return
    if path.stem == "__main__" or "sphinx" in path.parts:
        return
    name = "test_init.py" if path.stem == "__init__" else f"test_{path.stem}.py"
    assert (ROOT / "tests" / path.parent.relative_to(ROOT / "src" / "usru") / name).exists()


def test_the_numbers_about_quotations_elsewhere_are_the_measured_ones():
    from usru.analysis import voices
    from usru.evaluation import outside

    found = voices.evaluate(*outside.quotations("voices")).set_index("what")
    stated = re.search(
        r"(\d+) of (\d+) quotations are found and (\d+)% get the reader's speaker, (\d+)%", TRUST
    )
    span = found.loc["span"]
    shares = [round(100 * found.loc[what, "recall"]) for what in ("speaker", "form")]
    assert [int(n) for n in stated.groups()] == [span["in_both"], span["in_reference"], *shares]
