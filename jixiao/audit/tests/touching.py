"""An attacker who holds the database: triggers gone, any column of any row at will."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, DateTimeField, JSONField, Model
from django.db.models.fields import Field

append_only = import_module("jixiao.audit.migrations.0002_append_only")


def drop_triggers() -> None:
    """Take the database's own protection away."""
    for table in append_only.TABLES:
        for statement in append_only.undo_statements(table, connection.vendor):
            execute(statement)


def execute(statement: str, *values: object) -> None:
    """SQL past all models."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def touched(model: type[Model], field: str, number: int) -> list[object]:
    """Values near and far from what stands in a row's column, as the database takes them."""
    column = model._meta.get_field(field)
    now = getattr(model._default_manager.get(pk=number), field)
    found = list(_values(column, now))
    return [*found, None] if column.null and now is not None else found


def _values(column: "Field[Any, Any]", now: Any) -> Iterator[object]:  # noqa: ANN401
    match column:
        case BigIntegerField():
            yield from (now + 1_000, -now)
        case DateTimeField():
            yield from (now + timedelta(microseconds=1), now - timedelta(days=400))
        case JSONField():
            first = {**now[0], "after": {"is_active": None}}
            yield from (json.dumps(each) for each in ([], [first], [*now, first], None))
        case _:
            yield from (now[:-1], f" {now[1:]}", now[:-1].swapcase() + "x", "None")


@contextmanager
def change(model: type[Model], field: str, *, number: int, value: object) -> Iterator[None]:
    """One column of one row says something else for a moment."""
    table, key = model._meta.db_table, model._meta.pk.column
    column = model._meta.get_field(field).column
    with transaction.atomic():
        execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", value, number)  # noqa: S608
        yield
        transaction.set_rollback(True)
