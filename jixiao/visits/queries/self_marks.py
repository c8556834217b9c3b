"""What does a unit see beside its own marks: last time's, and what is known without asking?"""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.scoring.numbers import mark_text
from jixiao.visits.models import Record, SelfMark, Visit
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.queries.visit_page import figures
from jixiao.visits.states import EDITABLE, VisitState
from jixiao.visits.tasks import BESIDE, Task


def self_marks_shut(visit: Visit) -> str:
    """Why this visit takes no self-marks, or none any more; empty where it does."""
    if not visit.round.asks_self:
        return "这一轮不要自评"
    if not visit.round.is_open:
        return f"这一轮{visit.round.get_state_display()}，现在不能填自评"
    if visit.state not in EDITABLE:
        return f"现场评估{visit.get_state_display()}，自评不能再改"
    return ""


def self_tasks(visit: Visit) -> list[Task]:
    """What a unit is asked: not what others provide or the platform counts."""
    tasks = book_of(visit.round).tasks(visit.name)
    return [each for each in tasks if each.is_on_site and each.code != BESIDE]


@dataclass(frozen=True)
class SelfPage:
    """Everything that the page of self-marks shows."""

    visit: Visit
    tasks: list[Task]
    given: dict[str, SelfMark]
    last: dict[str, str]
    """By item, the mark of the unit's last closed visit of this scheme."""
    known: Sequence[tuple[Task, str]]
    """What others provide, with what has come so far."""

    @property
    def shut(self) -> str:
        """Why nothing can be filled in now; empty where it can."""
        return self_marks_shut(self.visit)

    @property
    def left(self) -> int:
        """How many items are still open."""
        done = {code for code, each in self.given.items() if each.values}
        return sum(each.code not in done for each in self.tasks)


def self_page(visit: Visit) -> SelfPage:
    """Four queries."""
    tasks = book_of(visit.round).tasks(visit.name)
    values = {each.code: each.values for each in visit.records.all()}
    provided = [each for each in tasks if not each.is_on_site]
    return SelfPage(
        visit=visit,
        tasks=self_tasks(visit),
        given={each.code: each for each in visit.self_marks.all()},
        last=_last_marks(visit, tasks),
        known=[(each, _words(each, values.get(each.code))) for each in provided],
    )


def _words(task: Task, values: dict[str, int] | None) -> str:
    if values is None:
        return ""
    return "，".join(f"{name} {value}" for name, value in figures(task, values))


def _last_marks(visit: Visit, tasks: Sequence[Task]) -> dict[str, str]:
    """From the newest closed visit that came before."""
    before = Visit.objects.filter(
        unit=visit.unit_id, state=VisitState.CLOSED, round__version_of__line=visit.round.version_of.line_id
    ).exclude(pk=visit.pk).order_by("-closed_at").values("pk")[:1]  # fmt: skip
    marks = dict(Record.objects.filter(visit__in=before).values_list("code", "mark"))
    return {
        each.code: mark_text(marks[each.code], each.decimals)
        for each in tasks
        if marks.get(each.code) is not None
    }
