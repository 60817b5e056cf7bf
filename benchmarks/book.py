"""What one would pick instead of the web edition: the same notebooks as a Sphinx book, every setting as it comes.

Its pages ask public networks for the loader of their widgets. Here the same files,
from npm, lie on a server of their own.
"""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

from harness import ROOT, python

from lumbar import course

CONF = """
extensions = ["myst_nb"]
html_theme = "sphinx_book_theme"
nb_execution_mode = "off"
"""
INDEX = """
# The course

```{toctree}
:glob:

*
```
"""
SPHINX = "import sys; from sphinx.cmd.build import main; sys.exit(main(['-Q', '-j', 'auto', *sys.argv[1:]]))"
PACKAGES = {  # as npm has them, and where the pages ask for them
    "@jupyter-widgets/html-manager@1.0.6": "npm/@jupyter-widgets/html-manager@1.0.6",
    "anywidget@0.11.0": "npm/anywidget@~0.11.*",
    "requirejs@2.3.4": "ajax/libs/require.js/2.3.4",
}
NETWORK = re.compile(r"https://(?:cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com)")
DRAWN_IN = re.compile(rb'src="data:image/[^"]+"')


def build(into: Path) -> None:
    """Build the book into a folder that is not there yet."""
    source = into.with_name(f"{into.name}-source")
    shutil.copytree(course.folder("notebooks"), source)
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text(INDEX, encoding="utf-8")
    python(SPHINX, str(source), str(into))


def network() -> Path:
    """A folder with what the pages ask public networks for, taken from npm once."""
    folder = ROOT / "build" / "book"
    for package, place in PACKAGES.items():
        if not (folder / place).exists():
            _unpack(package, folder / place)
    script = folder / PACKAGES["requirejs@2.3.4"] / "require.min.js"
    if not script.exists():
        subprocess.run([ROOT / "build/npm/node_modules/.bin/esbuild", "--minify", "--log-level=error",
                        script.with_name("require.js"), f"--outfile={script}"], check=True)  # fmt: skip
    return folder


def _unpack(package: str, into: Path) -> None:
    into.parent.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", package]
    packed = subprocess.run(command, cwd=into.parent, check=True, stdout=subprocess.PIPE, text=True)
    archive = into.parent / packed.stdout.strip()
    shutil.unpack_archive(archive, into.parent)
    (into.parent / "package").rename(into)
    archive.unlink()


def ask_instead(page: Path, address: str) -> None:
    """Let a page ask that address instead of public networks; there the same files may be packed otherwise."""
    html = NETWORK.sub(address, page.read_text(encoding="utf-8"))
    page.write_text(re.sub(r' integrity="[^"]+"', "", html), encoding="utf-8")


def drawn_in(page: Path) -> int:
    """The bytes that the figures inside a page take of it, packed."""
    html = page.read_bytes()
    return len(gzip.compress(html, 6)) - len(gzip.compress(DRAWN_IN.sub(b"", html), 6))
