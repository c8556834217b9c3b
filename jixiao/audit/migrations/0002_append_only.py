"""The database itself refuses to change or remove an audit entry or a link of the chain."""

from typing import Any

from django.db import migrations

TABLES = {"audit_event": ("id", "once"), "audit_link": ("position", "event_id")}
"""What is protected, and the columns by which SQLite's ``INSERT OR REPLACE`` would replace a row."""
MESSAGE = "审计记录只增不改"
BODY = f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
EACH_ROW, AT_ONCE = "FOR EACH ROW EXECUTE FUNCTION", "FOR EACH STATEMENT EXECUTE FUNCTION"


def sqlite_statements(table: str) -> list[str]:
    """Triggers of SQLite; replacing a row fires no trigger of deletion, so it has its own."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    same = " OR ".join(f"{column} = NEW.{column}" for column in TABLES[table])
    replaced = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 -- no value in it
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {replaced} {refuse}",
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
        verbs = ("update", "delete", "replace")
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in verbs]
    triggers = [
        f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}" for verb in ("change", "truncate")
    ]
    return [*triggers, f"DROP FUNCTION IF EXISTS {table}_refuse()"]


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
