"""Cells that need a package which this Python does not have.

They say so in one sentence and show what they showed when the course was built. They raise nothing, because JupyterLite
runs no further cell after an error.
"""

import ast
from html import escape
from importlib import import_module
from typing import Any

from lumbar import saved
from lumbar.output import Output


def listen() -> None:
    """Look at each cell of the notebook that runs this Python; once."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell and not any(isinstance(known, Missing) for known in shell.ast_transformers):
        shell.ast_transformers.append(Missing(shell.user_ns))


class Missing:
    """Replaces a cell that needs a missing package, or a name that an earlier such cell should have made.

    An IPython AST transformer; `there` are the names that the notebook has by now.
    """

    def __init__(self, there: dict[str, Any]):
        self.there = there
        self.lost: dict[str, str] = {}  # each name that was never made, with the package it would have needed

    def visit(self, cell: ast.Module) -> ast.Module:
        """The cell itself, or one that shows what `instead` says."""
        package = missing(cell) or self._lost(cell)
        if not package:
            return cell
        self.lost |= dict.fromkeys(_made(cell), package)
        return ast.parse(f"__import__('lumbar.missing', fromlist=['_']).instead({saved.plain(cell)!r}, {package!r})")

    def _lost(self, cell: ast.Module) -> str:
        read = {node.id for node in ast.walk(cell) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        needed = (read - _made(cell) - self.there.keys()) & self.lost.keys()
        return self.lost[min(needed)] if needed else ""


def instead(code: str, package: str) -> Output:
    """What a cell with this `plain` code shows where that package is missing."""
    lacks = f"This cell needs {saved.title(package)}, which this Python does not have"
    before = saved.cells().get(code)
    if before is None:
        return saved.sentence(f"{lacks}.")
    lead = f"{lacks}; when the course was built, it showed this:"
    return Output(f"<p>{lead}</p><pre>{escape(before.output.text)}</pre>", f"{lead}\n{before.output.text}")


def missing(cell: ast.Module) -> str:
    """The package that the cell's imports would ask for in vain; "" where all is there, or something else is wrong."""
    for name in (name for statement in cell.body for name in _imported(statement)):
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package != "lumbar":
                return package
        except Exception:
            return ""  # the cell itself will say what is wrong
    return ""


def _imported(statement: ast.stmt) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(statement, ast.ImportFrom):
        return [statement.module] if statement.module and not statement.level else []
    return [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else []


def _made(cell: ast.Module) -> set[str]:
    """The names that a cell makes."""
    names = {node.id for node in ast.walk(cell) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    imports = (node for node in ast.walk(cell) if isinstance(node, ast.Import | ast.ImportFrom))
    aliases = {(alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names}
    return names | aliases | {node.name for node in cell.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
