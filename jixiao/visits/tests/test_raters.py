"""Are scales shown and levelled openly: off by default, before and after, on a basis, and reversibly?"""

from collections.abc import Callable

import pytest
from django.test import Client

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.tests.factories import PersonFactory
from jixiao.schemes.tests.factories import scheme
from jixiao.visits import actions
from jixiao.visits.models import Adjustment, Correction, Record, Round, Visit
from jixiao.visits.queries.adjusting import moved, planned_changes
from jixiao.visits.queries.raters import Raters, Shift, raters
from jixiao.visits.states import EntryState, RoundState, VisitState
from jixiao.visits.tests.factories import EntryFactory, SelfMarkFactory, TeamFactory
from jixiao.visits.tests.marked import planned, published, record

pytestmark = pytest.mark.django_db
UNITS = ("云溪镇", "河口镇", "石桥镇", "柳湾乡")
BASIS = "县绩效办2026年第3次会议"


@pytest.fixture
def head(actor: Callable[..., Actor]) -> Actor:
    """The head of the office."""
    return actor(Role.OFFICE_HEAD)


@pytest.fixture
def round_() -> Round:
    """甲组 gave 6 and 7 of ten, 乙组 9 and 10; all else is equal."""
    groups = [{"name": "乡镇", "units": [{"name": name} for name in UNITS]}]
    made = planned(published(scheme(groups=groups)))
    other = TeamFactory(round=made, name="乙组", people=[PersonFactory(), PersonFactory()])
    Visit.objects.filter(name__in=UNITS[2:]).update(team=other)
    for visit, points in zip(made.visits.order_by("order"), (6, 7, 9, 10), strict=True):
        record(visit, "1.1", {"迟报": 0}, reason="")
        record(visit, "1.2", {"1.2": points * 10_000}, reason="" if points == 10 else "缺2份")
        record(visit, "2.1", {"2.1": 600_000}, reason="")
    return made


def read(round_: Round) -> Raters:
    found = raters(round_.pk)
    assert found is not None
    return found


def team(name: str) -> int:
    return int(Visit.objects.filter(team__name=name).values_list("team", flat=True)[0])


def marks() -> list[int | None]:
    rows = Record.objects.filter(code="1.2").order_by("visit__order")
    return list(rows.values_list("mark", flat=True))


def adopt(round_: Round, by: Actor, shift: int = 15_000, basis: str = BASIS) -> Adjustment:
    shifts = [Shift(team("甲组"), "1.2", shift)]
    return actions.adopt_adjustment(round_, by=by, basis=basis, shifts=shifts)


def test_teams_are_compared_item_by_item(round_: Round) -> None:
    found = read(round_)
    told = [(name[:2], each.severity_text) for name, each in found.team_scales]
    assert told == [("甲组", "偏严 15.0"), ("乙组", "偏宽 15.0")]  # 30 points on one of two items
    assert {name: each.is_dull for name, each in found.items} == {"月自查": True, "材料质量": False}


def test_the_proposal_levels_the_means_and_nothing_is_changed_by_looking(round_: Round) -> None:
    found = read(round_)
    assert [(each.team, each.code, each.shift) for each in found.proposed] == [
        (team("甲组"), "1.2", 30_000), (team("乙组"), "1.2", -30_000)
    ]  # fmt: skip
    assert marks() == [60_000, 70_000, 90_000, 100_000]
    assert not Correction.objects.exists()


def test_before_and_after_are_shown_for_every_unit_before_anything_is_adopted(
    round_: Round,
) -> None:
    shifts = [Shift(team("甲组"), "1.2", 25_000)]
    found = moved(round_.pk, planned_changes(round_, shifts))
    assert [(each.unit, each.totals, each.places) for each in found] == [
        ("云溪镇", "96.0 → 98.5", "第4"),
        ("河口镇", "97.0 → 99.5", "第3 → 第2"),
        ("石桥镇", "99.0 → 99.0", "第2 → 第3"),
        ("柳湾乡", "100.0 → 100.0", "第1"),
    ]


def test_an_adopted_adjustment_leaves_a_correction_on_every_record_it_changed(
    round_: Round, head: Actor
) -> None:
    made = adopt(round_, head)
    assert marks() == [75_000, 85_000, 90_000, 100_000]
    told = made.corrections.order_by("record__visit__order")
    assert [(each.before["mark"], each.after["mark"]) for each in told] == [
        (60_000, 75_000), (70_000, 85_000)
    ]  # fmt: skip
    assert told[0].reason == "尺度调整：甲组材料质量加1.5分"
    assert made.shifts == [
        {"team": team("甲组"), "name": "甲组", "code": "1.2", "shift": 15_000, "rows": 2}
    ]


def test_a_mark_stays_between_nothing_and_the_full_mark(round_: Round, head: Actor) -> None:
    adopt(round_, head, 35_000)
    assert marks()[:2] == [95_000, 100_000]


def test_a_lowered_full_mark_says_why(round_: Round, head: Actor) -> None:
    actions.adopt_adjustment(
        round_, by=head, basis=BASIS, shifts=[Shift(team("乙组"), "1.2", -10_000)]
    )
    last = Record.objects.get(visit__name="柳湾乡", code="1.2")
    assert (last.mark, last.reason) == (90_000, f"尺度调整：乙组材料质量减1.0分，依据：{BASIS}")


def test_a_revoked_adjustment_gives_every_record_back_as_it_was(round_: Round, head: Actor) -> None:
    before = list(Record.objects.order_by("id").values("values", "mark", "reason"))
    made = adopt(round_, head, 35_000)
    actions.revoke_adjustment(made, by=head, reason="会议改了意见")
    assert list(Record.objects.order_by("id").values("values", "mark", "reason")) == before
    assert Correction.objects.count() == 4
    assert Correction.objects.last().reason == "撤销尺度调整：会议改了意见"


def test_what_was_corrected_since_keeps_its_correction(round_: Round, head: Actor) -> None:
    made = adopt(round_, head)
    Record.objects.filter(visit__name="云溪镇", code="1.2").update(values={"1.2": 95_000})
    actions.revoke_adjustment(made, by=head, reason="会议改了意见")
    assert marks()[:2] == [80_000, 70_000]


def test_an_adjustment_needs_a_basis_an_effect_and_no_other_one(round_: Round, head: Actor) -> None:
    with pytest.raises(RefusedError, match="写明依据"):
        adopt(round_, head, basis=" ")
    with pytest.raises(RefusedError, match="哪个分也不会变"):
        adopt(round_, head, 0)
    made = adopt(round_, head)
    with pytest.raises(RefusedError, match="先撤销"):
        adopt(round_, head)
    actions.revoke_adjustment(made, by=head, reason="重新商定")
    assert adopt(round_, head, 10_000).pk != made.pk


def test_nothing_is_adjusted_while_visits_are_open(round_: Round, head: Actor) -> None:
    Visit.objects.filter(name="云溪镇").update(
        state=VisitState.FED_BACK, closed_at=None, closed_by=None
    )
    with pytest.raises(RefusedError, match="还有1个单位没有双方确认"):
        adopt(round_, head)


def test_only_the_head_of_the_office_adjusts(round_: Round, actor: Callable[..., Actor]) -> None:
    for role in (Role.OFFICE, Role.LEADER, Role.ASSESSOR):
        with pytest.raises(DeniedError):
            adopt(round_, actor(role))


def test_the_record_of_writes_does_not_tell_the_marks(round_: Round, head: Actor) -> None:
    adopt(round_, head)
    told = str(Event.objects.get(action="visits.adopt_adjustment").changes)
    assert BASIS in told
    assert "75000" not in told


def test_the_page_tells_scales_and_that_nothing_was_adjusted(
    round_: Round, browser_of: Callable[..., Client]
) -> None:
    page = browser_of(Role.OFFICE).get(f"/rounds/{round_.pk}/raters/").content.decode()
    assert "偏严 15.0" in page
    assert "没有调整过" in page
    assert "评的单位少于5个" in page
    assert "看看调整会怎样" not in page


def test_the_head_previews_then_adopts_then_revokes(
    round_: Round, browser_of: Callable[..., Client]
) -> None:
    browser, address = browser_of(Role.OFFICE_HEAD), f"/rounds/{round_.pk}/adjust/"
    assert "4 个单位的分会变" in browser.get(address).content.decode()
    typed = {"shift_0": "1.5", "shift_1": "", "basis": BASIS}
    page = browser.post(address, {**typed, "preview": "1", "once": "1"}).content.decode()
    assert "2 个单位的分会变" in page
    assert not Adjustment.objects.exists()
    page = browser.post(address, {**typed, "adopt": "1", "once": "2"}, follow=True).content.decode()
    assert "已采用尺度调整" in page
    assert BASIS in page
    made = Adjustment.objects.get()
    sent = {"reason": "改了意见", "version": made.version, "once": "3"}
    page = browser.post(f"/adjustments/{made.pk}/revoke/", sent, follow=True).content.decode()
    assert "没有调整过" in page


def test_two_who_marked_alone_are_compared_by_what_they_said_before_settling(
    round_: Round, actor: Callable[..., Actor]
) -> None:
    Round.objects.update(is_double=True)
    one, two = actor(Role.ASSESSOR, name="何雨"), actor(Role.ASSESSOR, name="郑启")
    about = Record.objects.get(visit__name="云溪镇", code="1.2")
    said = ((one, 50_000, EntryState.REPLACED), (one, 60_000, EntryState.STANDING), (two, 80_000, EntryState.DROPPED))  # fmt: skip
    for who, mark, state in said:
        EntryFactory(record=about, received_by_id=who.account_id, mark=mark, state=state)
    [(names, pair)] = read(round_).pairs
    assert (names, pair.same, pair.distance_text) == ("何雨、郑启", 0, "2.0")
    assert [name for name, _ in read(round_).person_scales] == ["何雨", "郑启"]


def test_own_marks_are_compared_with_the_reviewed_ones(round_: Round) -> None:
    SelfMarkFactory(visit=round_.visits.get(name="云溪镇"), code="1.2", mark=90_000)
    [(_, [group]), (_, [item]), (_, [unit])] = read(round_).self_gaps
    assert (group.gap_text, item.name, unit.name) == ("+30.0", "1.2 材料质量", "云溪镇")


def test_a_round_that_has_not_begun_is_not_adjusted(round_: Round, head: Actor) -> None:
    Round.objects.update(state=RoundState.PLANNED, opened_at=None, opened_by=None, digest="")
    with pytest.raises(RefusedError, match="还没有开始"):
        adopt(round_, head)
