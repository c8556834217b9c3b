"""What would an adjustment of scales change, unit by unit, and what has one changed?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.scoring.columns import UNIT
from jixiao.scoring.engine import marks
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.sheet import Sheet, ranges_of, to_frame
from jixiao.visits.models import Adjustment, Record, Round
from jixiao.visits.queries.raters import Shift
from jixiao.visits.queries.rounds import task_book
from jixiao.visits.queries.summary import Summary, summary
from jixiao.visits.sheet import Gathered, Seen, mark_field
from jixiao.visits.states import RecordState
from jixiao.visits.tasks import Task

AdjustmentRow = Adjustment
"""What the pages get."""


@dataclass(frozen=True)
class Change:
    """What an adjustment does to one record."""

    record: Record
    unit: str
    team: int
    task: Task
    column: str
    before: int
    after: int

    @property
    def words(self) -> str:
        """``1.2 材料质量 8.0 → 8.5``."""
        told = f"{mark_text(self.before, 1)} → {mark_text(self.after, 1)}"
        return f"{self.task.code} {self.task.name} {told}"


@dataclass(frozen=True)
class Moved:
    """One unit before and after: what changed, its total, its place in the group."""

    unit: str
    group: str
    changes: tuple[Change, ...]
    total: tuple[int | None, int | None]
    place: tuple[int | None, int | None]

    @property
    def totals(self) -> str:
        """Both totals of the round."""
        before, after = self.total
        if before is None or after is None:
            return "还缺数"
        return f"{mark_text(before, 1)} → {mark_text(after, 1)}"

    @property
    def places(self) -> str:
        """Both places in the group."""
        before, after = self.place
        if before is None or after is None:
            return "—"
        return f"第{before}" if before == after else f"第{before} → 第{after}"

    @property
    def has_moved(self) -> bool:
        """Whether its place is another one."""
        return self.place[0] != self.place[1]


def adjustment(number: int) -> Adjustment | None:
    """One adjustment."""
    found = Adjustment.objects.select_related("round__version_of", "adopted_by")
    return found.filter(pk=number).first()


def planned_changes(round_: Round, shifts: Iterable[Shift]) -> list[Change]:
    """What the shifts do to the records of the round, kept between zero and the full mark; one query."""
    by_team = {(each.team, each.code): each.shift for each in shifts}
    codes, book = {code for _, code in by_team}, task_book(round_.version_of)
    rows = Record.objects.filter(
        visit__round=round_, code__in=codes, state=RecordState.STANDING
    ).select_related("visit")
    found = []
    for record in rows.order_by("visit__order", "visit", "id"):
        shift = by_team.get((record.visit.team_id or 0, record.code))
        task = book.task(record.visit.name, record.code)
        if shift is not None and task is not None:
            found.append(_change(record, task, shift))
    return [each for each in found if each is not None and each.before != each.after]


def _change(record: Record, task: Task, shift: int) -> Change | None:
    field = mark_field(task)
    before = record.values.get(field.column) if field else None
    if field is None or before is None:
        return None
    after = clipped(task, before + shift)
    visit = record.visit
    return Change(record, visit.name, visit.team_id or 0, task, field.column, before, after)


def clipped(task: Task, value: int) -> int:
    """A mark between the least and the greatest that the scheme allows."""
    field = mark_field(task)
    low = field.low if field and field.low is not None else 0
    high = field.high if field and field.high is not None else task.full
    return max(low, min(high, value))


def moved(number: int, changes: Sequence[Change]) -> list[Moved]:
    """Every unit of the round before and after, in the scheme's order; seven queries."""
    found = summary(number)
    if found is None:
        return []
    by_unit: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        by_unit[each.unit].append(each)
    before, after = totals(found), totals(_changed(found, by_unit))
    groups = {unit: group.name for unit, group in found.gathered.book.layout.groups.items()}
    ranks = places(before, groups), places(after, groups)
    return [
        Moved(
            unit, groups[unit], tuple(by_unit[unit]),
            (before.get(unit), after.get(unit)), (ranks[0].get(unit), ranks[1].get(unit)),
        )
        for unit in groups
        if (found.round.code, unit) in found.gathered.seen
    ]  # fmt: skip


def _changed(found: Summary, by_unit: Mapping[str, Sequence[Change]]) -> Summary:
    seen = {
        key: _with(each, by_unit.get(each.unit, ())) for key, each in found.gathered.seen.items()
    }
    return Summary(found.round, Gathered(found.gathered.book, seen))


def _with(seen: Seen, changes: Sequence[Change]) -> Seen:
    new = {each.task.code: {each.column: each.after} for each in changes}
    kept = tuple(
        replace(each, values={**each.values, **new.get(each.code, {})}) for each in seen.kept
    )
    return replace(seen, kept=kept)


def totals(found: Summary) -> dict[str, int | None]:
    """The round's totals by unit as the engine adds them up; None where something is missing."""
    gathered, code = found.gathered, found.round.code
    sheet = Sheet(tuple(row for row in gathered.sheet.rows if row.round == code))
    if not sheet.rows:
        return {}
    frame = to_frame(gathered.scheme, sheet)
    marked, _ = marks(gathered.scheme, frame.lazy(), ranges_of(frame), rows=frame.height)
    rows = marked.select(UNIT, "total").collect()
    return dict(rows.iter_rows())


def places(found: Mapping[str, int | None], groups: Mapping[str, str]) -> dict[str, int]:
    """Places by total within each group; equals share one."""
    return {
        unit: 1 + sum(
            other is not None and other > total
            for name, other in found.items()
            if groups[name] == groups[unit]
        )
        for unit, total in found.items()
        if total is not None
    }  # fmt: skip
