"""The site in a real browser: it opens alone, leads where it says, and can be used by everybody."""

import functools
import http.server
import json
import re
import threading
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from usru.analysis import tone
from usru.errors import InputError
from usru.show.style import DARK
from usru.study import site as making
from usru.study.reproduce import checkout
from usru.study.site import build
from usru.study.study import Study

NEEDS_BROWSER = pytest.mark.usefixtures("browser")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(Study(checkout()), tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="module")
def hostile_site(hostile, tmp_path_factory):
    figures = ("kept_and_dropped", "stories", "agendas")
    to = tmp_path_factory.mktemp("built") / "site"
    return build(Study(hostile.manifest.folder), to, figures=figures)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A browser that leaves before a page is loaded is no fault of the page."""


@pytest.fixture(scope="module")
def serve():
    """Serve folders, each at an address of its own; give the address."""
    servers = []

    def start(folder):
        handler = functools.partial(Quiet, directory=str(folder))
        server = Server(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(site, serve):
    return serve(site)


@pytest.fixture(scope="module")
def hostile_address(hostile_site, serve):
    return serve(hostile_site)


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def serious(page):
    """What axe finds that keeps somebody from using the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


class Links(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links = {""}, []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids.add(given.get("id") or given.get("name"))
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


def test_no_link_or_anchor_is_broken(site, hostile_site):
    for folder in (site, hostile_site):
        pages = {name: Links(folder / name) for name in names(folder)}
        for name, here in pages.items():
            for link in here.links:
                to = urlsplit(urljoin(f"http://site/{name}", link))
                if to.netloc != "site":
                    continue
                path = unquote(to.path).lstrip("/") or "index.html"
                assert (folder / path).is_file(), f"{name} leads to {link}"
                if path in pages and not path.startswith("search"):
                    assert unquote(to.fragment) in pages[path].ids, f"{name} leads to {link}"


def test_nothing_is_loaded_from_elsewhere(site):
    for name in names(site):
        text = (site / name).read_text(encoding="utf-8")
        assert "mathjax" not in text.lower()
        assert "require.js" not in text
        assert 'src="http' not in text


SHORTEN = """most => {
  for (const name of ["section", "tr", "li", "dl", "dt", "dd", "code"])
    for (const one of document.querySelectorAll(`${name}:nth-of-type(n + ${most + 1})`)) one.remove();
}"""
"""Leaves of sections, tables and lists the first parts, which the others are like."""

FIRST = {"reference/": 4, "codebook": 8, "genindex": 8, "": 19}
"""How many, by how a page's name begins: pages on code have thousands, made by one rule each."""

ALIKE = ("reference/", "figures/", "docs/")  # one page of each stands for all


def one_of_each(pages):
    alike = [name for prefix in ALIKE for name in [n for n in pages if n.startswith(prefix)][1:]]
    return [name for name in pages if name not in alike]


def switched_on(page):
    for box in page.locator(".switches input").all():
        box.check()


@NEEDS_BROWSER
def test_every_page_opens_alone_and_serves_everybody(site, address, page):
    faults, checked = {}, one_of_each(names(site))
    for name in names(site):
        page.goto(address + name)
        switched_on(page)
        page.evaluate(
            SHORTEN, next(most for start, most in FIRST.items() if name.startswith(start))
        )
        found = page.faults + (serious(page) if name in checked else [])
        page.faults.clear()
        if found:
            faults[name] = found
    assert faults == {}


CUT = """[...document.querySelectorAll(".usru-sheet")].filter((sheet) => {
  const drawn = sheet.querySelector("svg").getBoundingClientRect();
  const frame = sheet.getBoundingClientRect();
  const scrolls = sheet.scrollWidth > sheet.clientWidth;
  const cue = getComputedStyle(sheet.parentElement.querySelector(".usru-cue")).display !== "none";
  return scrolls !== cue || (!scrolls && (drawn.right > frame.right + 1 || drawn.left < frame.left - 1));
}).length"""
"""How many figures are cut off, or scroll without saying so, or say so and do not."""


@NEEDS_BROWSER
@pytest.mark.parametrize("width", [375, 800])
def test_no_page_scrolls_sideways_and_no_figure_is_cut(site, address, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide, cut = [], []
    for name in one_of_each(names(site)):
        page.goto(address + name)
        switched_on(page)
        wide += [name] if page.evaluate("document.documentElement.scrollWidth") > width else []
        cut += [name] if page.evaluate(CUT) else []
    page.close()
    assert (wide, cut) == ([], [])


LIGHT = """[...document.querySelectorAll(".usru-sheet svg [style]")].filter((mark) =>
  ["fill", "stroke"].some((what) => mark.style[what] &&
    COLOURS.includes(mark.style[what]) && getComputedStyle(mark)[what] === mark.style[what])).length"""
"""How many marks have the colour in the dark that they have by day."""


def test_a_mark_that_is_used_in_many_places_turns_dark_too(site):
    """It matches no rule that names what is around it."""
    rules = (site / "_static" / "dark.css").read_text(encoding="utf-8").splitlines()
    turning = [rule for rule in rules if "[style" in rule]
    assert len(turning) == 2 * len(DARK)
    assert all(rule.startswith("[style") and "var(--of-" in rule for rule in turning)


@NEEDS_BROWSER
@pytest.mark.parametrize(
    "name",
    ["index.html", "gallery.html", "claims.html", "explorer.html", "edition/manila-zerohedge.html",
     "figures/same_meeting.html", "notebooks/02_timeline.html"],
)  # fmt: skip
def test_pages_serve_everybody_in_the_dark_and_on_a_phone(address, browser, name):
    page = browser.new_page(color_scheme="dark", viewport={"width": 375, "height": 700})
    page.goto(address + name)
    switched_on(page)
    assert serious(page) == [], "axe measures contrast, too"
    rgb = [f"rgb({', '.join(str(int(c[i : i + 2], 16)) for i in (1, 3, 5))})" for c in DARK]
    assert page.evaluate(LIGHT.replace("COLOURS", json.dumps(rgb))) == 0, "figures are dark"
    page.close()


@NEEDS_BROWSER
def test_a_figure_turns_with_the_switch_of_the_site(address, page):
    page.goto(address + "figures/same_meeting.html")
    ground = page.locator("#same_meeting-patch_1 path")
    fill = functools.partial(ground.evaluate, "element => getComputedStyle(element).fill")
    assert fill() == "rgb(255, 255, 255)"
    page.evaluate("document.body.dataset.theme = 'dark'")
    assert fill() == "rgb(20, 24, 28)"


@NEEDS_BROWSER
def test_the_gallery_is_light_until_one_scrolls(site, address, page):
    sizes = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(address + "gallery.html", wait_until="networkidle")
    assert page.locator(".usru-gallery img").count() == len(Study(checkout()).figures)
    assert 50_000 < sum(sizes) < 500_000


def test_no_page_is_large(site):
    sizes = {name: (site / name).stat().st_size for name in names(site)}
    assert {name: size for name, size in sizes.items() if size >= 1_000_000} == {}


@NEEDS_BROWSER
def test_the_search_finds_the_stories(address, page):
    page.goto(address + "search.html?q=Volker")
    page.wait_for_selector("#search-results li a")
    found = [link.get_attribute("href") for link in page.locator("#search-results li a").all()]
    assert any("edition/manila-zerohedge.html" in link for link in found)


def test_code_is_folded_and_opens_without_script(site):
    page = (site / "notebooks" / "05_tone.html").read_text(encoding="utf-8")
    assert page.count("Show code") > 5
    assert "<details" in page
    assert not re.search(r"<details[^>]* open", page)


class Visible(HTMLParser):
    """The text of a page as it is read: without code, and without what no reader sees."""

    LEFT_OUT = frozenset(["code", "pre", "script", "style", "head", "svg"])

    def __init__(self, path):
        super().__init__()
        self.left_out, self.pieces = 0, []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.pieces += filter(None, [given.get("alt"), given.get("aria-label"), given.get("title")])
        self.left_out += tag in self.LEFT_OUT

    def handle_endtag(self, tag):
        self.left_out -= tag in self.LEFT_OUT

    def handle_data(self, data):
        self.pieces += [] if self.left_out else [data]

    @property
    def text(self):
        return " ".join(" ".join(self.pieces).split())


THINGS = ["groups", "stories", "paragraphs", "meetings", "words", "documents", "quotations", "topics", "speakers", "claims", "outlets", "passages", "days", "comments", "sentences", "instruments", "points"]  # fmt: skip
THING = [name.removesuffix("s").replace("storie", "story") for name in THINGS]
WRONG = re.compile(
    rf"(?<![\d.,])(?:1 (?:{'|'.join(THINGS)})|0 (?:{'|'.join(THING)}))\b|\bare 1\b(?! of)|\s-\d"
)


def ids(corpus):
    """Names that are read in code, addresses and tables of data alone."""
    known = {*corpus.documents["doc_id"], *corpus.meetings["meeting"], *tone.INSTRUMENTS, "nav"}
    known -= {"news"}  # also a word
    return known | {topic for topic in corpus.codebook.topics if "_" in topic}


def test_what_people_read_has_no_ids_and_right_english(corpus, site):
    known = re.compile(rf"(?<![\w/.-])(?:{'|'.join(sorted(ids(corpus)))})(?![\w/-])")
    wrong = {}
    for name in names(site):
        if name.startswith(
            ("reference/", "genindex", "py-modindex", "search", "docs/", "codebook")
        ):
            continue  # these are about the code and the data
        text = Visible(site / name).text
        found = [text[max(0, m.start() - 40) : m.end() + 20] for m in known.finditer(text)]
        found += [text[max(0, m.start() - 40) : m.end() + 20] for m in WRONG.finditer(text)]
        if found:
            wrong[name] = found[:5]
    assert wrong == {}


@NEEDS_BROWSER
def test_a_cell_of_the_heat_map_leads_to_all_its_paragraphs(corpus, address, page):
    doc_id, topic = "manila-zerohedge", "sanctions"
    coded = corpus.coded_topics.query("doc_id == @doc_id and topic == @topic")
    page.goto(address + "figures/agendas.html")
    to = f"explorer.html?topics={topic}&story={doc_id}"
    page.locator(f'#agendas-figure_1 a[href="../{to}"]').first.click()
    page.wait_for_url(f"{address}explorer.html?*")
    shown = page.locator(".passages li p").all_inner_texts()
    texts = corpus.paragraphs.merge(coded[["doc_id", "block"]])["text"].tolist()
    assert shown == texts
    assert len(texts) > 1


@NEEDS_BROWSER
def test_the_edition_reads_and_switches_without_script(corpus, address, browser):
    doc_id = "bonn-sputnik-awkward"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}edition/{doc_id}.html")
    body = page.locator(".block.body")
    assert body.all_inner_texts() == corpus.paragraphs.query("doc_id == @doc_id")["text"].tolist()
    comment = page.locator(".block.comment").first
    assert not comment.is_visible()
    page.locator(".show-dropped").focus()
    page.keyboard.press("Space")
    assert comment.is_visible()
    quoted = page.locator(".mark.quotations.last").first
    note = "getComputedStyle({}, '::after').content"
    shown = functools.partial(quoted.evaluate, f"element => {note.format('element')}")
    assert shown() == "none"
    page.locator(".show-quotations").focus()
    page.keyboard.press("Space")
    assert shown() in ("attr(data-note)", '"Sergei Lavrov"')
    assert body.all_inner_texts() == corpus.paragraphs.query("doc_id == @doc_id")["text"].tolist()
    context.close()


@NEEDS_BROWSER
def test_the_explorer_filters(corpus, address, page):
    page.goto(address + "explorer.html")
    assert page.locator(".passages li").count() == len(corpus.paragraphs)
    page.select_option("select[name=meeting]", "manila")
    page.select_option("select[name=topics]", "ukraine")
    meeting = corpus.paragraphs["doc_id"].map(corpus.documents.set_index("doc_id")["meeting"])
    manila = corpus.paragraphs[meeting == "manila"]
    coded = manila.merge(corpus.coded_topics.query("topic == 'ukraine'")[["doc_id", "block"]])
    assert page.locator(".passages li").count() == len(coded) > 0
    assert page.locator(".count").inner_text() == f"{len(coded)} of {len(meeting)} paragraphs"
    assert page.url.endswith("?meeting=manila&topics=ukraine"), "a choice can be passed on"
    page.reload()
    assert page.locator(".passages li").count() == len(coded)
    page.click("button[type=reset]")
    page.fill("input[name=words]", "VOLKER")
    page.wait_for_function("document.querySelector('.passages mark')")
    told = corpus.paragraphs["text"].str.contains("volker", case=False).sum()
    assert page.locator(".passages li").count() == told
    assert page.locator(".passages mark").first.inner_text().lower() == "volker"
    page.fill("input[name=words]", "")
    for name, value in (("speakers", "Sergei Lavrov"), ("tone", "up")):
        page.select_option(f"select[name={name}]", value)
        assert 0 < page.locator(".passages li").count() < len(meeting)
    page.locator(".passages a").first.click()
    page.wait_for_selector(".block:target")
    assert page.faults == []


@NEEDS_BROWSER
def test_a_hostile_corpus_runs_nothing(hostile_site, hostile_address, page):
    for name in names(hostile_site):
        page.goto(hostile_address + name)
        page.mouse.move(300, 300)
        assert page.evaluate("window.broken") is None, name
        assert page.faults == [], name
        assert page.locator('a[href^="javascript"], img[onerror], [onmouseover]').count() == 0
        if "edition" in name or name == "explorer.html":
            assert page.evaluate("document.documentElement.scrollWidth") <= 1200, name
            assert page.evaluate("getComputedStyle(document.body).display") != "none"


@NEEDS_BROWSER
def test_the_figures_of_a_hostile_corpus_lead_to_its_story(hostile_site, hostile_address, page):
    page.goto(hostile_address + "figures/stories.html")
    page.locator("#stories-figure_1 a[href]").last.click()
    page.wait_for_selector(".block:target")


# Refusals and replacing --------------------------------------------------------------------------


def test_a_folder_that_is_no_site_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="it holds something that is no site"):
        build(Study(checkout()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


WARNS = """\
from sphinx.util.logging import getLogger

def setup(app):
    getLogger(__name__).warning("a page is missing")
"""


@pytest.mark.parametrize(
    ("settings_of", "why"),
    [("1 / 0", "ZeroDivisionError"), (WARNS, "WARNING: .*a page is missing")],
)
def test_a_page_that_sphinx_refuses_leaves_the_old_site(
    hostile, tmp_path, monkeypatch, settings_of, why
):
    to, settings = tmp_path / "site", tmp_path / "templates" / "site" / "sphinx"
    settings.mkdir(parents=True)
    (settings / "conf.py").write_text(settings_of, encoding="utf-8")
    monkeypatch.setattr(making, "FOLDER", tmp_path / "templates")
    to.mkdir()
    (to / "objects.inv").write_text("old")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with pytest.raises(InputError, match=why) as error:
        build(Study(hostile.manifest.folder), to, figures=())
    assert "x1b" not in str(error.value)
    assert (to / "objects.inv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "templates"]


def test_guides_come_in_a_reader_s_order_with_the_files_that_they_lead_to(tmp_path):
    study, docs = tmp_path / "study", tmp_path / "study" / "docs"
    docs.mkdir(parents=True)
    for name in ("zeal", "trust", "abbreviations"):
        (docs / f"{name}.md").write_text(f"# {name}\n\n[cite](../CITATION.cff)\n", "utf-8")
    asked = (
        "[out](../../secret.txt) [gone](../gone.csv) [rest](../README.md#next) [web](https://a.b/c)"
    )
    (docs / "trust.md").write_text(f"# trust\n\n{asked} [how](../CONTRIBUTING.md)\n", "utf-8")
    (study / "CONTRIBUTING.md").write_text("# How\n\n[trust](docs/trust.md)\n", "utf-8")
    (study / "CITATION.cff").write_text("a", "utf-8")
    (tmp_path / "secret.txt").write_text("s", "utf-8")
    guides, linked = making._guides(study)
    names = ["trust", "abbreviations", "contributing", "zeal"]
    assert list(guides) == [f"docs/{name}" for name in names]
    assert linked == {"CITATION.cff": b"a"}
    assert "](../index.md#next)" in guides["docs/trust"]
    assert "](../docs/contributing.md)" in guides["docs/trust"]
    assert "](trust.md)" in guides["docs/contributing"]
