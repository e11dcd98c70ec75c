"""Rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

import gelingen

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(gelingen.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
INTERFACES = sorted(p for room in ("web", "cli") for p in (PACKAGE / room).rglob("*.py"))
READABLE_LINES = 400
FUNCTION_LINES = 40


def name(path):
    return str(path.relative_to(PACKAGE))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def body_lines(function):
    """Count the lines of a function without its docstring."""
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        first = function.body[0]
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", INTERFACES, ids=name)
def test_pages_and_commands_never_touch_the_records_themselves(path):
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert used & {"objects", "_default_manager", "_base_manager", "save", "delete"} == set()


def test_modules_can_be_read_in_one_sitting():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: n for path, n in lengths.items() if n > READABLE_LINES} == {}


def test_functions_fit_on_one_screen():
    lengths = {
        f"{name(path)}:{node.name}": body_lines(node)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {where: n for where, n in lengths.items() if n > FUNCTION_LINES} == {}


def test_modules_say_what_they_are_for():
    plain = {"apps.py", "urls.py"}
    modules = [p for p in MODULES if p.name not in plain and tree(p).body]
    assert [name(path) for path in modules if ast.get_docstring(tree(path)) is None] == []


def test_rooms_have_names_that_mean_something():
    drawers = {"utils", "util", "common", "helpers", "misc", "shared", "core", "base"}
    assert [name(path) for path in MODULES if drawers & {path.stem, *path.parts}] == []
