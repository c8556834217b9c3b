"""How is it remembered what was done about a matter?"""

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.events.models import Matter, MatterStep
from jixiao.events.queries.ways import missing
from jixiao.events.states import MatterState, StepKind


def step(matter: Matter, kind: StepKind, *, by: Actor, text: str = "") -> None:
    """Say what is done."""
    made = MatterStep(matter=matter, kind=kind, text=text, taken_at=timezone.now())
    made.taken_by_id = by.signature()
    made.save()
    created(made)


def go(matter: Matter, move: Move[MatterState], *, by: Actor, text: str = "") -> None:
    """Take the step, if nothing is missing; the caller saves the row."""
    if lacking := missing(move, matter, by=by):
        raise RefusedError(f"不能{move.label}，还缺：{'、'.join(lacking)}")
    step(matter, StepKind(move.name), by=by, text=text)
    matter.state = move.target


def written(text: str, what: str, field: str = "text") -> str:
    """What was written, which must not be empty."""
    if not text.strip():
        raise RefusedError(f"请写明{what}", field=field)
    return text.strip()
