"""How is what was done about a table said and kept, and how is a step refused?"""

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.grades.models import TableStep, UnitTable
from jixiao.grades.queries.tables import Facts, facts
from jixiao.grades.queries.ways import missing
from jixiao.grades.quota import Quota
from jixiao.grades.states import StepKind, TableState
from jixiao.scoring.numbers import percent_text

LONGEST_BASIS = 300


def take_step(table: UnitTable, kind: StepKind, *, by: Actor, text: str = "") -> None:
    """One line of the table's history."""
    created(
        TableStep.objects.create(
            table=table, kind=kind, text=text, taken_at=timezone.now(), taken_by_id=by.signature()
        )
    )


def checked(move: Move[TableState], table: UnitTable, *, by: Actor) -> Facts:
    """Everything about the table, when the step lacks nothing. RefusedError."""
    found = facts(table)
    if lacking := missing(move, found, by=by):
        raise RefusedError(f"不能{move.label}：{'；'.join(lacking)}")
    return found


def said(text: str, what: str, *, field: str) -> str:
    """The text without spaces around it. RefusedError where there is none."""
    if not text.strip():
        raise RefusedError(f"请写明{what}", field=field)
    return text.strip()


def keep_quota(table: UnitTable, quota: Quota) -> None:
    """The places as they are now, and where they come from."""
    table.base, table.places = quota.base, quota.places
    table.rate, table.basis = percent_text(quota.share.rate), quota.basis[:LONGEST_BASIS]
    table.result_id = quota.share.result
