"""The web edition, built once and served under a sub-path as a plain host would."""

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lacking import lacks

ROOT = Path(__file__).parents[2]
SUB_PATH = "/lumbar/"


@pytest.fixture(scope="session")
def npm() -> Path:
    """Where the packages from npm are. Without them, tests of the web edition are skipped, and fail under CI."""
    folder = ROOT / "build" / "npm"
    if not (folder / "node_modules").exists():
        lacks("the packages from npm are not here: make build/npm/ready")
    return folder


@pytest.fixture(scope="session")
def packed(tmp_path_factory, npm) -> Callable[[str], Path]:
    """`packed("schedule")` is that module of the pages with all that it imports, for Node.js."""
    folder = tmp_path_factory.mktemp("packed")

    def pack(name: str) -> Path:
        packed = folder / f"{name}.mjs"
        source = ROOT / "src/lumbar/web/front" / f"{name}.js"
        options = ["--bundle", "--format=esm", "--log-level=warning", f"--outfile={packed}"]
        environment = os.environ | {"NODE_PATH": str(npm / "node_modules")}
        subprocess.run([npm / "node_modules/.bin/esbuild", source, *options], env=environment, check=True)
        return packed

    return pack


@pytest.fixture(scope="session")
def site(tmp_path_factory, npm) -> Path:
    """The built site, without the live notebooks."""
    from lumbar.web import build

    folder = tmp_path_factory.mktemp("web") / "site"
    build(folder, npm, live=False)
    return folder


@pytest.fixture(scope="session")
def served(site) -> Iterator[str]:
    """The address of the site under a sub-path, from a plain static server."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def live(tmp_path_factory, site, npm) -> Iterator[str]:
    """The address of the site with the live notebooks in it, under the policy that a host sends with them."""
    from lumbar.web import lite
    from lumbar.web.offline import LITE_POLICY

    folder = tmp_path_factory.mktemp("live") / "site"
    shutil.copytree(site, folder)
    lite.build(folder / "lite", npm)
    with serving(folder, {"Content-Security-Policy": LITE_POLICY}) as address:
        yield address


class serving:
    """`with serving(folder) as address`: that folder at http://127.0.0.1:…/lumbar/, until the block ends."""

    def __init__(self, folder: Path, headers: dict[str, str] | None = None):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, folder, headers or {}))

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}{SUB_PATH}"

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Files(http.server.SimpleHTTPRequestHandler):
    """Files under the sub-path alone, with some more headers."""

    def __init__(self, folder: Path, headers: dict[str, str], *args):
        self.more = headers
        super().__init__(*args, directory=str(folder))

    def translate_path(self, path: str) -> str:
        inside = path.startswith(SUB_PATH)
        return super().translate_path("/" + path[len(SUB_PATH) :] if inside else "/no-such-file")

    def end_headers(self) -> None:
        for name, value in self.more.items():
            self.send_header(name, value)
        super().end_headers()

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a browser that left in the middle of a file
            super().handle()

    def log_message(self, *_) -> None:
        pass
