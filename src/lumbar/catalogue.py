"""Modules that register what they draw by name, imported only for what is asked for: importing all takes longer."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def learn(package: str, modules: Iterable[str], name: str = "") -> None:
    """Import those modules of the package that write `"name"` in their source, or all of them."""
    for module in modules:
        if not name or f'"{name}"' in Path(find_spec(f"{package}.{module}").origin).read_text(encoding="utf-8"):
            import_module(f"{package}.{module}")
