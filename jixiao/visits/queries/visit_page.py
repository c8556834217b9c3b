"""What was seen at a unit, what was deducted, why, by whom, and what do both sides say to it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from jixiao.access.actor import Actor
from jixiao.core.words import number
from jixiao.org.models import Person
from jixiao.rectification.models import Case
from jixiao.rectification.states import CaseState
from jixiao.scoring.numbers import SCALE, mark_text
from jixiao.scoring.sheet import digest
from jixiao.visits.models import Attachment, Confirmation, Correction, Record, SelfMark, Visit
from jixiao.visits.planning import LEAST
from jixiao.visits.queries.feedback import lacking_to_feed_back, missing_year
from jixiao.visits.queries.rounds import task_book
from jixiao.visits.queries.sight import Sight, sees_marks, sight
from jixiao.visits.signing import svg_path
from jixiao.visits.states import FileState, Manner, Method, RecordState, Side, VisitState
from jixiao.visits.tasks import Field, Task, Values


def figure_text(field: Field, value: int | None) -> str:
    """A figure as its reader knows it: 3 次, 9.5 分, or the name of a choice."""
    named = {known: name for name, known in field.choices.items()}
    if value is None or value in named:
        return named.get(value, "—") if value is not None else "—"
    if field.is_mark:
        return f"{mark_text(value, 1)} 分"
    return f"{number(Decimal(value) / SCALE)} {field.unit}".strip()


def figures(task: Task, values: Values) -> list[tuple[str, str]]:
    """The figures of a task with their names."""
    return [(each.label, figure_text(each, values.get(each.column))) for each in task.fields]


@dataclass(frozen=True)
class Item:
    """One item of the visit with everything that is known about it."""

    task: Task
    record: Record | None
    given: SelfMark | None
    corrections: Sequence[Correction]
    files: Sequence[Attachment]

    @property
    def mark(self) -> str:
        """The mark, or a dash where there is none or only the engine knows."""
        return mark_text(self.record.mark if self.record else None, self.task.decimals)

    @property
    def full(self) -> str:
        """The full mark; bonus and penalty items have none."""
        return mark_text(self.task.full, self.task.decimals) if self.task.full else ""

    @property
    def own(self) -> str:
        """What the unit gives itself."""
        mark = self.given.mark if self.given else None
        return "" if mark is None else mark_text(mark, self.task.decimals)

    @property
    def lost(self) -> int:
        """Ten-thousandths less than full."""
        mark = self.record.mark if self.record else None
        return 0 if mark is None else max(self.task.full - mark, 0)

    @property
    def lost_text(self) -> str:
        """−1.5; nothing where nothing was lost."""
        return mark_text(-self.lost, self.task.decimals) if self.lost else ""

    @property
    def share(self) -> Decimal:
        """How much of the full mark was lost, in hundredths."""
        return Decimal(100 * self.lost) / (self.task.full or 1)

    @property
    def beyond(self) -> str:
        """How much more the unit gives itself; signed."""
        own = self.given.mark if self.given else None
        mark = self.record.mark if self.record else None
        if own is None or mark is None or own == mark:
            return ""
        text = mark_text(own - mark, self.task.decimals)
        return f"自评高 {text}" if own > mark else f"自评低 {text.lstrip('−')}"

    @property
    def methods(self) -> str:
        """听汇报、查资料."""
        known = self.record.methods.split(",") if self.record and self.record.methods else []
        return "、".join(Method(each).label for each in known)

    @property
    def figures(self) -> list[tuple[str, str]]:
        """What was found out, where it is more than the mark itself."""
        values = self.record.values if self.record else {}
        return figures(self.task, values)

    @property
    def has_figures(self) -> bool:
        """Whether something else than the mark itself is found out."""
        return not all(each.is_mark for each in self.task.fields)

    @property
    def figures_text(self) -> str:
        """In one line; a mark that was given directly says nothing twice."""
        if self.record is None or not self.has_figures:
            return ""
        return "，".join(f"{name} {value}" for name, value in self.figures)

    @property
    def why(self) -> str:
        """Reason and remark in one line."""
        if self.record is None:
            return ""
        return "；".join(part for part in (self.record.reason, self.record.remark) if part)

    @property
    def is_differing(self) -> bool:
        """Whether two versions wait for somebody to decide."""
        return self.record is not None and self.record.state == RecordState.DIFFERING


@dataclass(frozen=True)
class Stand:
    """Somebody's confirmation as it is shown and printed."""

    row: Confirmation

    @property
    def path(self) -> str:
        """The signature as an SVG path of whole numbers; empty without one."""
        return svg_path(self.row.strokes) if self.row.strokes else ""

    @property
    def is_refusal(self) -> bool:
        """Whether the unit did not sign and somebody witnessed it."""
        return self.row.manner == Manner.WITNESSED

    @property
    def verdict(self) -> str:
        """What was said in a word."""
        if self.is_refusal:
            return "单位未签字"
        return "确认" if self.row.agrees else "确认，有不同意见"


@dataclass(frozen=True)
class Book:
    """Everything of one visit that this reader may see."""

    visit: Visit
    seen: Sight
    people: Sequence[Person]
    items: Sequence[Item]
    cases: Sequence[Case]
    stands: Sequence[Stand]
    is_member: bool = False
    lacking: Sequence[str] = ()
    gap: str = ""
    """Why the visit cannot close although both sides have confirmed."""

    @property
    def shows_marks(self) -> bool:
        """Whether marks, reasons and findings are shown."""
        return sees_marks(self.visit, self.seen)

    @property
    def categories(self) -> list[tuple[str, list[Item]]]:
        """Items under the scheme's own headings."""
        found: dict[str, list[Item]] = {}
        for each in self.items:
            found.setdefault(each.task.category, []).append(each)
        return list(found.items())

    @property
    def deducted(self) -> list[Item]:
        """Items that lost points."""
        return [each for each in self.items if each.lost]

    @cached_property
    def _decimals(self) -> int:
        return self.items[0].task.decimals if self.items else 1

    def _sum(self, marks: Iterable[int | None]) -> str:
        return mark_text(sum(each or 0 for each in marks), self._decimals)

    @property
    def total(self) -> str:
        """The sum of what is known."""
        return self._sum(each.record.mark for each in self.items if each.record)

    @property
    def lost(self) -> str:
        """Everything that was deducted."""
        return self._sum(each.lost for each in self.items)

    @property
    def full(self) -> str:
        """The sum of the full marks."""
        return self._sum(each.task.full for each in self.items)

    @property
    def own(self) -> str:
        """What the unit gives itself altogether; empty where it said nothing."""
        known = [each.given.mark for each in self.items if each.given]
        return self._sum(known) if any(each is not None for each in known) else ""

    @property
    def recorded(self) -> int:
        """Items with a record."""
        return sum(each.record is not None for each in self.items)

    @property
    def pending(self) -> int:
        """Items with a record whose mark is not known yet."""
        recorded = [each.record for each in self.items if each.record and each.task.full > 0]
        return sum(each.mark is None for each in recorded)

    @property
    def corrections(self) -> list[tuple[Item, Correction]]:
        """Everything put right after both sides confirmed, newest first."""
        found = [(item, each) for item in self.items for each in item.corrections]
        return sorted(found, key=lambda pair: pair[1].corrected_at, reverse=True)

    @property
    def standing(self) -> list[Stand]:
        """Confirmations that count."""
        return [each for each in self.stands if not each.row.is_void]

    @property
    def void(self) -> list[Stand]:
        """Confirmations that were given before the records were taken back."""
        return [each for each in self.stands if each.row.is_void]

    @property
    def view(self) -> list[Stand]:
        """What the unit said."""
        return [each for each in self.standing if each.row.side == Side.UNIT]

    @property
    def unit_agrees(self) -> bool:
        """Whether nobody of the unit sees it differently."""
        return all(each.row.agrees for each in self.view)

    @property
    def outcome(self) -> str:
        """How it ended, in words."""
        if self.visit.state != VisitState.CLOSED:
            return ""
        if any(each.is_refusal for each in self.view):
            return "单位未签字，有人见证"
        return "双方确认" if self.unit_agrees else "双方确认，单位有不同意见"

    @property
    def digest(self) -> str:
        """Of everything that was told and said, so that a paper can be compared with the books."""
        return digest({
            "visit": self.visit.pk,
            "scheme": self.visit.round.digest,
            "records": [
                [each.task.code, each.record.digest, each.record.mark]
                for each in self.items if each.record
            ],
            "findings": [[each.code, each.fact, each.opinion, each.workdays] for each in self.cases],
            "confirmations": [
                [each.row.side, each.row.person_name, each.row.manner, each.row.agrees,
                 each.row.view, each.row.strokes] for each in self.standing
            ],
        })  # fmt: skip

    @property
    def waits(self) -> list[str]:
        """Which confirmations are missing."""
        names = {each.name for each in self.people}
        done = {each.row.person_name for each in self.standing if each.row.side == Side.TEAM}
        left = min(LEAST, len(names)) - len(done)
        found = [f"评估组还差{left}人确认"] if left > 0 else []
        return found if self.view else [*found, "单位还没有确认"]

    def has_confirmed(self, actor: Actor) -> bool:
        """Whether this person stands under it already, on the own account or by hand."""
        mine = {each.name for each in self.people if each.account_id == actor.account_id}
        return any(
            (each.row.side == Side.TEAM and each.row.person_name in mine)
            or (each.row.manner == Manner.ACCOUNT and each.row.confirmed_by_id == actor.account_id)
            for each in self.standing
        )  # fmt: skip


def visit_book(visit: Visit, actor: Actor, *, whole: bool = True) -> Book | None:
    """The visit as this person may see it; None: not at all. Eight queries at most.

    Not ``whole``: its items only, for a page about one of them.
    """
    seen = sight(visit, actor)
    if seen == Sight.NONE:
        return None
    seats = visit.team.seats.select_related("person") if visit.team else ()
    people = [each.person for each in seats]
    if not sees_marks(visit, seen):
        return Book(visit, seen, people, _bare(visit), (), ())
    is_underway = whole and visit.state == VisitState.UNDERWAY and seen == Sight.ALL
    cases, stands = (_cases(visit), visit.confirmations.all()) if whole else ((), ())
    return Book(
        visit,
        seen,
        people,
        _items(visit),
        cases,
        [Stand(each) for each in stands],
        is_member=any(each.account_id == actor.account_id for each in people),
        lacking=lacking_to_feed_back(visit) if is_underway else (),
        gap=missing_year(cases) if visit.state == VisitState.FED_BACK else "",
    )


def _bare(visit: Visit) -> list[Item]:
    """What will be looked at, and what the unit itself said of it."""
    given = {each.code: each for each in visit.self_marks.all()}
    tasks = task_book(visit.round.version_of).tasks(visit.name)
    return [Item(each, None, given.get(each.code), (), ()) for each in tasks]


def _items(visit: Visit) -> list[Item]:
    records = {each.code: each for each in visit.records.select_related("saved_by")}
    corrections: dict[int, list[Correction]] = {}
    changed = Correction.objects.filter(record__visit=visit).select_related("corrected_by")
    for each in changed:
        corrections.setdefault(each.record_id, []).append(each)
    files: dict[str, list[Attachment]] = {}
    for kept in visit.attachments.filter(state=FileState.KEPT, is_dropped=False):
        files.setdefault(kept.code, []).append(kept)
    return [
        Item(
            each.task,
            record := records.get(each.task.code),
            each.given,
            corrections.get(record.pk, []) if record else [],
            files.get(each.task.code, []),
        )
        for each in _bare(visit)
    ]


def _cases(visit: Visit) -> list[Case]:
    cases = Case.objects.filter(finding__visit=visit).exclude(state=CaseState.WITHDRAWN)
    return list(cases.select_related("repeats").order_by("pk"))
