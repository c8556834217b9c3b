"""Does the database itself refuse to change, remove or replace what was recorded?"""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from jixiao.audit.chain import seal
from jixiao.audit.tests.factories import EventFactory
from jixiao.audit.tests.touching import append_only, execute

pytestmark = pytest.mark.django_db
ATTEMPTS = [
    "UPDATE audit_event SET reason = ''",
    "DELETE FROM audit_event",
    "UPDATE audit_link SET digest = ''",
    "DELETE FROM audit_link",
]
REPLACING = [
    "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
    "INSERT OR REPLACE INTO audit_link SELECT * FROM audit_link",
    "UPDATE OR REPLACE audit_event SET id = id",
]


@pytest.fixture(autouse=True)
def _something_recorded(tmp_path: object) -> None:
    EventFactory.create_batch(2)
    seal(tmp_path / "heads")


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
        execute(statement)


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_what_was_recorded_stays(statement: str) -> None:
    refused(statement)


@pytest.mark.parametrize("statement", REPLACING)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE 是 SQLite 的写法")
def test_sqlite_refuses_to_replace_too(statement: str) -> None:
    refused(statement)


@pytest.mark.parametrize("table", append_only.TABLES)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE 是 PostgreSQL 的写法")
def test_postgresql_refuses_to_truncate_too(table: str) -> None:
    refused(f"TRUNCATE {table} CASCADE")


def test_after_all_migrations_every_table_of_the_record_has_its_triggers() -> None:
    catalogue = {
        "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1",
        "postgresql": "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger GROUP BY 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        found = dict(cursor.fetchall())
    tables = {model._meta.db_table for model in apps.get_app_config("audit").get_models()}
    assert tables == set(append_only.TABLES)
    assert all(found.get(table, 0) >= 2 for table in tables)


def test_the_protection_can_be_taken_away_by_going_back_and_comes_again() -> None:
    with (
        connection.schema_editor(atomic=False)
        if connection.vendor == "postgresql"
        else Plain() as editor
    ):
        append_only.unprotect(apps, editor)
        execute("UPDATE audit_event SET reason = '改'")
        append_only.protect(apps, editor)
    refused("DELETE FROM audit_event")


class Plain:
    """A schema editor inside the test's own transaction, which SQLite's own does not allow."""

    connection = connection

    def __enter__(self) -> "Plain":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, statement: str) -> None:
        execute(statement)
