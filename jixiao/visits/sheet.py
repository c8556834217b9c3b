"""Which mark sheet do the records make, and what is still missing in it, owed by whom?

Nothing is typed again: a value of the sheet is the value of a record, or that value with provisional
points given back, and then it says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jixiao.schemes.exchange.gaps import Need, lacking, needs, period_of
from jixiao.schemes.exchange.layout import round_names
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row, Sheet
from jixiao.visits.tasks import COUNTED, Field, Task, TaskBook

OFFICE = "县绩效办"
"""Who owes what nobody else does."""
EVERYBODY, WHOLE = "全部单位", "整轮"
NOT_PLANNED, NOT_IN = "还没有安排这一轮", "没有列入这一轮"
NO_MARK = "分母不是正数，算不出得分，请核对"
UNDECIDED = "两份记录不一致，等待裁定"
Key = tuple[str, str]
"""A round's code and a unit's name in the scheme."""


@dataclass(frozen=True)
class Kept:
    """What stands for one item of a visit, unless two versions of it wait for a decision."""

    code: str
    values: Mapping[str, int]
    is_differing: bool = False


@dataclass(frozen=True)
class Credit:
    """Points taken off provisionally that were earned back by putting a finding right in time."""

    code: str
    points: int


@dataclass(frozen=True)
class Seen:
    """One unit in one round: who goes there, what they recorded, or why it does not take part."""

    round: str
    unit: str
    team: str
    kept: tuple[Kept, ...] = ()
    credits: tuple[Credit, ...] = ()
    excuse: str = ""
    number: int = 0
    """The unit's number in the county's books, where it matters."""

    @property
    def key(self) -> Key:
        """Its place in the sheet."""
        return self.round, self.unit


@dataclass(frozen=True)
class Gap:
    """A figure that the scheme wants and nobody has given yet."""

    round: str
    """The round's name; empty where the scheme has none."""
    unit: str
    code: str
    item: str
    label: str
    owner: str


@dataclass(frozen=True)
class Restored:
    """Provisional points given back, as the page lists them."""

    round: str
    unit: str
    code: str
    item: str
    points: int
    before: int | None
    after: int | None

    @property
    def words(self) -> str:
        """What happened to the item's mark."""
        if self.before is None or self.after is None:
            return f"整改到位，预扣{mark_text(self.points, 1)}分；不是直接打的分，没有自动加回"
        back = self.after - self.before
        cut = "（到满分为止）" if back < self.points else ""
        return f"整改到位恢复预扣{mark_text(back, 1)}分{cut}"

    @property
    def change(self) -> str:
        """The recorded mark and that of the sheet."""
        if self.before is None or self.after is None:
            return "—"
        return f"{mark_text(self.before, 1)} → {mark_text(self.after, 1)}"


def mark_field(task: Task) -> Field | None:
    """The one figure that is itself the item's mark, given by people; None where figures decide."""
    return task.fields[0] if len(task.fields) == 1 and task.fields[0].is_mark else None


def sheet_of(scheme: Scheme, seen: Iterable[Seen]) -> Sheet:
    """The mark sheet that the records make."""
    return Gathered(TaskBook.of(scheme), {each.key: each for each in seen}).sheet


def gaps(scheme: Scheme, seen: Iterable[Seen]) -> tuple[Gap, ...]:
    """Everything that the scheme wants and the records do not say."""
    return Gathered(TaskBook.of(scheme), {each.key: each for each in seen}).gaps


@dataclass(frozen=True)
class Gathered:
    """The visits of all rounds of a year, read as one mark sheet."""

    book: TaskBook
    seen: Mapping[Key, Seen]
    beside: Mapping[Key, Mapping[str, int]] = field(default_factory=dict)
    """Figures that no visit brings: other results, ratings; whoever gathers them vouches for them."""
    elsewhere: frozenset[str] = frozenset()
    """The columns of such figures, whether they are there yet or not."""

    @property
    def scheme(self) -> Scheme:
        """The scheme by which they were assessed."""
        return self.book.scheme

    @cached_property
    def rounds(self) -> Mapping[str, str]:
        """The scheme's rounds: names by code, one empty name where there are none."""
        return round_names(self.scheme)

    @cached_property
    def sheet(self) -> Sheet:
        """Rows in the order in which a filled-in workbook is read; who does not take part has none."""
        rows = [
            Row(unit, self.values.get((code, unit), {}), code)
            for code in self.rounds
            for unit in self.book.layout.groups
            if self._takes_part((code, unit))
        ]
        return Sheet(tuple(rows))

    @cached_property
    def restored(self) -> tuple[Restored, ...]:
        """Every provisional deduction that was given back."""
        return tuple(each for _, told in self._settled.values() for each in told)

    @cached_property
    def excused(self) -> tuple[Seen, ...]:
        """Units that do not take part in a round, with the reason."""
        return tuple(each for each in self.seen.values() if each.excuse)

    @cached_property
    def values(self) -> Mapping[Key, Mapping[str, int]]:
        """The figures by round and unit; those that wait for a decision are left out."""
        excused = {each.key for each in self.excused}
        beside = {key: values for key, values in self.beside.items() if key not in excused}
        keys = dict.fromkeys((*self._settled, *beside))
        found = {
            key: {**self._settled.get(key, ({}, ()))[0], **beside.get(key, {})} for key in keys
        }
        return {key: values for key, values in found.items() if values}

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing, round by round, unit by unit."""
        return tuple(gap for code in self.rounds for gap in self.round_gaps(code))

    def _recorded(self, seen: Seen) -> dict[str, int]:
        asked = {ask.column for ask in self.book.layout.asked.get(seen.unit, ())}
        return {
            column: value
            for kept in seen.kept
            if not kept.is_differing
            for column, value in kept.values.items()
            if column in asked
        }

    @cached_property
    def _settled(self) -> Mapping[Key, tuple[dict[str, int], tuple[Restored, ...]]]:
        there = (each for each in self.seen.values() if not each.excuse)
        return {each.key: self._with_credits(each) for each in there}

    def _with_credits(self, seen: Seen) -> tuple[dict[str, int], tuple[Restored, ...]]:
        values, told = self._recorded(seen), []
        for credit in seen.credits:
            task = self.book.task(seen.unit, credit.code)
            field = mark_field(task) if task else None
            before = values.get(field.column) if field else None
            after = None
            if field and before is not None:
                top = before + credit.points if field.high is None else field.high
                after = values[field.column] = max(before, min(before + credit.points, top))
            told.append(
                Restored(
                    self.rounds[seen.round], seen.unit, credit.code,
                    task.name if task else credit.code, credit.points, before, after,
                )
            )  # fmt: skip
        return values, tuple(told)

    def is_optional(self, code: str) -> bool:
        """Whether a unit may stay out of this round."""
        return any(each.optional for each in self.scheme.rounds if each.code == code)

    def _takes_part(self, key: Key) -> bool:
        if (seen := self.seen.get(key)) and seen.excuse:
            return False
        is_asked = bool(self.book.layout.asked[key[1]])
        return not (is_asked and self.is_optional(key[0]) and key not in self.values)

    # ------------------------------------------------------------------ what is missing

    def round_gaps(self, code: str) -> Iterator[Gap]:
        """What is missing in one round."""
        if not any(key[0] == code for key in self.seen):
            if not self.is_optional(code) and self._asks_more:
                yield Gap(self.rounds[code], EVERYBODY, "", WHOLE, NOT_PLANNED, OFFICE)
            return
        reached = self._reached(code)
        for unit in self.book.layout.groups:
            seen = self.seen.get((code, unit))
            if seen is None:
                if not self.is_optional(code) and self.book.layout.asked[unit]:
                    yield Gap(self.rounds[code], unit, "", WHOLE, NOT_IN, OFFICE)
            elif not seen.excuse:
                yield from self._unit_gaps(seen, reached)

    @cached_property
    def _asks_more(self) -> bool:
        """Whether the scheme asks for anything that only a visit can bring; else no round is due."""
        asked = self.book.layout.asked.values()
        return any(ask.column not in self.elsewhere for asks in asked for ask in asks)

    def _reached(self, code: str) -> Mapping[str, int]:
        """By data item the last period of which anybody has told anything."""
        found: dict[str, int] = {}
        for (round_code, _), values in self.values.items():
            for column in values if round_code == code else ():
                name = column.partition("@")[0]
                found[name] = max(found.get(name, 1), period_of(column))
        return found

    def _unit_gaps(self, seen: Seen, reached: Mapping[str, int]) -> Iterator[Gap]:
        waiting = {kept.code for kept in seen.kept if kept.is_differing}
        missing = self._missing(seen, reached) if self._takes_part(seen.key) else frozenset()
        for task in self.book.tasks(seen.unit):
            if task.code in waiting:
                yield self._gap(seen, task, UNDECIDED)
                continue
            for each in task.fields:
                if each.column in missing:
                    yield self._gap(seen, task, each.label)
            if self._is_without_mark(seen, task):
                yield self._gap(seen, task, NO_MARK)

    def _is_without_mark(self, seen: Seen, task: Task) -> bool:
        """Whether every figure is there and still there is no mark: nothing can be divided by zero."""
        values = self.values.get(seen.key, {})
        if task.formula is None or not task.is_needed:
            return False
        is_told = all(column in values for column in task.formula.columns)
        return is_told and task.mark(values) is None

    def _missing(self, seen: Seen, reached: Mapping[str, int]) -> frozenset[str]:
        values = self.values.get(seen.key, {})
        asked = {ask.column for ask in self.book.layout.asked[seen.unit]}
        blank = {name: None for name in asked if name not in values}
        found: set[str] = set()
        for need in self._needs[seen.unit]:
            last = reached.get(need.columns[0].partition("@")[0], 1)
            found |= set(lacking(need, blank=blank, reached=last))
        return frozenset(found)

    @cached_property
    def _needs(self) -> Mapping[str, tuple[Need, ...]]:
        return {unit: needs(self.book.layout, unit) for unit in self.book.layout.groups}

    def _gap(self, seen: Seen, task: Task, label: str) -> Gap:
        owner = {"": seen.team or OFFICE, COUNTED: OFFICE}.get(task.keeper, task.keeper)
        return Gap(self.rounds[seen.round], seen.unit, task.code, task.name, label, owner)
