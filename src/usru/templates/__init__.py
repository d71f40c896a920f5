"""HTML: all that the package shows as a page, or as a part of one, is a template in this folder.

A template escapes every value and writes out what would act or vanish on a page, so no text of a
corpus ever becomes markup.
"""

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from usru.wording import count, day, number, percent, signed

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["FENCE", "FOLDER", "address", "cell", "fill", "paragraph", "render", "script", "stylesheet",
           "visible"]  # fmt: skip

FOLDER = Path(__file__).parent
FENCE = "`" * 12  # opens and closes a raw block of HTML in a page of Markdown

_UNSAFE = re.compile(r"[^\w.-]+")
_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
_OPENING_TICK = re.compile(r"^(\s*)`", re.MULTILINE)


def render(template: str, **values: Any) -> str:
    """Fill a template.

    Parameters
    ----------
    template : str
        The name of a file in this folder.
    **values : Any
        What the template shows; a name that it uses and is not given is an error.

    Examples
    --------
    >>> import pandas as pd
    >>> render("corpus.html", title="1 < 2", frame=pd.DataFrame())[:34]
    '<p><strong>1 &lt; 2</strong></p><t'
    """
    return _environment().get_template(template).render(values)


def fill(template: str, **values: Any) -> str:
    """Fill a template of a file that is no page: values are put in as they are.

    Parameters
    ----------
    template : str
        The name of a file in this folder.
    **values : Any
        What the template shows, quoted by the caller where its format needs that.

    Examples
    --------
    >>> fill("study/corpus.toml", title='"Boats & nets"', language='"en"').splitlines()[2]
    'title = "Boats & nets"'
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return made.get_template(template).render(values)


def visible(text: str) -> str:
    """Name by their number the characters of a text that would act or vanish on a page.

    Parameters
    ----------
    text : str
        Any text of a corpus.

    Examples
    --------
    >>> visible("a\\u202eb\\x00c")
    'a⟨U+202E⟩b⟨U+0000⟩c'
    """
    return _ACTS.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def address(doc_id: str) -> str:
    """Return a document's name as it appears in addresses and file names.

    Parameters
    ----------
    doc_id : str
        A document.

    Examples
    --------
    >>> address("my story/1")
    'my-story-1'
    """
    return _UNSAFE.sub("-", doc_id)


def paragraph(doc_id: str, block: int) -> str:
    """Return the address of a block in the folder of the reading edition.

    Parameters
    ----------
    doc_id, block : str, int
        A document, and the number of its block.

    Examples
    --------
    >>> paragraph("my story/1", 4)
    'my-story-1.html#my-story-1-b4'
    """
    return f"{address(doc_id)}.html#{address(doc_id)}-b{block}"


def cell(value: object) -> str:
    """Return a value as a table shows it: a dash for nothing, the time only of a moment in a zone.

    A negative number has a minus, which no hyphen is.

    Parameters
    ----------
    value : object
        A value of a frame.

    Examples
    --------
    >>> import pandas as pd
    >>> cell(pd.Timestamp(2017, 2, 16)), cell(None), cell(-0.5)
    ('2017-02-16', '–', '−0.5')
    """
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "–"
    if pd.api.types.is_number(value):
        return str(value).replace("-", "−")
    is_day = isinstance(value, pd.Timestamp) and value.tzinfo is None
    return f"{value:%Y-%m-%d}" if is_day else str(value)


@cache
def stylesheet() -> str:
    """Return the style sheet; every rule is confined to what this package shows."""
    return (FOLDER / "usru.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the few lines of script; nothing depends on them but comfort."""
    return (FOLDER / "usru.js").read_text(encoding="utf-8")


@cache
def _environment() -> "Environment":
    import pandas as pd
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, finalize=_shown,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    made.globals.update(stylesheet=stylesheet, script=script, count=count)
    made.filters.update(
        address=address, cell=cell, day=day, heading=_heading, number=number, percent=percent, plain=_plain, raw=_raw,
        sides=_sides, signed=signed,
    )  # fmt: skip
    made.tests["missing"] = pd.isna
    return made


def _shown(value: Any) -> Any:
    """What is put into a page: markup of a template as it is, all else as visible, escaped text."""
    from markupsafe import Markup

    # The standard library writes quotes as the stored notebooks have them; Jinja writes numbers.
    return value if isinstance(value, Markup) else Markup(html.escape(visible(str(value))))


def _sides(frame: Any) -> list[str]:
    """The side to which each column of a table is aligned."""
    import pandas as pd

    return ["right" if pd.api.types.is_numeric_dtype(kind) else "left" for kind in frame.dtypes]


def _heading(text: str) -> Any:
    """A text as a heading of Markdown, in which no character of it is markup."""
    return _plain(_MARKS.sub(r"\\\g<0>", text))


def _plain(text: str) -> Any:
    """A text on one line where what reads it takes it as it is."""
    from markupsafe import Markup

    return Markup(" ".join(visible(text).split()))


def _raw(markup: str) -> str:
    """HTML as a raw block of Markdown; a text in it that starts a line cannot close the block."""
    inside = _OPENING_TICK.sub(r"\1&#96;", str(markup)).strip()
    # A notebook that was not run has nothing to show, and Sphinx refuses an empty block.
    return f"{FENCE}{{raw}} html\n{inside}\n{FENCE}\n" if inside else ""
