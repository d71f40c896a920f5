"""Writing so that a file is always whole: the old one or the new one, never half of either."""

import os
import tempfile
from pathlib import Path

from usru.errors import InputError

__all__ = ["make_folders", "write"]


def write(path: Path, content: str | bytes) -> bool:
    """Write a file in one step, and only when it changes.

    The content goes to a temporary file beside the target and is moved into
    place, so that an interruption at any moment leaves a whole file.

    Parameters
    ----------
    path : path
        The target; its folder must exist.
    content : str or bytes
        A text is written as UTF-8 with its line ends as they are.

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    InputError
        When the folder cannot be written.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> write(folder / "a.txt", "one"), write(folder / "a.txt", "one")
    (True, False)
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            part.chmod(path.stat().st_mode if path.exists() else 0o644)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            path, f"it cannot be written ({error.strerror})", "make its folder exist and writable"
        ) from None
    return True


def make_folders(*folders: Path) -> None:
    """Make folders, and those above them, unless they are there: all of them or none.

    Raises
    ------
    InputError
        When one cannot be made; none is left behind then.
    """
    made: list[Path] = []
    for folder in folders:
        missing = [step for step in (folder, *folder.parents) if not step.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            for step in [*missing, *made]:
                if step.is_dir():
                    step.rmdir()
            raise InputError(
                folder, f"the folder cannot be made ({error.strerror})", "choose one that can"
            ) from None
        made = missing + made
