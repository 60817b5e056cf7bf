"""A JupyterLab and a browser to measure in: trusted notebooks in a folder of their own, nothing of the user's."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import nbformat
from harness import chromium
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary
from playwright.sync_api import Browser, Page, sync_playwright

from lumbar import course

OURS = "ours.ipynb"
BESIDE = "beside.ipynb"


def lesson(needs: str) -> nbformat.NotebookNode:
    """The first built lesson one of whose cells holds `needs`, such as `explore(`."""
    for path in sorted(course.folder("notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if any(cell.cell_type == "code" and needs in cell.source for cell in notebook.cells):
            return notebook
    raise LookupError(f"no built lesson has a cell with {needs}")


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook of code cells that has not been run."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
    )


def executed(*cells: str) -> nbformat.NotebookNode:
    """A notebook of code cells that has been run, with the state of its widgets."""
    made = notebook(*cells)
    NotebookClient(made, record_timing=False, store_widget_state=True).execute()
    return made


class Lab:
    """A running JupyterLab with the two notebooks, each opened on a page of its own."""

    def __init__(self, address: str, browser: Browser):
        self.address, self._browser = address, browser

    def url(self, name: str) -> str:
        """The notebook's address, in a workspace of its own, or what was open the last time would open as well."""
        return f"{self.address}/lab/workspaces/{uuid4().hex}/tree/{name}"

    def page(self) -> Page:
        """A fresh page: no cache, nothing remembered."""
        page = self._browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(20_000)
        return page

    def open(self, name: str) -> Page:
        """The notebook on a fresh page, with its kernel ready."""
        page = self.page()
        page.goto(self.url(name))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.locator(".jp-StatusBar-Widget").get_by_text("| Idle").wait_for()
        return page

    def run_all(self, page: Page) -> None:
        """Run every cell, as the menu does; again where JupyterLab, only just connected, drops the request."""
        while not re.search(r"\d", page.locator(".jp-InputPrompt").first.inner_text()):
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            page.wait_for_timeout(3000)

    def kill_kernels(self) -> None:
        """End all kernels for good."""
        with urllib.request.urlopen(f"{self.address}/api/kernels") as answer:
            kernels = json.load(answer)
        for kernel in kernels:
            urllib.request.urlopen(
                urllib.request.Request(f"{self.address}/api/kernels/{kernel['id']}", method="DELETE")
            )


@contextmanager
def lab(ours: nbformat.NotebookNode, beside: nbformat.NotebookNode) -> Iterator[Lab]:
    """JupyterLab over these two notebooks."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "work").mkdir()
        notary = NotebookNotary(data_dir=name)
        for file, content in ((OURS, ours), (BESIDE, beside)):
            nbformat.write(content, folder / "work" / file)
            notary.sign(nbformat.read(folder / "work" / file, as_version=4))
        notary.store.close()
        places = {f"JUPYTER_{place}_DIR": str(folder / place) for place in ("CONFIG", "RUNTIME")}
        env = os.environ | places | {"JUPYTER_DATA_DIR": name, "LUMBAR_DATA": str(folder / "progress")}
        with (
            server(["lab", f"--ServerApp.root_dir={folder / 'work'}"], env) as address,
            sync_playwright() as playwright,
        ):
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=chromium() or None, args=arguments)
            yield Lab(address, browser)
            browser.close()


@contextmanager
def server(arguments: list[str], env: dict[str, str]) -> Iterator[str]:
    """`jupyter …` on a free port, ready."""
    port = _free_port()
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    options += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]
    command = [sys.executable, "-m", "jupyter", *arguments, *options]
    process = subprocess.Popen(
        command, env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    try:
        until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_ready(address: str, process: subprocess.Popen) -> None:
    """Wait until the server there answers."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=5):
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the server ended before it was ready")
