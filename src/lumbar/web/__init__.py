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
LEFT_OUT = ("_sources", "objects.inv", ".buildinfo", "_static/*.png", "_static/basic.css", "_static/mystnb.*", "_static/pygments.css")
STYLES = ("quiz", "explore", "review")


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
        _scripts(work / "static", npm)
        _styles(work / "static")
        _sphinx(work, pages, live)
        if live:
            _lite(work / "site" / "lite", npm)
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


def _scripts(into: Path, npm: Path) -> None:
    """Pack each script of the pages with what it imports into one classic script, which also works from a disk."""
    from lumbar.web import bank

    into.mkdir(parents=True)
    index = into.parent / "course.json"
    index.write_text(json.dumps(bank.index()), encoding="utf-8")
    (into / "bank.js").write_text(bank.script(), encoding="utf-8")
    entries = [str(HERE / "front" / f"{name}.js") for name in SCRIPTS]
    _run(
        [npm / "node_modules/.bin/esbuild", *entries, "--bundle", "--minify", "--format=iife", "--target=es2022",
         "--log-level=warning", f"--alias:lumbar-course={index}", f"--outdir={into}"],
        NODE_PATH=npm / "node_modules",
    )  # fmt: skip


def _styles(into: Path) -> None:
    from lumbar.widgets import packed_css

    files = [*(HERE.parent / name / f"{name}.css" for name in STYLES), HERE / "front" / "progress.css"]
    texts = [file.read_text(encoding="utf-8") for file in files]
    (into / "widgets.css").write_text("\n".join(map(packed_css, texts)), encoding="utf-8")


def _sphinx(work: Path, pages: dict, live: bool) -> None:
    from sphinx.application import Sphinx

    from lumbar.web.offline import POLICY

    settings = {
        "html_static_path": [str(work / "static")],
        "html_extra_path": [str(work / "extra")],
        "lumbar_pages": pages,
        "lumbar_live": live,
        "lumbar_policy": POLICY,
    }
    said = io.StringIO()
    app = Sphinx(work / "source", HERE, work / "site", work / "trees", "html", settings, status=None, warning=said,
                 freshenv=True)  # fmt: skip
    app.build()
    if said.getvalue():
        raise NotBuilt(f"Sphinx warns of the web edition:\n{said.getvalue()}")


def _lite(into: Path, npm: Path) -> None:
    from lumbar.web import lite

    wheels = os.environ.get("LUMBAR_WHEELS")
    lite.build(into, npm, Path(wheels).expanduser() if wheels else None)


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
