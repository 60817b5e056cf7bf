"""The web edition: the course as a static site for any phone, with nothing to install.

`build` stages the pages, packs the scripts and lets Sphinx write the site. Nothing on a page asks another host.
"""

import io
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lumbar import course

HERE = Path(__file__).parent
SCRIPTS = ("early", "site", "reviews")
# What Sphinx writes for pages of another kind.
LEFT_OUT = (
    "_sources", "objects.inv", ".buildinfo",
    *(f"_static/{name}" for name in ("*.png", "basic.css", "mystnb.*", "pygments.css")),
)  # fmt: skip
STYLES = (
    "quiz/quiz.css", "explore/explore.css", "review/review.css", "web/front/progress.css",
    *(f"web/theme/lumbar/{name}.css" for name in ("lumbar", "paper", "print", "offline")),
)  # fmt: skip


class NotBuilt(Exception):
    """The site cannot be built; the message says why, and what to do."""


def build(into: Path, npm: Path, live: bool = True) -> None:
    """Write the site into the folder `into`, which is replaced; `npm` is where the packages of package.json are.

    With `live`, the lessons are there as notebooks, too, under lite/; the environment's LUMBAR_WHEELS may name a folder
    with more wheels for their Python. Raises `NotBuilt` with what went wrong, and then leaves the former site as it was.
    """
    from lumbar.web.offline import worker

    if not (npm / "node_modules").exists():
        raise NotBuilt("What the web edition takes from npm is not here yet. In a checkout of the course: make web")
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=".site-") as folder:
        work = Path(folder)
        pages = _stage(work / "source", work / "extra")
        _front(work / "static", npm)
        python = _lite(work / "lite", npm) if live else 0
        _sphinx(work, pages, python)
        if live:
            (work / "lite").rename(work / "site" / "lite")
        _remove(path for pattern in LEFT_OUT for path in (work / "site").glob(pattern))
        worker(work / "site")
        _remove([into])
        (work / "site").rename(into)


def _stage(source: Path, extra: Path) -> dict:
    """Lay out what Sphinx reads, and the pictures; the pages by name."""
    from lumbar.web.pages import IMAGES, gallery, page

    shutil.copytree(HERE / "home", source)
    figures = course.folder("figures")
    shutil.copytree(figures, source, ignore=shutil.ignore_patterns("README.md"), dirs_exist_ok=True)
    (source / "gallery.md").write_text(gallery(figures / "README.md"), encoding="utf-8")
    (extra / IMAGES).mkdir(parents=True)
    pages = {}
    for path in sorted(course.folder("notebooks").glob("*.ipynb")):
        made = pages[path.stem] = page(path)
        (source / path.name).write_text(json.dumps(made.notebook), encoding="utf-8")
        for name, svg in made.pictures.items():
            (extra / IMAGES / name).write_text(svg, encoding="utf-8")
    return pages


def _front(into: Path, npm: Path) -> None:
    """Pack each script with what it imports into one classic script, which also works from a disk; and the styles."""
    from lumbar.web import bank

    into.mkdir(parents=True)
    (into / "bank.js").write_text(bank.script(), encoding="utf-8")
    index, styles = into.parent / "course.json", into.parent / "look.css"
    index.write_text(json.dumps(bank.index()), encoding="utf-8")
    styles.write_text("".join(f'@import "{HERE.parent / name}";\n' for name in STYLES), encoding="utf-8")
    entries = [*(HERE / "front" / f"{name}.js" for name in SCRIPTS), f"look={styles}"]
    _run(
        [npm / "node_modules/.bin/esbuild", *entries, "--bundle", "--minify", "--format=iife", "--target=es2022",
         "--log-level=warning", f"--alias:lumbar-course={index}", f"--outdir={into}"],
        NODE_PATH=npm / "node_modules",
    )  # fmt: skip


def _sphinx(work: Path, pages: dict, python: int) -> None:
    """Let Sphinx write the pages; `python` is how many bytes running a live notebook fetches, 0 where there is none."""
    from sphinx.application import Sphinx

    from lumbar.web.offline import POLICY

    settings = {
        "html_static_path": [str(work / "static")],
        "html_extra_path": [str(work / "extra")],
        "lumbar_pages": pages,
        "lumbar_live": round(python / 1e6),
        "lumbar_policy": POLICY,
    }
    said = io.StringIO()
    app = Sphinx(work / "source", HERE, work / "site", work / "trees", "html", settings, status=None, warning=said,
                 freshenv=True)  # fmt: skip
    app.build()
    if said.getvalue():
        raise NotBuilt(f"Sphinx warns of the web edition:\n{said.getvalue()}")


def _lite(into: Path, npm: Path) -> int:
    """Write the live notebooks; how many bytes their Python has."""
    from lumbar.web import lite

    wheels = os.environ.get("LUMBAR_WHEELS")
    lite.build(into, npm, Path(wheels).expanduser() if wheels else None)
    return sum(file.stat().st_size for file in (into / "static" / "pyodide").iterdir())


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _run(command: Iterable, **environment) -> None:
    done = subprocess.run(
        [str(part) for part in command], env=os.environ | {name: str(value) for name, value in environment.items()},
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode or done.stderr.strip():
        raise NotBuilt(f"{Path(str(command[0])).name} could not do its work:\n{done.stderr}")
