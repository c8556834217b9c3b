"""Does the house keep its own rules? Limits, names, docstrings; each check was broken once on purpose."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from jixiao.scoring import conditions, consequences, measures, scales
from jixiao.scoring.base import Kind

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "jixiao"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = [path for path in MODULES if not {"tests", "migrations"} & set(path.parts)]
"""Written by people: tests have limits of their own, migrations are made by Django."""
FORBIDDEN_NAMES = {"utils", "common", "helpers", "manager", "misc", "base_utils"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(node: Function) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    assert [node.name for node in functions(path) if length(node) > 40] == []


def test_functions_have_ten_lines_on_average_at_most() -> None:
    lengths = [length(node) for path in CODE for node in functions(path)]
    assert sum(lengths) / len(lengths) <= 10


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top_and_name_what_they_bring(path: Path) -> None:
    imports = (ast.Import, ast.ImportFrom)
    inside = [
        inner.lineno
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, imports)
    ]
    stars = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert (inside, stars) == ([], [])


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_opens_with_its_question_and_says_what_its_functions_mean(path: Path) -> None:
    module = tree(path)
    if not module.body:
        return
    public = [node for node in module.body if isinstance(node, Function | ast.ClassDef)]
    silent = [
        node.name
        for node in public
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert ast.get_docstring(module), "a module opens with the question it answers"
    assert silent == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_more_than_one_argument_is_named_at_most_five_are_taken(path: Path) -> None:
    def taken(node: Function) -> int:
        own = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
        return len([name for name in own if name not in ("self", "cls")]) + len(
            node.args.kwonlyargs
        )

    assert [node.name for node in functions(path) if taken(node) > 5] == []


def test_no_room_hides_things_under_empty_names() -> None:
    assert [name_of(path) for path in MODULES if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "scoring").glob("*.py")), ids=name_of)
def test_there_is_no_float_in_scoring(path: Path) -> None:
    nodes = list(ast.walk(tree(path)))
    literals = [
        n.lineno for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, float)
    ]
    named = [n.lineno for n in nodes if isinstance(n, ast.Name) and n.id in ("float", "Float64")]
    assert (literals, named) == ([], [])


KINDS = [
    kind
    for union in (measures.Measure, scales.Scale, conditions.Condition, consequences.Consequence)
    for kind in get_args(get_args(union)[0])
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_rule_kind_says_in_chinese_what_it_is(kind: type[Kind]) -> None:
    assert re.match(r"^[\u4e00-\u9fff].*。$", (kind.__doc__ or "").strip().splitlines()[0])
    assert kind.label
    assert all(field.title for name, field in kind.model_fields.items() if name != "kind")


def test_the_map_in_the_readme_points_to_real_functions() -> None:
    rows = re.findall(r"\| `([\w.]+)` \| `([\w/.]+)` \|", (ROOT / "README.md").read_text("utf-8"))
    assert rows, "README.md has the table arrow → function → file"
    for name, file in rows:
        module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
        assert callable(getattr(module, name)), f"{name} in {file}"


def test_no_unfinished_places_are_left() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    here = Path(__file__)
    found = [
        name_of(p) for p in MODULES if p != here and marks.search(p.read_text(encoding="utf-8"))
    ]
    assert found == []
