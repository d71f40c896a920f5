"""How Sphinx builds the site. `usru site` lays the pages out in a folder of their own and runs it there."""

import re
from typing import Any

project = "usru"
copyright = "the usru authors"
html_title = "usru"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["extra"]
templates_path: list[str] = []
default_role = "py:obj"  # a name in single backticks leads to its entry, where it has one

# The notebooks are shown as they are committed.
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show, nb_code_prompt_hide = "Show code", "Hide code"
myst_heading_anchors = 3
myst_enable_extensions: list[str] = []

autodoc_member_order = "bysource"
autodoc_default_options = {"exclude-members": "set"}  # matplotlib's own, in its own markup
autodoc_typehints = "none"  # the docstrings say what goes in and comes out, in words
napoleon_google_docstring = False
napoleon_use_rtype = False

# Nothing is loaded from elsewhere when a page is viewed: no widgets, and no formulas, whose
# renderer would be.
nb_ipywidgets_js: dict[str, str] = {}
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["usru.css", "site.css", "dark.css"]
html_js_files = [("usru.js", {"defer": "defer"})]
html_extra_path = ["extra"]
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1b4079", "color-brand-content": "#1b5a91"},
    "dark_css_variables": {"color-brand-primary": "#8ec1f0", "color-brand-content": "#8ec1f0"},
}
html_favicon = "_static/favicon.svg"


def setup(app: Any) -> None:
    """Mend what keeps some readers from a page: levels of headings, code and tables that scroll.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The build.
    """
    app.connect("html-page-context", _mend, priority=900)


def _mend(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    menu = context.get("furo_navigation_tree", "")
    menu = menu.replace('role="heading"', 'role="heading" aria-level="2"')
    context["furo_navigation_tree"] = menu
    if "body" in context:
        body = context["body"].replace("<pre>", '<pre tabindex="0">')
        body = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
        scrolls = (
            r'(<div class="[^"]*(?:table-wrapper|text_html)[^"]*")>(?=(?:(?!<div|</div>).)*?<table)'
        )
        context["body"] = re.sub(
            scrolls, r'\1 tabindex="0" role="group" aria-label="Table">', body, flags=re.DOTALL
        )
