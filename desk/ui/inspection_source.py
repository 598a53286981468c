"""What the gallery finds in the source of the screens: colours that are no tokens."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from desk.ui.inspection import Finding

_WRITTEN = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\b(?:rgba?|hsla?|hsva?)\(\s*\d")
"""A colour in a string: alone, or within a style sheet."""

THE_TOKENS = "tokens.py"
_MAKERS = ("QColor", "fromRgb", "fromRgbF", "fromHsl", "fromHsv", "qRgb", "qRgba")
_NO_COLOUR = ("transparent", "color0", "color1")


def literal_colours(folder: Path) -> list[Finding]:
    """Colours written anywhere below ``folder`` but in the theme: in strings, as names, as numbers, as Qt's own."""
    found = []
    for file in sorted(folder.rglob("*.py")):
        if file.name == THE_TOKENS:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (words := _colour_in(node)) and not _is_docstring(tree, node):
                line = getattr(node, "lineno", 0)
                found.append(Finding("colour", f"{file.relative_to(folder)}:{line}", words))
    return found


def _colour_in(node: ast.AST) -> str:
    """The colour that a piece of source writes out; empty when it writes none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        written = _WRITTEN.search(node.value)
        return written.group() if written else ""
    if isinstance(node, ast.Attribute) and _is_global_color(node):
        return node.attr
    if isinstance(node, ast.Call):
        maker = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if maker in _MAKERS and given and len(given) == len(node.args) and given[0] not in _NO_COLOUR:
            return f"{maker}({', '.join(map(str, given))})"
    return ""


def _is_docstring(tree: ast.AST, node: ast.AST) -> bool:
    """Whether a string stands by itself, as documentation does."""
    return any(isinstance(one, ast.Expr) and one.value is node for one in ast.walk(tree))


def _is_global_color(node: ast.Attribute) -> bool:
    above = node.value
    return isinstance(above, ast.Attribute) and above.attr == "GlobalColor" and node.attr not in _NO_COLOUR
