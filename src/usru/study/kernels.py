"""Kernels apart: not led by the home of whoever runs them, which may hold or lack anything."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["apart"]


@contextmanager
def apart() -> Iterator[dict[str, str]]:
    """Give the variables of processes that run notebooks; what these keep is gone after the block.

    Settings of matplotlib and IPython change outputs, and so do their warnings where a home cannot
    be written to, what is run before each session, and asserts left out, as pandas then miscounts
    ranges. A kernel of another Python may be called ``python3`` as well; this one's is found first.
    Figures need no screen.

    Examples
    --------
    >>> with apart() as variables:
    ...     Path(variables["MPLCONFIGDIR"]).is_dir()
    True
    """
    import matplotlib

    with tempfile.TemporaryDirectory(prefix="usru-") as name:
        folders = {key: Path(name) / key.lower() for key in ("MPLCONFIGDIR", "IPYTHONDIR")}
        for folder in folders.values():
            folder.mkdir()
        # To list the fonts anew takes each kernel two seconds.
        for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            shutil.copy(fonts, folders["MPLCONFIGDIR"])
        own = {key: str(folder) for key, folder in folders.items()} | {"MPLBACKEND": "agg"}
        own |= dict.fromkeys(("PYTHONOPTIMIZE", "PYTHONSTARTUP"), "")
        found = [f"{sys.prefix}/share/jupyter", os.environ.get("JUPYTER_PATH", "")]
        yield {**os.environ, **own, "JUPYTER_PATH": os.pathsep.join(filter(None, found))}
