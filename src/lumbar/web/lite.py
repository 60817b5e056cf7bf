"""The lessons to run in the browser: a JupyterLite site beside the pages, with a Python that asks no other host.

Python itself (Pyodide) comes from npm, the packages that every kernel needs from a hash-locked list, the course from
its own wheel. NumPy and its like go in where their wheels for Pyodide are at hand; `lumbar.saved` stands in for what is
missing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from lumbar import course
from lumbar.web import NotBuilt, bank

HERE = Path(__file__).parent / "lite"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
NOT_NEEDED = (
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/help-extension",
    "@jupyterlite/application-extension:about",
    "@jupyterlite/application-extension:logo",
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyterlite/application-extension:share-file",
    "@jupyterlite/notebook-application-extension:logo",
    "@jupyter-notebook/application-extension:pages",
    "@jupyter-notebook/notebook-extension:open-tree-tab",
)
AT_START = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "lumbar"]
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-notebook/application-extension:top": {"visible": "yes"},  # on a phone, too: there is the way back
}
# Fonts for browsers that could not run this anyway, what bundlers read, and a worker that would keep old pages.
LEFT_OUT = (
    "build/fa-*.eot", "build/fa-*.svg", "build/fa-*.ttf", "build/fa-*.woff", "*.webmanifest", "icon-*.png",
    "rspack.config*", "package.json", "bootstrap.js", "service-worker.js", "doc",
)  # fmt: skip
# A notebook's page reads the settings in here; people are sent to the course.
FRONT_DOOR = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Lumbar</title>
<meta http-equiv="refresh" content="0; url=../index.html">
<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script></head></html>
"""
MANIFEST = '<link rel="manifest" href="../manifest.webmanifest">'  # the course has its own


def build(into: Path, npm: Path, wheels: Path | None = None) -> None:
    """Write the JupyterLite site into the folder `into`, which is replaced.

    `npm` is where the packages of package.json are; what pip fetches is kept beside it. `wheels` is a folder with more
    wheels for Pyodide, such as NumPy's. Raises `NotBuilt`.
    """
    if wheels and not wheels.is_dir():
        raise NotBuilt(f"There is no folder {wheels} with wheels for the live notebooks.")
    shutil.rmtree(into, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="lumbar-lite-") as folder:
        work = Path(folder)
        _stage(work)
        _jupyterlite(work, into)
        shipped = (into / "extensions" / KERNEL / "static/pypi").glob("*.whl")
        own = [_own_wheel(work), *shipped, *_fetched(npm.parent / "wheels")]
        extra = sorted(wheels.glob("*.whl")) if wheels else []
        _python(into / "static/pyodide", npm / "node_modules/pyodide", [*extra, *own])


# The notebooks and the page around them


def notebook(path: Path) -> dict:
    """The built notebook as JupyterLite is to open it: its outputs trusted, its kernel the browser's own Python."""
    made = json.loads(path.read_bytes())
    for cell in made["cells"]:
        cell["metadata"]["trusted"] = True
    made["metadata"]["kernelspec"] = {"display_name": "Python", "language": "python", "name": "python"}
    return made


def _stage(work: Path) -> None:
    """Lay out what JupyterLite builds from."""
    (work / "files").mkdir()
    for path in sorted(course.folder("notebooks").glob("*.ipynb")):
        (work / "files" / path.name).write_text(json.dumps(notebook(path), ensure_ascii=False), encoding="utf-8")
    for name, content in (
        ("jupyter_lite_config.json", {"LiteBuildConfig": _building(), "PipliteAddon": {"piplite_urls": []}}),
        ("jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": _settings()}),
        ("overrides.json", OVERRIDES),
    ):
        (work / name).write_text(json.dumps(content), encoding="utf-8")


def _building() -> dict:
    here = Path(sys.prefix) / "share/jupyter/labextensions"
    return {
        "apps": ["notebooks"],
        "contents": ["files"],
        "settings_overrides": ["overrides.json"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [*(str(here / name) for name in EXTENSIONS), str(HERE / "extension")],
    }


def _settings() -> dict:
    kernel = {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": AT_START},
    }
    return {
        "appName": "Lumbar",
        "disabledExtensions": list(NOT_NEEDED),
        "litePluginSettings": {f"{KERNEL}:kernel": kernel},
    }


def _jupyterlite(work: Path, into: Path) -> None:
    _run([sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", work, "--output-dir", into], work)
    for left in (path for pattern in LEFT_OUT for path in into.glob(pattern)):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    (into / "index.html").write_text(FRONT_DOOR, encoding="utf-8")
    (into / "extensions/lumbar/course.json").write_text(json.dumps(bank.index()), encoding="utf-8")
    page = into / "notebooks/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace(MANIFEST, ""), encoding="utf-8")


# Python and its packages


def _own_wheel(work: Path) -> Path:
    """The course as a wheel, made from this checkout."""
    checkout = course.folder("lessons").parent
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", work / "own"], checkout)
    return next((work / "own").glob("*.whl"))


def _fetched(into: Path) -> list[Path]:
    """What every kernel needs, fetched once for each state of the list."""
    wanted = HERE / "requirements.lock"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    done = into / "done"
    if not done.exists() or done.read_text() != digest:
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        pure = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14"]
        listed = ["--no-deps", "--require-hashes", "--requirement", wanted]
        _run([*_pip(), "download", "--quiet", *listed, *pure, "--dest", into], into)
        done.write_text(digest)
    return sorted(into.glob("*.whl"))


def _pip() -> list[str]:
    """pip of this environment, or the system's, which a Debian without python3-venv leaves us."""
    own = [sys.executable, "-m", "pip"]
    return own if subprocess.run([*own, "--version"], capture_output=True).returncode == 0 else ["python3", "-m", "pip"]


def _python(into: Path, runtime: Path, wheels: list[Path]) -> None:
    """Pyodide with the packages at hand, and a lock file that names these and no others."""
    into.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copy(runtime / name, into)
    known = json.loads((runtime / "pyodide-lock.json").read_bytes())
    made = lock(known["info"], wheels)
    taken = {entry["file_name"] for entry in made["packages"].values()}
    for path in (path for path in wheels if path.name in taken):
        shutil.copy(path, into)
    (into / "pyodide-lock.json").write_text(json.dumps(made), encoding="utf-8")


def lock(info: dict, wheels: Iterable[Path]) -> dict:
    """Pyodide's lock file for these wheels; of two of one name, the later one.

    A package that is in the lock and not on the disk would be asked for, and the kernel would wait for it for ever; so
    what a wheel depends on is left out where it is not here. Raises `NotBuilt` for a wheel that Pyodide cannot load.
    """
    found = {entry["name"]: entry for entry in (_entry(info, path) for path in wheels)}
    for entry in found.values():
        entry["depends"] = sorted({name for name in entry["depends"] if name in found and name != entry["name"]})
    return {"info": info, "packages": found}


def _entry(info: dict, wheel: Path) -> dict:
    try:
        name, version, _, tags = parse_wheel_filename(wheel.name)
        with zipfile.ZipFile(wheel) as archive:
            files = archive.namelist()
            about = next(file for file in files if file.count("/") == 1 and file.endswith(".dist-info/METADATA"))
            metadata = HeaderParser().parsestr(archive.read(about).decode())
    except (InvalidWheelFilename, zipfile.BadZipFile, StopIteration) as error:
        raise NotBuilt(f"{wheel.name} cannot be read as a wheel. Fetch it again, or take it out.") from error
    platforms = {"any", *(f"{kind}_{info['abi_version']}_{info['arch']}" for kind in ("pyodide", "pyemscripten"))}
    if not any(tag.platform in platforms for tag in tags):
        fits = f"Take the one for {max(platforms)}, or take it out."
        raise NotBuilt(f"{wheel.name} is not for the browser's Python. {fits}")
    return {
        "name": canonicalize_name(name),
        "version": str(version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(_modules(files)),
        "depends": [canonicalize_name(need.name) for need in _needs(metadata, info)],
        "unvendored_tests": False,
    }


def _modules(files: list[str]) -> set[str]:
    """What can be imported from a wheel with these files."""
    code = (file.split("/") for file in files if file.endswith((".py", ".so")) and ".dist-info/" not in file)
    return {parts[0].split(".")[0] for parts in code if not parts[0].endswith(".data")}


def _needs(metadata, info: dict) -> Iterable[Requirement]:
    there = {"sys_platform": "emscripten", "platform_system": "Emscripten", "platform_machine": info["arch"]}
    there |= {"python_full_version": info["python"], "python_version": info["python"].rpartition(".")[0], "extra": ""}
    needs = map(Requirement, metadata.get_all("Requires-Dist", []))
    return (need for need in needs if need.marker is None or need.marker.evaluate(there))


def _run(command: Iterable, folder: Path) -> None:
    command = [str(part) for part in command]
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=folder, env=quiet, capture_output=True, text=True)
    if done.returncode:
        raise NotBuilt(f"{' '.join(command[2:4])} could not do its work:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
