"""JupyterLab, as a reader opens it: every notebook runs to its end, and the controls are there."""

import os
import shutil
import sys

import pytest

from usru.study.reproduce import checkout

NOTEBOOKS = sorted(path.name for path in (checkout() / "notebooks").glob("[0-9]*.ipynb"))
TOKEN = "a-token-for-this-test"

RUN = """path => {
  const run = async () => {
    const to = {path, factory: "Notebook"};
    const panel = await jupyterapp.commands.execute("docmanager:open", to);
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.revealed;
    await jupyterapp.commands.execute("notebook:clear-all-cell-outputs");
    await jupyterapp.commands.execute("notebook:run-all-cells");
    const cells = panel.content.model.sharedModel.toJSON().cells;
    return cells.filter(cell => cell.cell_type === "code").map(cell => [
      cell.execution_count,
      cell.outputs.filter(output => output.output_type === "error" || output.name === "stderr")
        .map(output => output.evalue || output.text)]);
  };
  window.told = run();
}"""
"""What a reader does who opens a notebook and chooses “Run All Cells”; does not wait for its end."""

CLOSE = """async () => {
  await jupyterapp.shell.currentWidget.sessionContext.shutdown();
}"""


@pytest.fixture(scope="module")
def lab(browser, start, tmp_path_factory):
    """JupyterLab on a copy of the notebooks, with settings of its own: two open pages of it."""
    folder = tmp_path_factory.mktemp("lab")
    for part in ("notebooks", "data"):
        shutil.copytree(checkout() / part, folder / part)
    many = folder / "notebooks" / "08_scale.ipynb"
    many.write_text(many.read_text("utf-8").replace("= 10_000 ", "= 1_000 "), "utf-8")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
             "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")  # fmt: skip
    environment = {**os.environ, **{name: str(folder / name) for name in names}}
    address = start(
        lambda port: [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            "--expose-app-in-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
            f"--ServerApp.root_dir={folder / 'notebooks'}", f"--IdentityProvider.token={TOKEN}",
            "--LabApp.news_url=",
        ],
        f"api?token={TOKEN}",
        folder,
        environment,
    )  # fmt: skip
    pages = []
    for name in ("first", "second"):
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(120_000)
        page.goto(f"{address}lab/workspaces/{name}?token={TOKEN}")
        page.wait_for_function("window.jupyterapp")
        page.evaluate("jupyterapp.restored.then(() => null)")
        pages.append(page)
    yield pages
    for page in pages:
        page.close()


def test_every_notebook_runs_to_its_end_and_shows_its_controls(lab):
    """Two at a time, each with a page and a kernel of its own."""
    for at in range(0, len(NOTEBOOKS), 2):
        here = list(zip(lab, NOTEBOOKS[at : at + 2], strict=False))
        for page, name in here:
            page.evaluate(RUN, name)
        for page, name in here:
            cells = page.evaluate("window.told")
            assert [count for count, _ in cells] == list(range(1, len(cells) + 1)), name
            assert [said for _, said in cells if said] == [], name
            if name == "06_explorer.ipynb":
                page.evaluate("jupyterapp.shell.currentWidget.content.scrollToItem(5)")
                page.locator(".usru-controls").wait_for(state="visible")
                assert page.get_by_label("Search", exact=True).count() == 1
            page.evaluate(CLOSE)
