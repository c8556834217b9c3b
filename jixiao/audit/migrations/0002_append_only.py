"""The database itself refuses to change or remove an audit entry or a link of the chain."""

from typing import Any

from django.db import migrations

TABLES = ("audit_event", "audit_link")
MESSAGE = "审计记录只增不改"
BODY = f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
EACH_ROW, AT_ONCE = "FOR EACH ROW EXECUTE FUNCTION", "FOR EACH STATEMENT EXECUTE FUNCTION"


def sqlite_statements(table: str) -> list[str]:
    """Triggers of SQLite."""
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for verb in ("update", "delete")
    ]


def postgres_statements(table: str) -> list[str]:
    """Triggers of PostgreSQL; TRUNCATE is refused too."""
    refuse = f"{table}_refuse()"
    return [
        f"CREATE OR REPLACE FUNCTION {refuse} RETURNS trigger LANGUAGE plpgsql AS {BODY}",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} {EACH_ROW} {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {AT_ONCE} {refuse}",
    ]


def undo_statements(table: str, vendor: str) -> list[str]:
    """What takes the triggers away again."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete")]
    triggers = [f"DROP TRIGGER {table}_no_{verb} ON {table}" for verb in ("change", "truncate")]
    return [*triggers, f"DROP FUNCTION {table}_refuse()"]


def protect(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    make = sqlite_statements if schema_editor.connection.vendor == "sqlite" else postgres_statements
    for table in TABLES:
        for statement in make(table):
            schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    for table in TABLES:
        for statement in undo_statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
