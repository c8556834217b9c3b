"""Are units shared out fairly, days filled in order, clashes found, and calendars well formed?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from jixiao.visits.calendars import Entry, calendar_file
from jixiao.visits.matching import match
from jixiao.visits.planning import SLOTS, Stop, clashes, fill

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
UNFAIR = 1_000_000


def stop(visit: int, **changed: Any) -> Stop:
    """A visit of team 1 to a unit of the same number, without day."""
    told = {
        "unit": visit, "name": f"第{visit}镇", "round": 1, "round_name": "全年评估", "team": 1,
        "team_name": "第一组", "people": frozenset({1, 2}), "on": None, "starts": None, "ends": None,
        "since": MONDAY, "until": date(2026, 11, 30),
    }  # fmt: skip
    return Stop(visit=visit, **{**told, **changed})


def at(visit: int, start: int, end: int, **changed: Any) -> Stop:
    """On Monday from hour to hour."""
    return stop(visit, on=MONDAY, starts=time(start), ends=time(end), **changed)


def words(*stops: Stop, others: tuple[Stop, ...] = (), off: Callable[[date], str] = lambda _: "") -> str:  # fmt: skip
    return str(clashes(stops, others, off=off))


def loads(chosen: dict[int, int], teams: list[int]) -> list[int]:
    return [list(chosen.values()).count(team) for team in teams]


# ------------------------------------------------------------------ who goes where


def test_units_are_shared_out_evenly_and_always_in_the_same_way() -> None:
    first, nobody = match(range(70), [1, 2, 3], cost=lambda *_: 0, loads={})
    assert sorted(loads(first, [1, 2, 3])) == [23, 23, 24]
    assert (match(range(70), [1, 2, 3], cost=lambda *_: 0, loads={})[0], nobody) == (first, [])


def test_a_unit_placed_early_makes_way_for_one_that_has_no_choice() -> None:
    barred = {(0, 2), (2, 2), (3, 2)}
    chosen, _ = match(range(4), [1, 2], cost=lambda u, t: None if (u, t) in barred else 0, loads={})
    assert chosen[1] == 2
    assert {chosen[0], chosen[2], chosen[3]} == {1}


def test_what_a_team_has_already_counts() -> None:
    chosen, _ = match(range(4), [1, 2], cost=lambda *_: 0, loads={1: 4})
    assert loads(chosen, [1, 2]) == [0, 4]


def test_units_nobody_may_go_to_are_said() -> None:
    chosen, nobody = match([7, 8], [1], cost=lambda u, _: None if u == 8 else 0, loads={})
    assert (chosen, nobody) == ({7: 1}, [8])


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 2)), max_size=20))
def test_no_other_sharing_out_repeats_fewer_pairs(before: set[tuple[int, int]]) -> None:
    def cost(unit: int, team: int) -> int:
        return UNFAIR if (unit, team) in before else 0

    chosen, _ = match(range(8), [0, 1, 2], cost=cost, loads={})
    unavoidable = sum(all((unit, team) in before for team in range(3)) for unit in range(8))
    assert sum((unit, team) in before for unit, team in chosen.items()) == unavoidable


# ------------------------------------------------------------------ which day


def test_days_are_filled_in_the_order_of_the_list() -> None:
    placed, left = fill([stop(n) for n in range(3)], (), days=[MONDAY, TUESDAY], slots=SLOTS[2])
    assert [placed[n][0] for n in range(3)] == [MONDAY, MONDAY, TUESDAY]
    assert (placed[0][1][0], placed[1][1][0], left) == (time(9), time(14, 30), [])


def test_who_is_elsewhere_is_not_planned_twice() -> None:
    busy = at(9, 9, 12, people=frozenset({2, 5}), round=2)
    placed, _ = fill([stop(0)], [busy], days=[MONDAY], slots=SLOTS[2])
    assert placed[0] == (MONDAY, SLOTS[2][1])


def test_a_unit_gets_no_second_visit_on_one_day() -> None:
    other = at(9, 9, 12, unit=0, people=frozenset({8, 9}), round=2)
    placed, _ = fill([stop(0)], [other], days=[MONDAY, TUESDAY], slots=SLOTS[1])
    assert placed[0][0] == TUESDAY


def test_what_does_not_fit_is_left_over() -> None:
    placed, left = fill([stop(n) for n in range(3)], (), days=[MONDAY], slots=SLOTS[2])
    assert ([each.visit for each in left], len(placed)) == ([2], 2)


# ------------------------------------------------------------------ clashes


def test_a_sound_plan_has_no_clashes() -> None:
    assert words(at(1, 9, 11), at(2, 14, 16)) == "{}"


@pytest.mark.parametrize(
    ("stops", "told"),
    [
        ((at(1, 9, 11), at(2, 10, 12)), "同一时间还要到第2镇（10:00—12:00）"),
        ((at(1, 9, 11), at(2, 9, 11, team=3, people=frozenset({2, 7}))), "同一时间还要到第2镇"),
        ((at(1, 9, 11), at(2, 9, 11, unit=1, round_name="抽查")), "同一天抽查也到这里"),
        ((at(1, 9, 11, people=frozenset({1})),), "第一组只有1人，至少2人"),
        ((at(1, 9, 11, team=None, people=frozenset()),), "还没有评估组"),
        ((stop(1, on=date(2026, 12, 1)),), "不在本轮日期（11月2日—11月30日）之内"),
    ],
)
def test_clashes_are_told_in_words(stops: tuple[Stop, ...], told: str) -> None:
    assert told in words(*stops)


def test_days_off_are_told() -> None:
    assert "周日休息" in words(at(1, 9, 11), off=lambda _: "周日休息")


def test_visits_one_after_the_other_do_not_clash() -> None:
    assert words(at(1, 9, 11), at(2, 11, 12)) == "{}"


def test_other_rounds_are_looked_at_but_not_complained_of() -> None:
    found = clashes([at(1, 9, 11)], [at(2, 10, 12, round=2)], off=lambda _: "")
    assert list(found) == [1]


# ------------------------------------------------------------------ calendars


def test_the_calendar_is_read_by_others_in_our_time() -> None:
    entry = Entry(7, "云溪镇 全年评估", MONDAY, time(9), time(11, 30), "三楼会议室", "第一组", 3)
    whole = Entry(8, "河口镇 全年评估", TUESDAY, None, None)
    told = calendar_file("全年评估", [entry, whole], now=datetime(2026, 10, 1, tzinfo=UTC))
    first, second = Calendar.from_ical(told).walk("VEVENT")
    assert (first["uid"], first["sequence"]) == ("visit-7@jixiao", 3)
    assert first.decoded("dtstart").isoformat() == "2026-11-02T09:00:00+08:00"
    assert second.decoded("dtstart") == TUESDAY
    assert b"TZID:Asia/Shanghai" in told


def test_the_same_visit_keeps_its_number_when_it_moves() -> None:
    now = datetime(2026, 10, 1, tzinfo=UTC)
    told = [calendar_file("x", [Entry(7, "x", day, None, None)], now=now) for day in (MONDAY, TUESDAY)]  # fmt: skip
    assert all(b"UID:visit-7@jixiao" in each for each in told)
