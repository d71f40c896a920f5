"""Speed, as ratios in one run: what usru costs beside what it is built on.

Every figure is a median of several runs of this machine in this minute; none is asserted.
"""

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
    from usru.text import blocks, dates, sentences

    corpus = usru.load()
    text = "".join(corpus.raw(doc_id) + "\n\n" for doc_id in corpus.documents["doc_id"])
    for name, find in (
        ("blocks", blocks.find),
        ("sentences", lambda raw: sentences.find(raw, one_block(raw))),
        ("dates", lambda raw: dates.find(raw, one_block(raw), date(2017, 8, 6))),
    ):
        base = 0.0
        for times in (1, 10, 100, 1000):
            raw = text * times
            each = seconds(lambda raw=raw, find=find: find(raw), 1 if times > 100 else 3) / len(raw)
            base = base or each
            note = f"{1 / each / 1e6:.2f} million characters a second"
            row(f"{name}, {times}x text: cost of a character", each / base, "<= 1.1", note)


def coding() -> None:
    """Topics against a plain loop that tries each topic's patterns as one regular expression."""
    import re

    import pandas as pd

    import usru
    from usru.analysis import topics
    from usru.manifest import read_toml, shipped

    table = read_toml(shipped() / "codebook" / "topics.toml")
    plain = {
        topic: re.compile(
            rf"(?<!\w)(?:{'|'.join(topics._expression(text) for text in entry['patterns'])})", re.I
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


def one_block(raw: str):
    from usru import schema

    whole = {"block": 0, "kind": "body", "rule": "", "line_start": 1, "line_end": 1}
    return schema.frame("blocks", [whole | {"start": 0, "end": len(raw), "text": ""}], "doc_id")


def notebooks() -> None:
    from usru.study.reproduce import reproduce

    def serial() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for path in NOTEBOOKS:
                subprocess.run(
                    [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute",
                     "--output-dir", folder, str(path)],
                    check=True, capture_output=True,
                )  # fmt: skip

    own = seconds(lambda: reproduce(ROOT, say=lambda _: None), 1)
    plain = seconds(serial, 1)
    note = f"{own:.1f} s / {plain:.1f} s, {len(NOTEBOOKS)} notebooks; figures drawn too"
    row("usru reproduce / serial nbconvert", own / plain, "< 0.7", note)


if __name__ == "__main__":
    print(f"{'what':<46} {'ratio':>8}  {'aim':<10} seconds")
    for part in (imports, frames, growth, coding, notebooks):
        part()
