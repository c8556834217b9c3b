"""The database itself refuses to change or remove a version that was published."""

from typing import Any

from django.db import migrations

TABLE = "schemes_schemeversion"
FROZEN = (
    "line_id", "year", "number", "document", "digest", "based_on_id", "reason", "document_number",
    "effective_on", "submitted_at", "submitted_by_id", "approved_at", "approved_by_id",
    "published_at", "published_by_id",
)  # fmt: skip
MESSAGE = "已发布的办法不再改动"
DIFFERS = {"sqlite": "NEW.{0} IS NOT OLD.{0}", "postgresql": "NEW.{0} IS DISTINCT FROM OLD.{0}"}


def _changed(vendor: str) -> str:
    """The frozen columns differ, or the version would go back to being made."""
    columns = [DIFFERS[vendor].format(name) for name in FROZEN]
    return " OR ".join([*columns, "NEW.state NOT IN ('published', 'superseded')"])


def sqlite_statements() -> list[str]:
    """Triggers of SQLite."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    was_published = "OLD.published_at IS NOT NULL"
    update = f"{was_published} AND ({_changed('sqlite')})"
    return [
        f"CREATE TRIGGER scheme_no_update BEFORE UPDATE ON {TABLE} WHEN {update} {refuse}",
        f"CREATE TRIGGER scheme_no_delete BEFORE DELETE ON {TABLE} WHEN {was_published} {refuse}",
    ]


def postgres_statements() -> list[str]:
    """A trigger of PostgreSQL."""
    body = (
        f"BEGIN IF OLD.published_at IS NOT NULL AND (TG_OP = 'DELETE' OR {_changed('postgresql')}) "
        f"THEN RAISE EXCEPTION '{MESSAGE}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END"
    )
    trigger = f"CREATE TRIGGER scheme_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW"
    return [
        f"CREATE FUNCTION scheme_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"{trigger} EXECUTE FUNCTION scheme_refuse()",
    ]


def protect(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in sqlite_statements() if is_sqlite else postgres_statements():
        schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    if schema_editor.connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER scheme_no_{verb}" for verb in ("update", "delete")]
    else:
        statements = [
            f"DROP TRIGGER scheme_no_change ON {TABLE}", "DROP FUNCTION scheme_refuse()",
        ]  # fmt: skip
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
