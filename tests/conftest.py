"""One corpus for all tests, and generated text that is the same on every run."""

import functools
import hashlib
import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable

import matplotlib
import pytest
from few import ON_PAGES
from hypothesis import HealthCheck, settings

import usru
import usru.manifest
from usru.errors import InputError
from usru.study.shots import FLAGS, find_browser

matplotlib.use("agg")
settings.register_profile(
    "same_each_time",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same_each_time")


@pytest.fixture(scope="session")
def corpus() -> usru.Corpus:
    return usru.load()


@pytest.fixture(scope="session", autouse=True)
def fewer_articles():
    """The generated press of many articles has fewer in tests; those that run its notebook have all."""
    from usru.figures import scale

    scale.DOCUMENTS = 3_000


@pytest.fixture(autouse=True)
def one_sentence(request, monkeypatch):
    """What is marked as a refusal is told on one line, with its place, what is wrong and the mend."""
    told: list[InputError] = []
    if request.node.get_closest_marker("refusal"):
        make = InputError.__init__

        def noted(self, *given):
            make(self, *given)
            told.append(self)

        monkeypatch.setattr(InputError, "__init__", noted)
    yield
    if request.node.get_closest_marker("refusal"):
        assert told, "nothing was refused"
    for one in told:
        assert one.place
        assert one.problem
        assert one.mend
        assert len(str(one).splitlines()) == 1


@pytest.fixture
def copied(corpus, tmp_path) -> usru.Corpus:
    """A copy of the shipped corpus, in which can be coded; what is found on its pages is found once."""
    left_out = shutil.ignore_patterns("outside")
    copy = usru.load(shutil.copytree(usru.manifest.shipped(), tmp_path / "data", ignore=left_out))
    for name in ON_PAGES:
        copy.kept(name, functools.partial(getattr, corpus, name))
    return copy


@pytest.fixture(scope="session")
def corpus_of(tmp_path_factory) -> Callable[..., usru.Corpus]:
    """A function from pages by name, and the days of some, to the corpus that holds them."""

    def write(pages: dict[str, str], **published: str) -> usru.Corpus:
        folder = tmp_path_factory.mktemp("corpus")
        for name, page in pages.items():
            (folder / f"{name}.txt").write_text(page, encoding="utf-8", newline="")
        manifest = usru.manifest.draft(folder)
        text = manifest.read_text(encoding="utf-8")
        for name, day in published.items():
            text = text.replace(f'doc_id = "{name}"\n', f'doc_id = "{name}"\npublished = {day}\n')
        manifest.write_text(text, encoding="utf-8")
        return usru.load(folder)

    return write


OWN = {
    "boats": [
        "Boats wait for the tide at Porthallow",
        "The boats waited for the tide all morning while the crews mended their nets.",
        "By noon the wind had turned and the harbour was empty again.",
    ],
    "market": [
        "A quiet market day in Porthallow",
        "Few came to the market, and those who came bought little and left early.",
        "By noon the wind had turned and the harbour was empty again, as everyone saw.",
    ],
}
"""Stories that quote nobody, with no comments, on no topic of the codebook, coded by nobody."""


@pytest.fixture(scope="session")
def own(corpus_of) -> usru.Corpus:
    """A corpus of one's own, as a reader first brings it."""
    return corpus_of({name: "\n\n".join(page) + "\n" for name, page in OWN.items()})


HOSTILE = [
    "Talks <script>window.broken = 1</script> resume in Vienna",
    "",
    'Two envoys met in Vienna on <b onmouseover="window.broken = 2">Monday</b> to speak of US'
    " sanctions on Russia, diplomats said after the long meeting.",
    "",
    "They wrote <img src=x onerror='window.broken = 3'> and &lt;b&gt; & \"javascript:alert(4)\" into"
    " their statement on Syria, officials in Moscow and Washington said on Tuesday.",
    "",
    "The reading was \u202eturned around\u202c, ran \u2067the other\u2069 way, rang \x07 and \x1b[31m"
    " reddened, and \u05e9\u05dc\u05d5\u05dd stood in it, said the ministry of foreign affairs.",
    "",
    f"A word of great length, {'a' * 10_000}, was read out by the envoys in Vienna on Monday.",
    "",
    "</script><style>body { display: none }</style></article> <!-- and so the meeting ended in the"
    " evening, with [a link](javascript:alert(5)) and {{ a template }} and `{raw} html`.",
]
"""A story with all that a page could take for its own markup."""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> usru.Corpus:
    """A corpus whose texts and manifest try to act."""
    folder = tmp_path_factory.mktemp("hostile")
    content = "\n".join(HOSTILE).encode()
    (folder / "page.txt").write_bytes(content)
    shutil.copytree(usru.manifest.shipped() / "codebook", folder / "codebook")
    (folder / "codebook" / "events.toml").unlink()
    bad = '</script><img src=x onerror="window.broken=6"> & [x](javascript:alert(7)) {{ y }} *z* | `w`'
    entry = {
        "doc_id": "a <b>\"story'",
        "file": "page.txt",
        "outlet": bad,
        "title": bad,
        "meeting": "<i>vienna",
        "published_basis": bad,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    lines = [
        f"title = {json.dumps(bad)}",
        "[[meetings]]",
        'id = "<i>vienna"',
        f"place = {json.dumps(bad)}",
        f"venue = {json.dumps(bad)}",
        "coordinates = [48.2, 16.4]\ndate = 2015-03-02",
        f"occasion = {json.dumps(bad)}",
        "[[documents]]",
        *(f"{key} = {json.dumps(value)}" for key, value in entry.items()),
        "published = 2015-03-03",
    ]
    (folder / "corpus.toml").write_text("\n".join(lines), encoding="utf-8")
    return usru.load(folder)


BROWSER = find_browser()


@pytest.fixture(scope="module")
def browser():
    """A real browser; what needs one is skipped where there is none."""
    if BROWSER is None:
        pytest.skip(
            "there is no Chromium here; install one (apt-get install chromium) to test in a browser"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser):
    """A new page, and `page.faults`: what it said or asked for that it should not."""
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    opened.set_default_timeout(60_000)
    opened.faults = []
    opened.on("console", lambda m: m.type == "error" and opened.faults.append(m.text))
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("dialog", lambda dialog: (opened.faults.append("a dialog"), dialog.dismiss()))
    opened.on("request", lambda request: opened.faults.extend(_elsewhere(request.url)))
    yield opened
    opened.close()


@pytest.fixture
def serious():
    """A function from a page to what axe finds in it that keeps somebody from using it."""
    from axe_playwright_python.sync_playwright import Axe

    def find(page):
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")]

    return find


def _elsewhere(url):
    here = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
    return [] if url.startswith(here) else [url]


@pytest.fixture(scope="module")
def start():
    """Start servers, each a process of its own, at a free port of this machine; end them after."""
    running = []

    def serve(command, answers, folder, environment):
        """Run ``command(port)`` until ``answers`` can be fetched from it; give its address."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = folder / "server.log"
        with log.open("w") as told:
            process = subprocess.Popen(
                command(port), cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=told,
                stderr=subprocess.STDOUT,
            )  # fmt: skip
        running.append(process)
        address = f"http://127.0.0.1:{port}/"
        for _ in range(300):
            assert process.poll() is None, log.read_text()
            try:
                urllib.request.urlopen(address + answers).close()
            except OSError:
                time.sleep(0.2)
            else:
                return address
        raise AssertionError(log.read_text())

    yield serve
    for process in running:
        process.terminate()
    for process in running:
        process.wait(120)  # a busy machine
        process.stdin.close()
