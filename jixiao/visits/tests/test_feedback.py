"""Is a unit told everything, do both sides stand behind it, and does the visit close by itself?"""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.periods.workdays import MissingYearError, add_workdays
from jixiao.rectification.actions import telling
from jixiao.rectification.states import CaseState, StepKind
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import ITEMS, SchemeVersionFactory, scheme
from jixiao.visits import actions
from jixiao.visits.models import Confirmation, Visit
from jixiao.visits.queries.feedback import (
    lacking_to_close,
    lacking_to_feed_back,
    missing_year,
    noted_cases,
)
from jixiao.visits.states import Manner, RecordState, Side, VisitState
from jixiao.visits.tests.factories import VisitFactory
from jixiao.visits.tests.scene import NAME, Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(actor: Callable[..., Actor]) -> Scene:
    """A visit under way."""
    return scene(actor)


@pytest.fixture
def told(there: Scene) -> Scene:
    """Everything recorded, one thing found wrong, and the unit told."""
    there.record_all()
    there.finding()
    there.feed_back()
    return there


def test_items_without_a_record_hold_the_feedback_up(there: Scene) -> None:
    with pytest.raises(RefusedError, match=r"还差3项.*1.2 材料质量：还没有记录"):
        there.feed_back()


def test_versions_that_differ_hold_the_feedback_up(there: Scene) -> None:
    there.record_all()
    there.visit.records.filter(code="1.2").update(state=RecordState.DIFFERING)
    with pytest.raises(RefusedError, match=r"1\.2 材料质量：两份记录不一致"):
        there.feed_back()


@pytest.mark.parametrize(
    ("gap", "word"), [({"opinion": ""}, "整改意见"), ({"workdays": 0}, "期限")]
)
def test_a_finding_without_opinion_or_term_holds_the_feedback_up(
    there: Scene, gap: dict[str, Any], word: str
) -> None:
    there.record_all()
    there.finding(**gap)
    with pytest.raises(RefusedError, match=f"请补上{word}"):
        there.feed_back()


def test_a_finding_taken_back_holds_nothing_up(there: Scene) -> None:
    there.record_all()
    there.finding(opinion="", state=CaseState.WITHDRAWN)
    assert lacking_to_feed_back(there.visit) == []


def test_the_unit_is_told_when_everything_is_there(told: Scene) -> None:
    visit = told.now()
    assert (visit.state, visit.fed_back_by_id) == (VisitState.FED_BACK, told.he.account_id)
    with pytest.raises(RefusedError, match="不能“与单位当面反馈”"):
        told.feed_back()


def test_only_those_who_go_there_tell(there: Scene, actor: Callable[..., Actor]) -> None:
    there.record_all()
    with pytest.raises(DeniedError):
        actions.feed_back(there.now(), by=actor(Role.ASSESSOR))


def test_two_of_the_team_and_one_of_the_unit_close_the_visit(told: Scene) -> None:
    told.confirm(told.he)
    told.unit_signs()
    assert told.now().state == VisitState.FED_BACK
    told.confirm(told.zheng)
    assert (told.now().state, lacking_to_close(told.now())) == (VisitState.CLOSED, [])


def test_the_unit_confirms_on_its_own_account(told: Scene) -> None:
    told.confirm(told.he)
    told.confirm(told.he, person_name="郑启", manner=Manner.SIGNATURE, strokes=NAME)
    made = actions.confirm_for_unit(told.now(), by=told.lead, agrees=True)
    assert (made.person_name, made.post, made.manner) == ("韩松", "单位绩效分管人", Manner.ACCOUNT)
    assert told.now().state == VisitState.CLOSED


def test_a_unit_that_disagrees_says_why_and_the_visit_closes_all_the_same(told: Scene) -> None:
    with pytest.raises(RefusedError, match="不同意的请写明意见"):
        actions.confirm_for_unit(told.now(), by=told.lead, agrees=False, view=" ")
    told.confirm(told.he)
    told.confirm(told.zheng)
    made = told.unit_signs(agrees=False, view="缺的2份当天已经找到")
    assert (made.agrees, told.now().state) == (False, VisitState.CLOSED)


def test_an_assessor_who_disagrees_takes_the_records_back_instead(told: Scene) -> None:
    with pytest.raises(RefusedError, match="先退回修改记录"):
        told.confirm(told.he, agrees=False, view="扣多了")


def test_the_same_confirmation_sent_twice_counts_once_also_after_closing(told: Scene) -> None:
    key = uuid.uuid4()
    told.confirm(told.he)
    told.confirm(told.zheng)
    first = told.unit_signs(key=key)
    assert (told.unit_signs(key=key), told.now().state) == (first, VisitState.CLOSED)


def test_a_key_of_another_visit_is_refused(told: Scene) -> None:
    given = told.confirm(told.he)
    Confirmation.objects.filter(pk=given.pk).update(visit=VisitFactory(unit__name="河口镇"))
    with pytest.raises(RefusedError, match="另一次"):
        told.confirm(told.he, key=given.key)


def test_nobody_confirms_twice(told: Scene) -> None:
    told.confirm(told.he)
    with pytest.raises(RefusedError, match="何雨已经确认过"):
        told.confirm(told.he, manner=Manner.SIGNATURE, strokes=NAME)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"person_name": "郑启"}, "不能这样代表评估组"),
        ({"person_name": "过路人", "manner": Manner.SIGNATURE, "strokes": NAME}, "不能这样代表"),
        ({"side": Side.UNIT, "person_name": "韩松"}, "只能手写签名"),
        ({"side": Side.UNIT, "manner": Manner.WITNESSED}, "只能手写签名"),
        ({"manner": Manner.WITNESSED}, "不能用见证"),
        ({"strokes": NAME}, "不用签名"),
        ({"side": Side.UNIT, "person_name": " ", "manner": Manner.SIGNATURE, "strokes": NAME}, "姓名"),
        ({"view": "啊" * 1001}, "最多1000字"),
        ({"post": "职" * 41}, "最多40字"),
    ],
)  # fmt: skip
def test_who_cannot_stand_for_a_side_is_refused(
    told: Scene, said: dict[str, Any], word: str
) -> None:
    with pytest.raises(RefusedError, match=word):
        told.confirm(told.he, **said)


@pytest.mark.parametrize(
    ("strokes", "word"),
    [
        ([], "请在签名框里"),
        ([[]], "请在签名框里"),
        ([[[1, 1], [5, 5]]], "太小"),
        ([[[0, 0], [601, 10]]], "不完整"),
        ([[[0, 0], [-1, 10]]], "不完整"),
        ([[[0, 0, 0], [90, 90]]], "不完整"),
        ([[[0, 0], [90.5, 90]]], "不完整"),
        ([[[0, 0], [True, 90]]], "不完整"),
        ([["M0", "0"]], "不完整"),
        ([[[0, 0], ['"/><script>', 9]]], "不完整"),
        ([[[0, 0], [90, 90]]] * 201, "太多"),
        ([[[0, 0], [90, 90]] * 2501], "太多"),
    ],
)
def test_a_drawing_that_is_no_signature_is_refused(
    told: Scene, strokes: list[Any], word: str
) -> None:
    with pytest.raises(RefusedError, match=word):
        told.unit_signs(strokes=strokes)
    assert not Confirmation.objects.exists()


def test_a_clock_that_runs_ahead_does_not_reach_into_the_future(told: Scene) -> None:
    given = told.confirm(told.he, made_at=timezone.now() + timedelta(days=3))
    naive = told.confirm(told.zheng, made_at=datetime(2026, 1, 2, 3, 4))  # noqa: DTZ001
    assert given.confirmed_at <= timezone.now()
    assert timezone.is_aware(naive.confirmed_at)


def test_records_taken_back_void_what_was_confirmed_and_delete_nothing(told: Scene) -> None:
    told.confirm(told.he)
    told.unit_signs()
    with pytest.raises(RefusedError, match="写明为什么"):
        actions.take_back(told.now(), by=told.he, reason=" ")
    visit = actions.take_back(told.now(), by=told.he, reason="漏看一份台账")
    assert visit.state == VisitState.UNDERWAY
    assert list(Confirmation.objects.values_list("is_void", flat=True)) == [True, True]


def test_a_new_feedback_wants_new_confirmations(told: Scene) -> None:
    told.confirm(told.he)
    told.unit_signs()
    actions.take_back(told.now(), by=told.he, reason="漏看一份台账")
    told.feed_back()
    told.confirm(told.zheng)
    told.unit_signs()
    assert told.now().state == VisitState.FED_BACK
    told.confirm(told.he)
    assert told.now().state == VisitState.CLOSED


def test_a_confirmation_that_arrives_after_taking_back_is_refused(told: Scene) -> None:
    actions.take_back(told.now(), by=told.he, reason="漏看一份台账")
    with pytest.raises(RefusedError, match="进行中"):
        told.unit_signs()


def test_a_closed_visit_cannot_be_taken_back(told: Scene) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    told.unit_signs()
    with pytest.raises(RefusedError, match="已确认"):
        actions.take_back(told.now(), by=told.he, reason="改分")


def test_closing_tells_the_findings_and_their_deadlines_begin(told: Scene) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    told.unit_signs()
    case = told.visit.findings.get().case
    assert (case.state, case.due_on) == (
        CaseState.TOLD, add_workdays(timezone.localdate(), case.workdays)
    )  # fmt: skip
    step = case.steps.get()
    assert (step.kind, step.due_on, step.text) == (StepKind.TOLD, case.due_on, case.opinion)


def test_a_finding_on_an_item_that_was_found_before_repeats_it(there: Scene) -> None:
    unit = there.visit.unit
    CaseFactory(unit=unit, state=CaseState.CLOSED)
    newer = CaseFactory(unit=unit, state=CaseState.CLOSED)
    CaseFactory(state=CaseState.TOLD)
    there.record_all()
    again, other = there.finding(), there.finding(code="2.1")
    there.close()
    again.refresh_from_db()
    other.refresh_from_db()
    assert (again.repeats, other.repeats) == (newer, None)


def test_the_record_of_writes_names_the_visit_the_findings_and_no_strokes(told: Scene) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    told.unit_signs(agrees=False, view="8.0分太低")
    changes = Event.objects.filter(action="visits.confirm").order_by("pk").last().changes
    rows = {each["row"].split(":")[0] for each in changes}
    assert {"visits.visit", "visits.confirmation", "rectification.case"} <= rows
    assert "[20, 30]" not in str(changes)
    assert "太低" not in str(changes)


@pytest.fixture
def no_table(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Next year's holidays are not known."""

    def unknown(_day: date, _count: int) -> date:
        raise MissingYearError(2027)

    monkeypatch.setattr(telling, "add_workdays", unknown)
    monkeypatch.setattr("jixiao.visits.queries.feedback.add_workdays", unknown)
    return monkeypatch


def test_a_year_without_holidays_loses_no_confirmation_and_the_visit_is_closed_later(
    told: Scene, no_table: pytest.MonkeyPatch
) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    told.unit_signs()
    assert (told.now().state, Confirmation.objects.count()) == (VisitState.FED_BACK, 3)
    assert "2027年的节假日安排还没有录入" in missing_year(noted_cases(told.now()))
    with pytest.raises(RefusedError, match="补上2027年，再来办结"):
        actions.close_visit(told.now(), by=told.he)
    no_table.undo()
    assert actions.close_visit(told.now(), by=told.he).state == VisitState.CLOSED


def test_closing_by_hand_wants_both_sides_too(told: Scene) -> None:
    told.confirm(told.he)
    with pytest.raises(RefusedError, match="评估组还差1人确认（郑启）；单位还没有确认"):
        actions.close_visit(told.now(), by=told.he)


def unsigned(told: Scene, **said: Any) -> Visit:
    usual = {"by": told.office, "reason": "分管人拒绝签字", "witness": "县政府办 王平"}
    return actions.close_unsigned(told.now(), **{**usual, **said})


def test_a_unit_that_never_signs_is_no_dead_end(told: Scene) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    Visit.objects.update(fed_back_at=timezone.now() - timedelta(days=30))
    closed = unsigned(told)
    row = closed.confirmations.get(side=Side.UNIT)
    assert (closed.state, row.manner, row.agrees) == (VisitState.CLOSED, Manner.WITNESSED, False)
    assert (row.person_name, row.view) == ("县政府办 王平", "分管人拒绝签字")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"reason": ""}, "写明单位为什么"),
        ({"witness": ""}, "见证人"),
        ({"witness": "陆宁"}, "见证人"),
    ],
)
def test_closing_without_the_unit_wants_a_reason_and_a_witness(
    told: Scene, said: dict[str, str], word: str
) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    Visit.objects.update(fed_back_at=timezone.now() - timedelta(days=30))
    with pytest.raises(RefusedError, match=word):
        unsigned(told, **said)


def test_a_unit_has_five_working_days_to_sign(told: Scene) -> None:
    told.confirm(told.he)
    told.confirm(told.zheng)
    with pytest.raises(RefusedError, match="满5个工作日"):
        unsigned(told)


def test_the_team_signs_before_the_office_closes_without_the_unit(told: Scene) -> None:
    with pytest.raises(RefusedError, match="评估组还差2人"):
        unsigned(told)


def test_a_unit_that_has_signed_is_not_said_to_have_refused(told: Scene) -> None:
    told.unit_signs()
    with pytest.raises(RefusedError, match="单位已经确认"):
        unsigned(told)


def test_what_others_provide_is_not_waited_for(actor: Callable[..., Actor]) -> None:
    provided = {"code": "2.1", "name": "月自查", "points": "60", "scorer": "县档案局"}
    items = [ITEMS[0], {"code": "2", "name": "内部绩效", "points": "60", "items": [provided]}]
    there = scene(
        actor, version_of=SchemeVersionFactory(of=scheme(items=items), state=State.PUBLISHED)
    )
    there.record_all()
    there.visit.records.filter(code="2.1").update(code="9.9")
    assert there.feed_back().state == VisitState.FED_BACK
