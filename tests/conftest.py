"""A browser for the tests that need one, and a plain page that shows widgets from saved state without JupyterLab."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lacking import lacks

ADDRESS = "http://lumbar.test/"

# All that a host must give: get, set, on, save_changes, and the models of the saved state.
SHIM = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A lesson</title>
<meta name="viewport" content="width=device-width"></head><body data-jp-theme-light="LIGHT" style="margin:8px;background:PAPER">
<main style="color:INK">BODY</main>
<script type="application/json" id="state">STATE</script>
<script type="module">
const { state } = JSON.parse(document.getElementById("state").textContent);
const model = (id) => ({
  get: (name) => state[id].state[name],
  set: (name, value) => { state[id].state[name] = value; },
  on: () => {},
  save_changes: () => {},
  widget_manager: { kernel: window.testKernel ?? null, get_model: async (other) => model(other) },
});
for (const [id, widget] of Object.entries(state)) {
  if (!widget.state._esm) continue;
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  const stub = await import(URL.createObjectURL(new Blob([widget.state._esm], { type: "text/javascript" })));
  await stub.default.render({ model: model(id), el });
}
document.body.dataset.ready = "yes";
</script></body></html>"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser come last: once it is there, its event loop runs, and a test could run no other beside it."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium: the system's, else Playwright's own. Without one, browser tests are skipped, and fail under CI."""
    api = _needed("playwright.sync_api")
    system = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with api.sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(
                executable_path=system, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
        except api.Error as error:
            lacks(f"no Chromium could be started ({str(error).splitlines()[0]})")
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser) -> Iterator[Callable]:
    """`show(widgets, dark=False, width=1280, script="")` shows widgets on a plain page, from their saved state alone.

    In place of widgets it takes a notebook: all its prose, outputs and widgets on one page.
    """
    contexts = []

    def show(widgets: list | dict, dark: bool = False, width: int = 1280, script: str = ""):
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        contexts.append(context)
        html = notebook_page(widgets, dark) if isinstance(widgets, dict) else static_page(widgets, dark)
        context.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(ADDRESS)
        page.locator("body[data-ready]").wait_for()
        return page

    yield show
    for context in contexts:
        context.close()


def static_page(widgets: list, dark: bool = False) -> str:
    """The page that shows these widgets and nothing else, with what a notebook would save of them."""
    from ipywidgets import Widget

    from lumbar.widgets import Code

    codes = {value for widget in widgets for value in widget.trait_values().values() if isinstance(value, Code)}
    needed = [*widgets, *codes]
    return filled(Widget.get_manager_state(widgets=needed), "<h1>A lesson</h1><h2>Check yourself</h2>", dark)


def notebook_page(notebook: dict, dark: bool = False) -> str:
    """A whole built notebook as a page: its prose, its outputs, and its widgets after them."""
    from markdown_it import MarkdownIt

    parts = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append(MarkdownIt("commonmark", {"html": True}).enable("table").render("".join(cell["source"])))
        shown = [output["data"] for output in cell.get("outputs", []) if "data" in output]
        parts += ["".join(data.get("text/html", "")) for data in shown if not any("widget-view" in kind for kind in data)]
    state = notebook["metadata"].get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {"state": {}})
    return filled(state, "".join(parts), dark)


def filled(state: dict, body: str, dark: bool) -> str:
    """The plain page with that body and widget state."""
    saved = json.dumps(state).replace("<", "\\u003c")
    theme = {"LIGHT": str(not dark).lower(), "PAPER": "#111" if dark else "#fff", "INK": "#eee" if dark else "#111"}
    page = SHIM
    for name, value in {**theme, "STATE": saved, "BODY": body}.items():
        page = page.replace(name, value, 1)
    return page


@pytest.fixture(scope="session")
def node() -> Path:
    """Node.js. Without it, the tests of the page's own marker are skipped, and fail under CI."""
    found = shutil.which("node") or shutil.which("nodejs")
    return Path(found) if found else lacks("there is no Node.js")


def _needed(module: str):
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        return lacks(f"{module} is not installed")
