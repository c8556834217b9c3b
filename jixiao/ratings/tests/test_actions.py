"""Is a poll set up from its scheme, opened, closed and accepted by two people, and nothing else?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jixiao.access.actor import Actor
from jixiao.access.models import Account, Grant
from jixiao.access.permissions import ROLES, Role
from jixiao.access.queries import actor_of
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Receipt
from jixiao.ratings.actions import (
    Counted,
    accept_poll,
    check_papers,
    close_poll,
    drop_papers,
    enter_papers,
    extend_poll,
    make_codes,
    open_poll,
    vote,
    withdraw_poll,
)
from jixiao.ratings.models import PaperBatch, Poll, Tally
from jixiao.ratings.queries.outcomes import outcomes
from jixiao.ratings.queries.polls import ballot
from jixiao.ratings.states import PollKind, PollState
from jixiao.ratings.tests.conftest import AFTER
from jixiao.ratings.tests.factories import (
    LAST_DAY,
    OFFICES,
    TODAY,
    TOWNS,
    by_residents,
    choices,
    opened,
    planned,
    rater_of,
    rating_scheme,
)
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.tests.factories import SchemeVersionFactory

Units = Callable[[str], Actor]
GoTo = Callable[[date], None]


# ── Setting up ─────────────────────────────────────────────────────────────────────────────


def test_what_is_rated_by_whom_with_which_options_comes_from_the_scheme(
    version: SchemeVersion, office: Actor
) -> None:
    poll = planned(version, office)
    assert [each.name for each in poll.rated.all()] == list(OFFICES)
    assert [str(each) for each in poll.rater_rows.all()] == list(TOWNS)
    options = [(o.label, o.column) for o in poll.questions.get().options.all()]
    assert options == [
        ("满意", "镇满意"), ("基本满意", "镇基本满意"), ("不满意", "镇不满意"), ("不了解", ""),
    ]  # fmt: skip
    assert Tally.objects.count() == len(OFFICES) * len(options)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minimum": 2}, "至少3人"),
        ({"codes": ()}, "由票数计分"),
        ({"codes": ("9",)}, "由票数计分"),
        ({"round": "半年"}, "轮次"),
        ({"closes_on": TODAY - timedelta(1)}, "早于"),
        ({"name": "  "}, "名称"),
        ({"group": "没有的组"}, "哪一组"),
        ({"ballots": 0}, "票"),
        ({"kind": PollKind.LEADERS, "leaders": (999,)}, "县领导"),
        ({"kind": PollKind.RANKING, "codes": ("1", "2")}, "一个项目"),
    ],
)
def test_a_poll_that_cannot_be_held_is_refused(
    version: SchemeVersion, office: Actor, changed: dict[str, object], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        planned(version, office, **changed)
    assert not Poll.objects.exists()


def test_a_question_is_asked_once_a_round_until_the_poll_is_withdrawn(
    version: SchemeVersion, office: Actor
) -> None:
    first = planned(version, office)
    with pytest.raises(RefusedError, match="已经安排"):
        planned(version, office, name="再评一次")
    withdraw_poll(first, by=office, reason="名单有误")
    assert planned(version, office, name="再评一次").state == PollState.PLANNED


def test_a_draft_scheme_puts_no_questions(office: Actor) -> None:
    draft = SchemeVersionFactory(of=rating_scheme())
    with pytest.raises(RefusedError, match="已发布"):
        planned(draft, office)


def test_raters_are_told_once_it_opens(version: SchemeVersion, office: Actor) -> None:
    opened(version, office)
    assert sorted(Receipt.objects.values_list("unit__name", flat=True)) == sorted(TOWNS)
    assert not Receipt.objects.filter(notice__needs_sign=True).exists()


def test_too_few_raters_cannot_open(version: SchemeVersion, office: Actor) -> None:
    with pytest.raises(RefusedError, match="至少要5个单位"):
        open_poll(planned(version, office, minimum=5), by=office)


# ── Rating ─────────────────────────────────────────────────────────────────────────────────


def test_a_ballot_counts_once(poll: Poll, of_unit: Units) -> None:
    rater, by = rater_of(poll, "云溪镇"), of_unit("云溪镇")
    vote(rater, by=by, choices=choices(poll, 财政局="满意", 交通局="不了解"))
    with pytest.raises(RefusedError, match="已经评过"):
        vote(rater, by=by, choices=choices(poll, 财政局="不满意"))
    counted = Tally.objects.filter(votes__gt=0).values_list("rated__name", "option__label", "votes")
    assert set(counted) == {("财政局", "满意", 1), ("交通局", "不了解", 1)}


def test_a_unit_may_be_given_several_ballots(
    version: SchemeVersion, office: Actor, of_unit: Units
) -> None:
    poll = opened(version, office, ballots=2)
    rater, by = rater_of(poll, "云溪镇"), of_unit("云溪镇")
    for _ in range(2):
        rater = vote(rater, by=by, choices=choices(poll, 财政局="满意"))
    assert (rater.cast, rater.left, poll.needed) == (2, 0, 6)
    with pytest.raises(RefusedError, match="已经评过"):
        vote(rater, by=by, choices=choices(poll, 财政局="满意"))


def test_nobody_rates_for_another(poll: Poll, of_unit: Units, actor: Callable[..., Actor]) -> None:
    said = choices(poll, 财政局="满意")
    for by in (of_unit("河口镇"), actor(Role.LEADER), actor(Role.OFFICE_HEAD)):
        with pytest.raises(RefusedError):
            vote(rater_of(poll, "云溪镇"), by=by, choices=said)
    assert not Tally.objects.filter(votes__gt=0).exists()


def test_a_leader_who_also_works_somewhere_does_not_rate_for_that_unit(
    poll: Poll, account: Callable[..., Account]
) -> None:
    """A leader's role reaches everywhere; only 分管人 and 联络员 speak for a unit."""
    leader, key = account(Role.LEADER), str(rater_of(poll, "云溪镇").unit_id)
    Grant.objects.create(account=leader, role=Role.CADRE, extent=ROLES[Role.CADRE].extent, key=key)
    with pytest.raises(RefusedError, match="代表本单位"):
        vote(rater_of(poll, "云溪镇"), by=actor_of(leader), choices=choices(poll, 财政局="满意"))


def test_nobody_rates_the_own_unit(version: SchemeVersion, office: Actor, of_unit: Units) -> None:
    poll = opened(version, office, group="部门")
    rater, by = rater_of(poll, "财政局"), of_unit("财政局")
    assert "财政局" not in {each.rated.name for each in ballot(poll, without=rater.unit_id)}
    with pytest.raises(RefusedError, match="票面不对"):
        vote(rater, by=by, choices=choices(poll, 财政局="满意"))


@pytest.mark.parametrize("day", [TODAY - timedelta(1), AFTER])
def test_ballots_are_taken_from_the_first_day_to_the_last(
    poll: Poll, of_unit: Units, go_to: GoTo, day: date
) -> None:
    by = of_unit("云溪镇")
    go_to(day)
    with pytest.raises(RefusedError, match=r"还没有开始|已经截止"):
        vote(rater_of(poll, "云溪镇"), by=by, choices=choices(poll, 财政局="满意"))


def test_hostile_ballots_change_nothing(poll: Poll, of_unit: Units, office: Actor) -> None:
    other = by_residents(poll.version_of, office)
    (good,), (foreign,) = choices(poll, 财政局="满意"), choices(other, 财政局="满意")
    (second,) = choices(poll, 财政局="不满意")
    strange = replace(good, option_id=10**12)
    mixed = replace(good, rated_id=foreign.rated_id)
    for said in ([], [good, good], [good, second], [foreign], [strange], [mixed]):
        with pytest.raises(RefusedError):
            vote(rater_of(poll, "云溪镇"), by=of_unit("云溪镇"), choices=said)
    assert not Tally.objects.filter(votes__gt=0).exists()
    assert rater_of(poll, "云溪镇").cast == 0


# ── Ranking ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def leaders(actor: Callable[..., Actor]) -> list[Actor]:
    return [actor(Role.LEADER, name=name) for name in ("宋远", "高明", "林清")]


@pytest.fixture
def ranking(version: SchemeVersion, office: Actor, leaders: list[Actor]) -> Poll:
    assert leaders
    return opened(version, office, kind=PollKind.RANKING, codes=("3",), name="领导排园区", group="")


def test_leaders_rankings_are_kept_as_counts_per_place(ranking: Poll, leaders: list[Actor]) -> None:
    orders = (("第1名", "第2名", "第3名"), ("第1名", "第3名", "第2名"), ("第2名", "第1名", "第3名"))
    for by, order in zip(leaders, orders, strict=True):
        said = choices(
            ranking, **dict(zip(("临港园区", "高新园区", "生态园区"), order, strict=True))
        )
        vote(ranking.rater_rows.get(account=by.account_id), by=by, choices=said)
    ranking.refresh_from_db()
    found = {
        each.rated.name: each.columns for each in outcomes(close_poll(ranking, by=leaders_office()))
    }
    assert found["临港园区"] == {"第1名": 2, "第2名": 1, "第3名": 0}
    assert found["生态园区"] == {"第1名": 0, "第2名": 1, "第3名": 2}


def leaders_office() -> Actor:
    """Whoever closes it."""
    opener = Poll.objects.latest("pk").opened_by
    assert opener is not None
    return Actor(opener.name, opener.pk, terminal=True)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (("第1名", "第1名", "第2名"), "园区的第1名给了2个：临港园区、高新园区"),
        (("第1名", "第2名"), "生态园区没有排"),
    ],
)
def test_places_given_twice_or_not_at_all_are_refused_by_name(
    ranking: Poll, leaders: list[Actor], order: tuple[str, ...], said: str
) -> None:
    names = ("临港园区", "高新园区", "生态园区")[: len(order)]
    given = choices(ranking, **dict(zip(names, order, strict=True)))
    rater = ranking.rater_rows.get(account=leaders[0].account_id)
    with pytest.raises(RefusedError, match=said):
        vote(rater, by=leaders[0], choices=given)


# ── Papers ─────────────────────────────────────────────────────────────────────────────────


def counted(poll: Poll, votes: int, name: str = "财政局", label: str = "满意") -> list[Counted]:
    (one,) = choices(poll, **{name: label})
    return [Counted(one.rated_id, one.option_id, votes)]


def test_papers_count_once_another_person_has_checked_them(
    version: SchemeVersion, office: Actor, head: Actor
) -> None:
    poll = by_residents(version, office)
    batch = enter_papers(poll, by=office, papers=30, counts=counted(poll, 28))
    assert not Tally.objects.filter(votes__gt=0).exists()
    with pytest.raises(RefusedError, match="另一位同事"):
        check_papers(batch, by=office)
    batch = check_papers(batch, by=head)
    assert Tally.objects.get(votes__gt=0).votes == 28
    assert batch.counts == []
    with pytest.raises(RefusedError, match="已经核对"):
        check_papers(batch, by=head)


def test_more_votes_than_papers_or_strange_ones_are_refused(
    version: SchemeVersion, office: Actor, head: Actor
) -> None:
    poll = by_residents(version, office)
    twice = counted(poll, 6) + counted(poll, 5, label="不满意")
    strange = [Counted(10**9, 10**9, 1)]
    for counts in (twice, strange, counted(poll, -1), counted(poll, 0), counted(poll, 1) * 2, []):
        with pytest.raises(RefusedError):
            enter_papers(poll, by=office, papers=10, counts=counts)
    batch = enter_papers(poll, by=office, papers=10, counts=counted(poll, 9))
    drop_papers(batch, by=head, reason="少数了一张")
    assert not PaperBatch.objects.exists()


def test_unchecked_papers_keep_a_poll_open(
    version: SchemeVersion, office: Actor, go_to: GoTo
) -> None:
    poll = by_residents(version, office)
    enter_papers(poll, by=office, papers=10, counts=counted(poll, 9))
    go_to(AFTER)
    with pytest.raises(RefusedError, match="还有1批纸质票没有核对"):
        close_poll(poll, by=office)


def test_a_county_of_papers_is_added_in_one_statement(
    version: SchemeVersion, office: Actor, head: Actor
) -> None:
    poll = by_residents(version, office)
    rated, option = poll.rated.first(), poll.questions.get().options.first()
    assert rated is not None
    assert option is not None
    question = poll.questions.get()
    more = [type(option)(question=question, label=f"选项{n}", column="") for n in range(1200)]
    made = type(option).objects.bulk_create(more)
    Tally.objects.bulk_create(Tally(rated=rated, option=each) for each in made)
    counts = [Counted(rated.pk, each.pk, 2) for each in made]
    check_papers(enter_papers(poll, by=office, papers=9999, counts=counts), by=head)
    assert Tally.objects.filter(votes=2).count() == 1200


# ── Closing and using ──────────────────────────────────────────────────────────────────────


def test_it_closes_when_everybody_has_rated_or_the_last_day_is_over(
    poll: Poll, office: Actor, go_to: GoTo
) -> None:
    with pytest.raises(RefusedError, match="或者都评过了"):
        close_poll(poll, by=office)
    go_to(AFTER)
    assert close_poll(poll, by=office).state == PollState.CLOSED


def test_who_closes_does_not_accept(voted: Poll, office: Actor, head: Actor) -> None:
    closed = close_poll(voted, by=office)
    with pytest.raises(RefusedError, match="截止收票以外的人"):
        accept_poll(closed, by=office)
    assert accept_poll(closed, by=head).state == PollState.ACCEPTED


def test_a_closed_poll_never_opens_again_and_takes_no_more(
    accepted: Poll, office: Actor, head: Actor, of_unit: Units
) -> None:
    for again in (
        lambda: open_poll(accepted, by=office),
        lambda: extend_poll(accepted, by=office, closes_on=LAST_DAY, reason="再收几天"),
        lambda: make_codes(accepted, by=head, count=1),
        lambda: vote(rater_of(accepted, "云溪镇"), by=of_unit("云溪镇"), choices=[]),
    ):
        with pytest.raises(RefusedError):
            again()


def test_whoever_saw_the_counts_first_cannot_make_them_void_alone(
    voted: Poll, office: Actor, head: Actor
) -> None:
    closed = close_poll(voted, by=office)
    with pytest.raises(RefusedError, match="截止收票以外的人"):
        withdraw_poll(closed, by=office, reason="不好看")
    assert withdraw_poll(closed, by=head, reason="发错名单").state == PollState.WITHDRAWN
    assert Event.objects.filter(action="ratings.withdraw_poll", reason="发错名单").exists()


def test_the_last_day_is_moved_with_a_reason(poll: Poll, office: Actor) -> None:
    later = extend_poll(poll, by=office, closes_on=AFTER, reason="赶上汛期")
    assert (later.closes_on, later.state) == (AFTER, PollState.OPEN)
    for day, reason in ((TODAY - timedelta(1), "早了"), (AFTER, " ")):
        with pytest.raises(RefusedError):
            extend_poll(later, by=office, closes_on=day, reason=reason)
