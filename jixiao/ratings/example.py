"""Which polls has the example county? Two that are over, and one that the leaders are in the middle of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from jixiao.access.actor import Actor
from jixiao.ratings.actions import (
    Chosen,
    Counted,
    PollPlan,
    accept_poll,
    check_papers,
    close_poll,
    enter_papers,
    make_codes,
    open_poll,
    plan_poll,
    vote,
    vote_by_code,
)
from jixiao.ratings.models import Poll
from jixiao.ratings.queries.polls import Line, ballot
from jixiao.ratings.states import PollKind
from jixiao.schemes import actions as schemes
from jixiao.schemes.editing import plain
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.years import for_year

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
FILE, NAME = "部门服务评议办法.yaml", "部门服务评议办法"
LIKED = {"人社局": 9, "市场监管局": 8, "交通局": 5, "自然资源局": 4}
"""How many in ten are content; the others are in between."""
USUAL = 7
CODES, PAPERS = 60, 40
QUIET = "卫健局"
"""So few residents know it that nothing is shown about it."""


def load_example(
    county: Path, *, office: Actor, head: Actor, units: Mapping[int, Actor], today: date
) -> SchemeVersion:
    """The scheme published; townships and residents have rated the offices."""
    version = _publish(county, office, head, today)
    dice = Random(1)  # noqa: S311 - a made-up county that is the same every time
    two_way = _open(
        version, office, today, kind=PollKind.MUTUAL, codes=("1",), group="乡镇",
        name=f"{today.year}年度乡镇评部门",
    )  # fmt: skip
    lines = ballot(two_way)
    for rater in two_way.rater_rows.filter(unit__in=units):
        by = units[rater.unit_id or 0]
        vote(rater, by=by, choices=[_said(dice, line) for line in lines])
    residents = _open(
        version, office, today, kind=PollKind.RESIDENTS, codes=("2",), raters="政务大厅办事群众",
        name=f"{today.year}年度办事群众评部门",
    )  # fmt: skip
    lines = [line for line in ballot(residents) if line.rated.name != QUIET]
    for code in make_codes(residents, by=office, count=CODES)[: CODES * 2 // 3]:
        vote_by_code(code, [_said(dice, line) for line in lines])
    _papers(residents, lines, office=office, head=head, dice=dice)
    for number, poll in enumerate((two_way, residents), 1):
        _end(poll, office, head, today - timedelta(20 * number))
    return version


def load_ranking(
    version: SchemeVersion, *, office: Actor, leaders: Sequence[Actor], today: date
) -> Poll:
    """Leaders rank the parks; all but the first have done it, so that a newcomer can."""
    poll = _open(
        version, office, today, kind=PollKind.RANKING, codes=("3",), raters="县领导", minimum=3,
        name=f"{today.year}年度县领导给园区排名",
    )  # fmt: skip
    dice, lines = Random(2), ballot(poll)  # noqa: S311 - as above
    for by in leaders[1:]:
        order = dice.sample(range(len(lines)), len(lines))
        said = [
            Chosen(line.rated.pk, line.options[place].pk)
            for line, place in zip(lines, order, strict=True)
        ]
        vote(poll.rater_rows.get(account=by.account_id), by=by, choices=said)
    return poll


def _publish(county: Path, office: Actor, head: Actor, today: date) -> SchemeVersion:
    scheme, _ = read_scheme(county / FILE)
    written = scheme.period.end.year if scheme.period else today.year
    document = plain(for_year(scheme, old=written, new=today.year))
    number = scheme.document.replace(str(written), str(today.year))
    version = schemes.start_draft(NAME, by=office, year=today.year, document=document)
    version = schemes.submit(version, by=office)
    version = schemes.approve(version, by=head, document_number=number)
    return schemes.publish(version, by=head, effective_on=today)


def _open(version: SchemeVersion, by: Actor, today: date, **said: Any) -> Poll:
    plan = PollPlan(opens_on=today, closes_on=today + timedelta(10), **said)
    return open_poll(plan_poll(version, by=by, plan=plan), by=by)


def _said(dice: Random, line: Line) -> Chosen:
    """The first option where content, mostly the next where not; now and then nobody knows."""
    liked = LIKED.get(line.rated.name, USUAL)
    roll = dice.randrange(10)
    last = len(line.options) - 1
    place = 0 if roll < liked else last if dice.randrange(8) == 0 else dice.randrange(1, last)
    return Chosen(line.rated.pk, line.options[place].pk)


def _papers(poll: Poll, lines: Sequence[Line], *, office: Actor, head: Actor, dice: Random) -> None:
    votes: dict[Chosen, int] = {}
    for _ in range(PAPERS):
        for line in lines:
            said = _said(dice, line)
            votes[said] = votes.get(said, 0) + 1
    counts = [Counted(said.rated_id, said.option_id, n) for said, n in votes.items()]
    check_papers(enter_papers(poll, by=office, papers=PAPERS, counts=counts), by=head)


def _end(poll: Poll, office: Actor, head: Actor, day: date) -> None:
    """It ended in the past; the example has one that nobody typed in."""
    Poll.objects.filter(pk=poll.pk).update(opens_on=day - timedelta(14), closes_on=day)
    poll.refresh_from_db()
    accept_poll(close_poll(poll, by=office), by=head)
    ended = _moment(day + timedelta(1))
    Poll.objects.filter(pk=poll.pk).update(
        planned_at=_moment(day - timedelta(16)), opened_at=_moment(day - timedelta(14)),
        closed_at=ended, accepted_at=ended + timedelta(hours=2),
    )  # fmt: skip
    poll.batches.update(entered_at=_moment(day), checked_at=ended - timedelta(hours=1))


def _moment(day: date) -> datetime:
    """Ten in the morning of a day."""
    return datetime.combine(day, time(10), tzinfo=COUNTY_TIME)
