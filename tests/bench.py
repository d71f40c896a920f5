"""Speed, as ratios in one run: what usru costs beside what it is built on.

Every figure is a median of several runs of this machine in this minute; none is asserted.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def seconds(run: Callable[[], object], times: int = 5) -> float:
    """Median wall time of a call, after one that is not counted."""
    run()
    return statistics.median(_once(run) for _ in range(times))


def _once(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def python(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def row(name: str, ratio: float, aim: str, note: str) -> None:
    print(f"{name:<46} {ratio:>8.2f}  {aim:<10} {note}", flush=True)


def imports() -> None:
    nothing, pandas = seconds(python("pass")), seconds(python("import pandas"))
    own = seconds(python("import usru"))
    used = seconds(python("import usru; usru.load"))
    row("import usru / import pandas", own / pandas, "< 1.05", f"{own:.2f} s / {pandas:.2f} s")
    row(
        "import usru, touch load / import pandas", used / pandas, "", f"bare Python {nothing:.2f} s"
    )


def frames() -> None:
    import usru

    def every_frame() -> None:
        corpus = usru.load()
        for name in (
            "documents",
            "blocks",
            "lines",
            "paragraphs",
            "sentences",
            "dates",
            "comments",
        ):
            getattr(corpus, name)

    own, pandas = seconds(every_frame), seconds(python("import pandas"))
    row("load and every frame / import pandas", own / pandas, "", f"{own:.3f} s")


def growth() -> None:
    import usru
    from usru.text import blocks, dates, quotations, sentences

    corpus = usru.load()
    text = "".join(corpus.raw(doc_id) + "\n\n" for doc_id in corpus.documents["doc_id"])
    for name, find in (
        ("blocks", blocks.find),
        ("sentences", lambda raw: sentences.find(raw, one_block(raw))),
        ("quotations", lambda raw: quotations.find(raw, a_block_a_line(raw))),
        ("dates", lambda raw: dates.find(raw, one_block(raw), date(2017, 8, 6))),
    ):
        base = 0.0
        for times in (1, 10, 100, 1000):
            raw = text * times
            each = seconds(lambda raw=raw, find=find: find(raw), 1 if times > 100 else 3) / len(raw)
            base = base or each
            note = f"{1 / each / 1e6:.2f} million characters a second"
            row(f"{name}, {times}x text: cost of a character", each / base, "<= 1.1", note)


def hostile() -> None:
    """Texts that repeat one thing, at ten times the length: the worst of each reader."""
    from growth import TIMES, growths

    worst: dict[str, tuple[float, float, str]] = {}
    for reader, name, slow, times in growths():
        worst[reader] = max(worst.get(reader, (0.0, 0.0, "")), (times, slow, name))
    for reader, (times, slow, name) in worst.items():
        note = f"{slow:.2f} s for a text of {name}" if name else "never long enough to be measured"
        row(f"{reader}, {TIMES}x hostile text", times, f"<= {4 * TIMES}", note)


def cleaning() -> None:
    """Pages of which no two share a menu, so that no line is known from another page."""
    from usru.evaluation import cleaner, outside
    from usru.text import blocks, furniture

    pages = [path.read_text("utf-8") for name in outside.SETS for path in outside.pages(name)]
    size = sum(map(len, pages))

    def own() -> None:
        furniture._cues.cache_clear()
        for page in pages:
            blocks.find(page)

    def other() -> None:
        for page in pages:
            cleaner.METHODS["jusText"](page)

    each, beside = seconds(own, 3), seconds(other, 3)
    note = f"{len(pages)} pages, {size / each / 1e6:.2f} million characters a second"
    row("blocks.find / jusText", each / beside, "", note)


def quoting() -> None:
    """Quotations with their speakers against the marks and sentences that they are found by."""
    import usru
    from usru.text import quotations, sentences
    from usru.text.quotations import quotation_marks

    corpus = usru.load()
    raw = 10 * "".join(corpus.raw(doc_id) + "\n\n" for doc_id in corpus.documents["doc_id"])
    body = a_block_a_line(raw)
    found = len(quotations.find(raw, body))

    def parts() -> None:
        for start, end in zip(body["start"], body["end"], strict=True):
            quotation_marks.spans(raw[start:end])
            sentences.spans(raw[start:end])

    own, other = seconds(lambda: quotations.find(raw, body), 3), seconds(parts, 3)
    note = f"{found / own:.0f} quotations, {len(raw) / own / 1e6:.2f} million characters a second"
    row("quotations.find / marks and sentences alone", own / other, "", note)


def stages() -> None:
    """Each instrument on articles, against sentences by spaCy and TextBlob's own loop over them."""
    import spacy
    from textblob import TextBlob

    import usru
    from usru.analysis import tone
    from usru.corpus import Corpus
    from usru.manifest import Document, Manifest

    pages = [*usru.load().texts.values(), *_outside()]
    texts = {f"a{i:05}": text for i, text in enumerate(pages * 6)}
    listed = [
        Document(doc_id=name, file=name, sha256="0", published=date(2017, 8, 6), layout="article")
        for name in texts
    ]
    corpus = Corpus(Manifest("", tuple(listed)), usru.load().codebook, texts)
    size = sum(map(len, texts.values()))
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    beside = seconds(lambda: [list(pipeline(text).sents) for text in texts.values()], 1)
    row("spaCy, blank pipeline with sentencizer", 1, "", f"{size / beside / 1e6:.2f} MB a second")
    whole = 0.0
    aims = {"blocks": "4", "sentences": "5", "quotations": "2", "dates": "4", "topics": ""}
    for name, aim in aims.items():
        own = _once(lambda name=name: getattr(corpus, name))
        whole += own
        note = f"{size / own / 1e6:.2f} MB a second" + f", aim {aim}" * bool(aim)
        row(f"corpus.{name} / spaCy", own / beside, "", note)
    told = corpus.sentences.drop_duplicates("text")  # each is scored once
    loop = _once(lambda: [TextBlob(text).sentiment for text in told["text"]])
    for name in tone.INSTRUMENTS:
        own = _once(lambda name=name: tone.score(told, name))
        whole += 6 * own * (name == "textblob")
        note = f"{len(told) / own:,.0f} sentences a second" + ", aim 49,000" * (name == "textblob")
        row(f"tone.score {name} / TextBlob's own loop", own / loop, "", note)
    row(
        "whole chain, tone by TextBlob / spaCy",
        whole / beside,
        "",
        f"{size / whole / 1e6:.2f} MB a second, aim 0.5",
    )


def _outside() -> list[str]:
    from usru.evaluation import outside

    return [path.read_text("utf-8") for name in outside.SETS for path in outside.pages(name)]


def scaling() -> None:
    """Two workers against one process, and what a worker holds, from a few articles to many."""
    import pandas as pd

    from usru.scale import measure

    pages = _outside()
    for n in (500, 4_000):
        table = pd.DataFrame({"text": [pages[i % len(pages)] for i in range(n)]})
        with tempfile.TemporaryDirectory() as folder:
            given = {"instruments": ["textblob"], "part": 250}
            one = _once(lambda f=folder, t=table, g=given: measure(t, f"{f}/one", workers=1, **g))
            two = _once(lambda f=folder, t=table, g=given: measure(t, f"{f}/two", workers=2, **g))
        aim = "> 1.8" if n > 1_000 else ""
        row(
            f"measure, {n:,} articles: one process / two workers",
            one / two,
            aim,
            f"{one:.1f} s / {two:.1f} s",
        )


def reuse() -> None:
    """Passages that copies of the stories share: each copy is compared with so many before it."""
    import usru
    from usru import manifest
    from usru.analysis.reuse import EARLIER, find

    stories = usru.load().documents["file"]
    base = 0.0
    for times in (1, 10, 40):
        with tempfile.TemporaryDirectory() as name:
            for i in range(times):
                for file in stories:
                    page = (manifest.shipped() / file).read_bytes()
                    (Path(name) / f"{i:03d}-{Path(file).name}").write_bytes(page)
            manifest.draft(Path(name))
            many = usru.load(name)
            size = many.paragraphs["text"].str.len().sum() + many.comments["text"].str.len().sum()
            given = many.paragraphs, many.comments, many.quotations, many.texts
            each = seconds(lambda given=given: find(*given), 1 if times > 10 else 3) / size
        base = base or each
        note = f"{1 / each / 1e6:.2f} million characters a second"
        row(
            f"reuse.find, {times}x stories: cost of a character", each / base, f"<= {EARLIER}", note
        )


def coding() -> None:
    """Topics against a plain loop that tries each topic's patterns as one regular expression."""
    import re

    import pandas as pd

    import usru
    from usru.analysis import topics

    table = usru.load().codebook.topics
    plain = {
        topic: re.compile(
            rf"(?<!\w)(?:{'|'.join(topics._expression(text) for text in entry.patterns)})", re.I
        )
        for topic, entry in table.items()
    }
    paragraphs = usru.load().paragraphs
    many = pd.concat([paragraphs] * 40, ignore_index=True)
    size = many["text"].str.len().sum()

    def loop() -> None:
        for text in many["text"]:
            for pattern in plain.values():
                sum(1 for _ in pattern.finditer(text))

    own, other = seconds(lambda: topics.code(many), 3), seconds(loop, 1)
    note = f"{size / own / 1e6:.1f} against {size / other / 1e6:.2f} million characters a second"
    row("topics.code / plain regular expressions", own / other, "", note)


def estimates() -> None:
    """Ten groups estimated from a coded sample against the mean of each."""
    import numpy as np
    import pandas as pd

    from usru.analysis import estimate

    n, rng = 100_000, np.random.default_rng(2017)
    truth, coded = rng.random(n) < 0.2, rng.permutation(n) < 1000
    many = pd.DataFrame({
        "doc_id": np.arange(n) // 10, "outlet": rng.integers(0, 10, n),
        "found": np.where(rng.random(n) < 0.8, truth, rng.random(n) < 0.2),
        "coded": np.where(coded, truth, np.nan), "probability": 1000 / n,
    })  # fmt: skip
    names = ("found", "coded", "probability", "outlet")
    own = seconds(lambda: estimate.mean(many, *names))
    other = seconds(lambda: many.groupby("outlet")["found"].mean())
    note = f"{own:.3f} s / {other:.4f} s, {n:,} units, 1,000 coded, ten groups"
    row("estimate.mean / pandas mean by group", own / other, "", note)


def tone() -> None:
    """Each instrument through `score` against a plain loop that calls its library once a sentence."""
    import re

    from nrclex import NRCLex
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    import usru
    from usru.analysis.tone import INSTRUMENTS, score

    vader, nrc = SentimentIntensityAnalyzer(), NRCLex()

    def net(text: str) -> float:
        words = re.findall(r"[^\W\d_]+", text.lower())
        nrc.load_token_list(words)
        counts = nrc.raw_emotion_scores
        return (counts.get("positive", 0) - counts.get("negative", 0)) / (len(words) or 1)

    plain = {
        "textblob": lambda text: TextBlob(text).sentiment,
        "vader": lambda text: vader.polarity_scores(text)["compound"],
        "nrc": net,
        "news": INSTRUMENTS["news"].scorer,
    }
    once = usru.load().sentences
    many = once.loc[once.index.repeat(20)].reset_index(drop=True)
    many["text"] += many.index.astype(str)  # each row its own, so that nothing is scored only once
    long = once.head(1).assign(text=" ".join(once["text"].str.replace(".", ",")))
    for name, scorer in plain.items():
        own = seconds(lambda name=name: score(many, name))
        other = seconds(lambda scorer=scorer: [scorer(text) for text in many["text"]])
        note = f"{len(many) / own:,.0f} against {len(many) / other:,.0f} sentences a second"
        goal = "> 1" if name in ("textblob", "nrc") else ""  # of others the loop is that of `score`
        row(f"tone.score {name}: speed / library loop", other / own, goal, note)
        base = seconds(lambda name=name, long=long: score(long, name), 3)
        tenfold = long.assign(text=long["text"] * 10)
        longer = seconds(lambda name=name, tenfold=tenfold: score(tenfold, name), 1)
        note = f"{len(tenfold['text'].iloc[0]) / longer / 1e6:.2f} million characters a second"
        goal = "" if name == "vader" else "<= 1.1"  # the library's time grows with the square
        row(f"tone.score {name}, 10x sentence: cost of one", longer / base / 10, goal, note)


def a_block_a_line(raw: str):
    from usru import schema

    rows, start = [], 0
    for number, line in enumerate(raw.split("\n"), start=1):
        if line.strip():
            place = {
                "line_start": number,
                "line_end": number,
                "start": start,
                "end": start + len(line),
            }
            rows.append({"block": len(rows), "kind": "body", "rule": "", "text": "", **place})
        start += len(line) + 1
    return schema.frame("blocks", rows, "doc_id")


def explorer() -> None:
    """What a reader waits for: one change of each control, at each size."""
    import pandas as pd

    import usru
    from usru.analysis import concordance
    from usru.show.explorer import Explorer

    choices = {
        "search": ("sanction", "Russia"), "search for every letter": (".", "[a-z]"),
        "voice": ("quotation", "outlet"), "topics": (("syria",), ("ukraine",)),
        "context": (5, 10), "order": ("after", "before"), "instrument": ("vader", "nrc"),
    }  # fmt: skip
    base: dict[str, float] = {}
    prepared = concordance.prepare(usru.load())
    for times in (1, 10):
        explorer = Explorer(usru.load())
        explorer._passages = more(prepared, times)
        explorer._scored = pd.concat([explorer._scored] * times, ignore_index=True)
        for what, values in choices.items():
            control = getattr(explorer, what.split()[0])
            explorer.reset()
            explorer.search.value = "the" if what == "order" else ""
            for value in values:
                control.value = value

            def change(control=control, values=values) -> None:
                for value in values:
                    control.value = value

            each = seconds(change) / len(values)
            note = f"{1000 * each:.0f} ms for one change, {len(explorer._passages.table)} passages"
            first = base.setdefault(what, each)
            row(f"explorer, {what}, {times}x passages", each / first, "<= 10", note)


def more(passages, times: int):
    """The same passages again and again, in stories of their own."""
    import numpy as np
    import pandas as pd

    from usru.analysis import concordance

    n = len(passages.texts)
    tables = [
        passages.table.assign(doc_id=passages.table["doc_id"] + (f"-{i}" if i else ""))
        for i in range(times)
    ]
    return concordance.Passages(
        pd.concat(tables, ignore_index=True),
        passages.texts * times,
        np.concatenate([passages.within + n * i for i in range(times)]),
        passages.spans * times,
    )


def one_block(raw: str):
    from usru import schema

    whole = {"block": 0, "kind": "body", "rule": "", "line_start": 1, "line_end": 1}
    return schema.frame("blocks", [whole | {"start": 0, "end": len(raw), "text": ""}], "doc_id")


def studies() -> None:
    """A study of ten times as many articles, made and loaded, against ten times the time."""
    import random

    import pandas as pd

    import usru
    from usru.study import new

    corpus, rng = usru.load(), random.Random(2017)
    told = corpus.sentences["text"].tolist()
    took: dict[str, list[float]] = {}
    for n in (200, 2_000):
        with tempfile.TemporaryDirectory() as name:
            table = Path(name) / "articles.csv"
            texts = [" ".join(rng.sample(told, 20)) for _ in range(n)]
            pd.DataFrame({"text": texts, "outlet": "Gazette"}).to_csv(table, index=False)
            folder = Path(name) / "study"
            runs = {
                "usru new": lambda t=table, f=folder: new.make(f, [t], say=lambda _: None),
                "load": lambda f=folder: usru.load(f),
                "blocks": lambda f=folder: usru.load(f).blocks,
            }
            for what, run in runs.items():
                took.setdefault(what, []).append(_once(run))
    for what, (few, many) in took.items():
        row(f"{what}, 2,000 articles / ten times 200", many / few / 10, "< 1.2", f"{many:.1f} s")


def site() -> None:
    """The whole site against Sphinx alone, on the same pages without the notebooks."""
    from usru.study import site as sites
    from usru.study.study import Study
    from usru.templates import FOLDER

    study = Study(ROOT)
    with tempfile.TemporaryDirectory() as name:
        source, built = Path(name) / "source", Path(name) / "site"
        shutil.copytree(FOLDER / "site" / "sphinx", source)
        sites._lay_out(study, source, study.figures, [])
        shutil.rmtree(source / "notebooks")
        command = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html"]

        def plain() -> None:
            subprocess.run(
                [*command, str(source), str(Path(name) / "plain")], check=True, capture_output=True
            )

        own, other = _once(lambda: sites.build(Study(ROOT), built)), _once(plain)
        heavy = max(built.rglob("*.html"), key=lambda path: path.stat().st_size)
        weight = heavy.stat().st_size / 1e6
    row("usru site / sphinx without notebooks", own / other, "", f"{own:.1f} s / {other:.1f} s")
    row("largest page of the site", weight, "", f"million bytes: {heavy.name}")


def notebooks() -> None:
    from usru.study.reproduce import reproduce
    from usru.study.study import Study

    def serial() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for path in NOTEBOOKS:
                subprocess.run(
                    [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute",
                     "--output-dir", folder, str(path)],
                    check=True, capture_output=True,
                )  # fmt: skip

    own = seconds(lambda: reproduce(Study(ROOT), say=lambda _: None), 1)
    plain = seconds(serial, 1)
    note = f"{own:.1f} s / {plain:.1f} s, {len(NOTEBOOKS)} notebooks; figures drawn too"
    row("usru reproduce / serial nbconvert", own / plain, "< 0.7", note)


if __name__ == "__main__":
    print(f"{'what':<46} {'ratio':>8}  {'aim':<10} seconds")
    for part in (
        imports, frames, growth, hostile, cleaning, quoting, stages, scaling, reuse, coding, estimates, tone, explorer, studies, site,
        notebooks,
    ):  # fmt: skip
        part()
