"""Which day suits which visit, and what clashes in a plan?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

LEAST = 2
"""Assessors of a team."""
Hours = tuple[time, time]
SLOTS: Mapping[int, tuple[Hours, ...]] = {
    1: ((time(9), time(17)),),
    2: ((time(9), time(11, 30)), (time(14, 30), time(17))),
    3: ((time(8, 30), time(11)), (time(13, 30), time(15, 15)), (time(15, 30), time(17, 15))),
}
"""Visits of a team a day, and when they are."""


@dataclass(frozen=True)
class Stop:
    """One visit as far as a plan is concerned."""

    visit: int
    unit: int
    name: str
    round: int
    round_name: str
    team: int | None
    team_name: str
    people: frozenset[int]
    on: date | None
    starts: time | None
    ends: time | None
    since: date
    until: date

    @property
    def hours(self) -> str:
        """``9:00—11:30``; empty where none are set."""
        return hours_text(self.starts, self.ends)

    def overlaps(self, other: "Stop") -> bool:
        """Whether both are at the same time; without hours nobody can say so."""
        if self.on != other.on or self.starts is None or other.starts is None:
            return False
        return _overlap((self.starts, self.ends or self.starts), other)


def hours_text(starts: time | None, ends: time | None) -> str:
    """``9:00—11:30``, ``9:00起`` or nothing."""
    if starts is None:
        return ""
    return f"{_clock(starts)}—{_clock(ends)}" if ends else f"{_clock(starts)}起"


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _overlap(hours: Hours, stop: Stop) -> bool:
    """Whether ``hours`` meet those of a stop; one without hours takes the whole day."""
    if stop.starts is None:
        return True
    ends = stop.ends or stop.starts
    return (hours[0] < ends and stop.starts < hours[1]) or hours[0] == stop.starts


def clashes(
    stops: Sequence[Stop], others: Sequence[Stop], *, off: Callable[[date], str]
) -> dict[int, list[str]]:
    """What is wrong with each planned visit, in words; ``off`` says why nobody works on a day."""
    by_day: dict[date, list[Stop]] = {}
    for each in (*stops, *others):
        if each.on is not None:
            by_day.setdefault(each.on, []).append(each)
    found = {}
    for stop in stops:
        same_day = [each for each in by_day.get(stop.on, ()) if each != stop] if stop.on else []
        if words := [*_of_itself(stop, off), *_with_others(stop, same_day)]:
            found[stop.visit] = words
    return found


def _of_itself(stop: Stop, off: Callable[[date], str]) -> Iterable[str]:
    if stop.on is None:
        return
    if stop.team is None:
        yield "有日期，还没有评估组"
    elif len(stop.people) < LEAST:
        yield f"{stop.team_name}只有{len(stop.people)}人，至少{LEAST}人"
    if why := off(stop.on):
        yield why
    if not stop.since <= stop.on <= stop.until:
        yield f"不在本轮日期（{_day(stop.since)}—{_day(stop.until)}）之内"


def _with_others(stop: Stop, same_day: Iterable[Stop]) -> Iterable[str]:
    for other in same_day:
        if other.unit == stop.unit:
            yield f"同一天{other.round_name}也到这里"
        elif stop.people & other.people and stop.overlaps(other):
            yield f"{stop.team_name or '评估组'}同一时间还要到{other.name}（{other.hours}）"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def fill(
    waiting: Sequence[Stop], fixed: Iterable[Stop], *, days: Sequence[date], slots: Sequence[Hours]
) -> tuple[dict[int, tuple[date, Hours]], list[Stop]]:
    """A day and hours for every visit, the first that suits, in the order given; and those left over."""
    diary = Diary.of(fixed)
    placed: dict[int, tuple[date, Hours]] = {}
    for stop in waiting:
        for place in ((day, hours) for day in days for hours in slots):
            if diary.is_free(stop, place):
                placed[stop.visit] = place
                diary.take(stop, place)
                break
    return placed, [stop for stop in waiting if stop.visit not in placed]


@dataclass(frozen=True)
class Diary:
    """Who is where already: people by day with the hours, units by day."""

    busy: dict[tuple[int, date], list[Hours]]
    units: set[tuple[int, date]]

    @classmethod
    def of(cls, stops: Iterable[Stop]) -> "Diary":
        """What is settled before."""
        diary = cls({}, set())
        for stop in stops:
            if stop.on is not None:
                hours = (stop.starts or time.min, stop.ends or stop.starts or time.max)
                diary.take(stop, (stop.on, hours))
        return diary

    def is_free(self, stop: Stop, place: tuple[date, Hours]) -> bool:
        """Whether the unit has no other visit that day and its assessors are nowhere else then."""
        day, hours = place
        if (stop.unit, day) in self.units:
            return False
        taken = (each for person in stop.people for each in self.busy.get((person, day), ()))
        return not any(hours[0] < end and start < hours[1] for start, end in taken)

    def take(self, stop: Stop, place: tuple[date, Hours]) -> None:
        """Enter one visit."""
        day, hours = place
        self.units.add((stop.unit, day))
        for person in stop.people:
            self.busy.setdefault((person, day), []).append(hours)
