"""From the command to a server that answers: `make`, set up before, beside `jupyter lab`."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import ROOT, Row, alternate, seconds
from lab import server, until_ready

RUNS = 5


def measure() -> Row:
    """At most 1.2 times `jupyter lab`."""
    with TemporaryDirectory() as name:
        env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env |= {
            "LUMBAR_HOME": f"{name}/Lumbar",
            "JUPYTER_DATA_DIR": name,
            "JUPYTER_CONFIG_DIR": name,
            "PYTHONUNBUFFERED": "1",
        }
        _make(env)  # the first time copies the lessons
        ours, lab = alternate(lambda: _make(env), lambda: _lab(name, env), RUNS)
    ratio = ours / lab
    return Row(
        "start to server ready: `make`, after the first time",
        seconds(ours),
        f"`jupyter lab`: {seconds(lab)}",
        f"{ratio:.2f} times",
        "at most 1.2 times",
        ratio <= 1.2,
        f"until `/api` answers, medians of {RUNS}",
    )


def _make(env: dict[str, str]) -> float:
    start = time.perf_counter()
    process = subprocess.Popen(
        ["make", "-C", ROOT, "open"], stdout=subprocess.PIPE, text=True, env=env, start_new_session=True
    )
    for line in process.stdout:
        if found := re.search(r"http://[^/\s]+", line):
            until_ready(found[0], process)
            break
    taken = time.perf_counter() - start
    os.killpg(process.pid, signal.SIGINT)
    process.wait()
    return taken


def _lab(folder: str, env: dict[str, str]) -> float:
    start = time.perf_counter()
    with server(["lab", f"--ServerApp.root_dir={Path(folder) / 'Lumbar'}"], env):
        return time.perf_counter() - start
