"""What the site gives browsers and hosts besides its pages: the worker that keeps it, its manifest, its headers."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from lumbar.web import icon

HERE = Path(__file__).parent

# What the pages may do: run our own scripts and nothing else. Drawings that a slider moves have style attributes.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; style-src-elem 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'"
)

# The live notebooks run code that a reader writes, so they may do more; but they ask no other host either.
LITE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ASK_AGAIN = "no-cache"  # kept, but the host is asked each time whether it is still the newest
KEEP = "public, max-age=31536000, immutable"

MANIFEST = {
    "name": "Lumbar: a free course on low back pain",
    "short_name": "Lumbar",
    "description": "Lessons, drawings, figures with sliders and quizzes. It works without internet.",
    "lang": "en",
    "start_url": "./",
    "scope": "./",
    "display": "standalone",
    "background_color": "#ffffff",
    "theme_color": icon.SEA,
    "icons": [
        {"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in icon.SIZES for purpose in ("any", "maskable")
    ],
}  # fmt: skip

PICTURES = "_images/"
# The live notebooks see to their own files; the others are for hosts and for the browser itself.
UNKEPT = ("lite/", "_headers", "sw.js")


def worker(site: Path) -> None:
    """Make a built site installable and fit for use without internet.

    Writes `sw.js` with the list of all files and their revisions, the manifest with its icons, and `_headers` for hosts
    that read it. The same site gives the same bytes.
    """
    icon.draw(site)
    (site / "manifest.webmanifest").write_text(json.dumps(MANIFEST, indent=2) + "\n", encoding="utf-8")
    revisions = {quote(name): revision((site / name).read_bytes()) for name in kept(site)}
    first = {name: value for name, value in revisions.items() if not name.startswith(PICTURES)}
    later = {name: value for name, value in revisions.items() if name.startswith(PICTURES)}
    script = (HERE / "front" / "sw.js").read_text(encoding="utf-8")
    lists = f"const FIRST = {json.dumps(first, indent=1)};\nconst LATER = {json.dumps(later, indent=1)};\n\n"
    (site / "sw.js").write_text(lists + script, encoding="utf-8")
    (site / "_headers").write_text(_written(headers(site)), encoding="utf-8")


def kept(site: Path) -> list[str]:
    """The files that a reader's browser keeps, by their address within the site."""
    names = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return sorted(name for name in names if not name.startswith((".", *UNKEPT)))


def revision(content: bytes) -> str:
    """A name for this content; sw.js works it out in the same way."""
    return hashlib.sha256(content).hexdigest()[:16]


def headers(site: Path) -> dict[str, dict[str, str]]:
    """The headers by path, in the words of `_headers`: `*` is any path, `:page` any name without a slash.

    No two rules but the first give the same path, since hosts differ in what they then do.
    """
    page = {"Cache-Control": ASK_AGAIN, "Content-Security-Policy": POLICY}
    stamped = set(_stamped(site))
    static = [name for name in kept(site) if name.startswith("_static/")]
    return {
        "/*": COMMON,
        "/": page,
        "/:page": page,
        "/_images/*": {"Cache-Control": ASK_AGAIN},
        **{f"/{name}": {"Cache-Control": KEEP if name in stamped else ASK_AGAIN} for name in static},
        "/lite/*": {"Content-Security-Policy": LITE_POLICY},
    }


def _stamped(site: Path) -> Iterator[str]:
    """The scripts and styles that pages ask for with their checksum: a changed one has another address."""
    for page in site.glob("*.html"):
        yield from re.findall(r'(?:src|href)="(_static/[^"?]+)\?v=\w+"', page.read_text(encoding="utf-8"))


def _written(rules: dict[str, dict[str, str]]) -> str:
    blocks = ([path, *(f"  {name}: {value}" for name, value in given.items())] for path, given in rules.items())
    return "\n\n".join(map("\n".join, blocks)) + "\n"
