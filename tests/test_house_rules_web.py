"""Does every room keep the rules of the house: models, actions, pages, templates?"""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CheckConstraint, Field, Model
from django.urls import URLPattern, URLResolver, get_resolver

from jixiao.access.action import REGISTER, Registered
from tests.test_house_rules import CODE, PACKAGE, functions, length, name_of, tree

ROOMS = sorted(
    {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("views*")} - {""}
)
MODELS = [model for model in apps.get_models() if model.__module__.startswith("jixiao.")]
SLICE = {
    "action", "actions", "actor", "admin", "apps", "asking", "backup", "chain", "composite_example", "constraints", "errors",
    "example", "export", "factories", "forms", "imports", "middleware", "migrations", "models", "moves", "page",
    "permissions", "queries", "rendering", "settings", "shell", "signin", "snapshot", "states",
    "tables", "templatetags", "trail", "urls", "views", "wsgi",
}  # fmt: skip
"""Names of files that may know Django; the others are a library that runs without it."""
PURE_ROOMS = ("scoring", "gongwen", "workbooks", "bulletins")


def patterns(found: "list[URLPattern | URLResolver] | None" = None) -> list[URLPattern]:
    """Every address of the platform."""
    flat: list[URLPattern] = []
    for each in get_resolver().url_patterns if found is None else found:
        flat += patterns(each.url_patterns) if isinstance(each, URLResolver) else [each]
    return flat


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.name or str(p.pattern))
def test_every_address_declares_who_may_open_it(pattern: URLPattern) -> None:
    assert hasattr(pattern.callback, "permission"), f"{pattern.pattern} has no @page"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_column_has_a_chinese_name(model: type[Model]) -> None:
    hidden = ("id", "version", "path", "search")
    columns = [f for f in model._meta.concrete_fields if f.name not in hidden and f.editable]
    silent = [f.name for f in columns if not re.search("[\u4e00-\u9fff]", str(f.verbose_name))]
    assert silent == []
    assert re.search("[\u4e00-\u9fff]", str(model._meta.verbose_name))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_list_of_choices_is_checked_by_the_database(model: type[Model]) -> None:
    checks = " ".join(
        str(each.condition) for each in model._meta.constraints if isinstance(each, CheckConstraint)
    )
    with_choices = [field.name for field in model._meta.concrete_fields if field.choices]
    assert [name for name in with_choices if f"{name}__in" not in checks] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_whatever_has_a_time_has_a_person_and_both_or_neither(model: type[Model]) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    checks = " ".join(str(each.deconstruct()) for each in model._meta.constraints)
    pairs = [
        name.removesuffix("_at") for name in names if f"{name.removesuffix('_at')}_by" in names
    ]
    nullable = [each for each in pairs if model._meta.get_field(f"{each}_at").null]
    assert [each for each in nullable if f"{each}_at__isnull" not in checks] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_names_in_the_database_fit_every_database(model: type[Model]) -> None:
    names = [model._meta.db_table, *(each.name for each in model._meta.constraints)]
    names += [field.column for field in model._meta.concrete_fields if isinstance(field, Field)]
    assert [name for name in names if len(name) > 30] == []


@pytest.mark.parametrize("entry", REGISTER.values(), ids=lambda e: e.name)
def test_every_action_says_in_chinese_what_it_does(entry: Registered) -> None:
    assert re.match(r"[\u4e00-\u9fff][^。]{1,40}。", entry.sentence), entry.sentence


@pytest.mark.parametrize(
    "path", [p for p in CODE if "views" in p.parts or p.name == "views.py"], ids=name_of
)
def test_a_view_has_fifteen_lines_at_most(path: Path) -> None:
    views = [f for f in functions(path) if f.args.args and f.args.args[0].arg == "request"]
    assert [view.name for view in views if length(view) > 15] == []


@pytest.mark.parametrize(
    "path", [p for p in CODE if "views" in p.parts or p.name == "views.py"], ids=name_of
)
def test_a_page_never_imports_models(path: Path) -> None:
    modules = [n.module or "" for n in ast.walk(tree(path)) if isinstance(n, ast.ImportFrom)]
    assert [name for name in modules if re.search(r"jixiao\.\w+\.models", name)] == []


def test_only_the_files_of_a_slice_know_django() -> None:
    def knows(path: Path) -> bool:
        nodes = ast.walk(tree(path))
        return any(
            isinstance(n, ast.ImportFrom) and (n.module or "").startswith("django") for n in nodes
        )

    doors = ("cli", "config", "core", "portal", "system", "api")
    strangers = [
        name_of(path)
        for path in CODE
        if knows(path)
        and path.relative_to(PACKAGE).parts[0] not in doors
        and not SLICE & {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts[1:]}
    ]
    assert strangers == []


def test_every_template_is_used() -> None:
    templates = [
        path.relative_to(path.parents[[p.name for p in path.parents].index("templates")]).as_posix()
        for path in PACKAGE.rglob("templates/**/*.html")
    ]
    texts = [p.read_text("utf-8") for p in [*CODE, *PACKAGE.rglob("templates/**/*.html")]]
    ours = [
        t
        for t in templates
        if not t.startswith(("account/", "mfa/", "socialaccount/", "allauth/", "django/"))
    ]
    errors = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
    assert [t for t in ours if t not in errors and not any(t in text for text in texts)] == []


def test_no_page_carries_inline_style_or_script() -> None:
    inline = re.compile(
        r"<style|style=\"|<script(?![^>]*src=)(?![^>]*application/json)|\son\w+=\"", re.I
    )
    found = [
        name_of(path)
        for path in PACKAGE.rglob("templates/**/*.html")
        if inline.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_own_browser_code_stays_small() -> None:
    lines = sum(len(p.read_text("utf-8").splitlines()) for p in PACKAGE.rglob("static/**/*.js"))
    assert lines <= 2500


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
