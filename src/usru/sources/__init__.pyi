from . import archives as archives
from . import base as base
from . import columns as columns
from . import days as days
from . import decoding as decoding
from . import duplicates as duplicates
from . import exports as exports
from . import factiva as factiva
from . import html as html
from . import kinds as kinds
from . import nexis as nexis
from . import proquest as proquest
from . import reading as reading
from . import record as record
from . import rows as rows
from . import tables as tables
from . import texts as texts
from .base import Article as Article
from .base import Options as Options
from .base import Skipped as Skipped
from .duplicates import Seen as Seen
from .reading import read as read

__all__ = [
    "Article", "Options", "Seen", "Skipped", "archives", "base", "columns", "days", "decoding", "duplicates",
    "exports", "factiva", "html", "kinds", "nexis", "proquest", "read", "reading", "record", "rows", "tables",
    "texts",
]  # fmt: skip
