"""A plain static web server, as a school has it: files, gzip for texts, connections that stay open.

`python benchmarks/serving.py FOLDER` serves that folder on a free port of this machine, and prints the address.
"""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

TEXTS = (".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".ipynb", ".txt", ".xml")


class Server(ThreadingHTTPServer):
    """Serves a folder; `sent` counts the bytes of bodies that went out."""

    request_queue_size = 128

    def __init__(self, folder: Path):
        self.folder, self.sent = folder, 0
        super().__init__(("127.0.0.1", 0), Files)

    def handle_error(self, *request) -> None:
        """A reader who goes away in the middle is no fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*request)

    @property
    def address(self) -> str:
        """Where it serves, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


class Files(SimpleHTTPRequestHandler):
    """Answers with a file, or that there is none."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=arguments[-1].folder)

    def do_GET(self) -> None:
        """The file, packed where that helps."""
        path = Path(self.translate_path(self.path))
        try:
            body = contents(path / "index.html" if path.is_dir() else path)
        except OSError:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        if path.suffix in TEXTS:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.server.sent += len(body)

    def log_message(self, *_) -> None:
        """Nothing: the measures tell."""


@cache
def contents(path: Path) -> bytes:
    """What goes out for that file: texts are packed, once."""
    body = path.read_bytes()
    return gzip.compress(body, 6, mtime=0) if path.suffix in TEXTS else body


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """The folder served from a thread of this process."""
    with Server(folder) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


if __name__ == "__main__":
    with Server(Path(sys.argv[1]).resolve()) as server:
        print(server.address, flush=True)
        server.serve_forever()
