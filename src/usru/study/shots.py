"""Pictures of a site as people see it, wide and on a phone, by which a change of it can be seen."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

__all__ = ["BROWSERS", "FLAGS", "WIDTHS", "find_browser", "take"]

BROWSERS = ("chromium", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""With these a browser runs anywhere, and asks for nothing from elsewhere."""

WIDTHS = (1280, 375)  # of a screen, and of a phone
HEIGHT = 2400  # of what is taken; a notebook goes on for much longer


def find_browser() -> str | None:
    """Return the path of a browser of this machine that can be driven, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def take(site: Path, pages: Sequence[str]) -> list[Path]:
    """Take pictures of pages of a site into its folder ``_shots``, at each of `WIDTHS`.

    Parameters
    ----------
    site : path
        Its folder.
    pages : sequence of str
        Which pages, as ``"index.html"``.

    Returns
    -------
    list of path
        The pictures; none where there is no browser, or no playwright to drive one.
    """
    browser = find_browser()
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:  # it comes with the environment in which the package is developed
        return []
    if browser is None:
        return []
    taken: list[Path] = []
    with suppress(Error), sync_playwright() as playwright:  # a browser that does not start
        launched = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        for width in WIDTHS:
            page = launched.new_page(viewport={"width": width, "height": HEIGHT})
            for name in pages:
                page.goto((site / name).resolve().as_uri())
                picture = (
                    site / "_shots" / f"{name.removesuffix('.html').replace('/', '-')}-{width}.png"
                )
                page.screenshot(path=picture)
                taken.append(picture)
        launched.close()
    return taken
