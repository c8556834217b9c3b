"""Does a finding go its way with the right hands, and is nothing ever cleared?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PersonFactory, PostFactory, UnitFactory
from jixiao.periods.tests.clock import set_clock
from jixiao.rectification import actions
from jixiao.rectification.actions import Found, Handed
from jixiao.rectification.models import Case, Proof
from jixiao.rectification.states import CaseState, StepKind
from jixiao.rectification.tests.conftest import TODAY
from jixiao.rectification.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
FOUND = Found("材料质量", "二季度汇总表缺原件2份", "补齐原件，专人保管", code="1.2", points=10_000)
PDF = Handed("原件.pdf", b"%PDF-1.7 \xe5")


@pytest.fixture
def case(unit: Unit, finder: Actor) -> Case:
    """Told today, twenty working days to put it right."""
    return actions.raise_case(unit, by=finder, found=FOUND)


@pytest.fixture
def proven(case: Case, liaison: Actor) -> Case:
    """The unit has handed in its result."""
    planned = actions.report_plan(case, by=liaison, text="本周补齐")
    return actions.report_proof(planned, by=liaison, text="已补齐", files=[PDF])


def kinds(case: Case) -> list[str]:
    return [step.kind for step in case.steps.all()]


# ── Told ───────────────────────────────────────────────────────────────────────────────────


def test_a_finding_outside_a_visit_is_told_at_once_with_its_day_in_working_days(case: Case) -> None:
    assert (case.state, case.due_on) == (CaseState.TOLD, date(2026, 12, 9))
    assert (case.source, case.year, kinds(case)) == ("日常检查", 2026, ["told"])


@pytest.mark.usefixtures("case")
def test_raising_is_one_entry_that_does_not_tell_the_points() -> None:
    entry = Event.objects.get(action="rectification.raise_case")
    assert "缺原件" in str(entry.changes)
    assert "10000" not in str(entry.changes)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"item": " "}, "项目"),
        ({"fact": ""}, "事实"),
        ({"opinion": ""}, "整改意见"),
        ({"workdays": 0}, "工作日"),
        ({"workdays": 251}, "工作日"),
        ({"points": 0}, "大于0"),
    ],
)
def test_a_finding_without_its_parts_is_refused(
    unit: Unit, finder: Actor, said: dict[str, object], word: str
) -> None:
    with pytest.raises(RefusedError, match=word):
        actions.raise_case(unit, by=finder, found=Found(**{**vars(FOUND), **said}))
    assert not Case.objects.exists()


def test_a_day_in_a_year_without_table_is_not_guessed(
    unit: Unit, finder: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, date(2031, 3, 3))
    with pytest.raises(RefusedError, match="2031年的节假日安排还没有录入"):
        actions.raise_case(unit, by=finder, found=FOUND)


def test_a_unit_that_is_not_assessed_gets_no_findings(finder: Actor) -> None:
    with pytest.raises(RefusedError, match="不在参评单位"):
        actions.raise_case(UnitFactory(group=""), by=finder, found=FOUND)


def test_a_second_finding_on_the_same_item_repeats_the_first(
    case: Case, finder: Actor, go_to: Callable[[date], None]
) -> None:
    go_to(date(2026, 11, 20))
    again = actions.raise_case(case.unit, by=finder, found=FOUND)
    elsewhere = actions.raise_case(UnitFactory(group="乡镇"), by=finder, found=FOUND)
    assert (again.repeats, elsewhere.repeats) == (case, None)


@pytest.mark.parametrize("code", ["", "1.3"])
def test_another_item_or_none_repeats_nothing(case: Case, finder: Actor, code: str) -> None:
    found = Found(**{**vars(FOUND), "code": code})
    assert actions.raise_case(case.unit, by=finder, found=found).repeats is None


def test_what_was_withdrawn_or_never_told_is_not_repeated(unit: Unit, finder: Actor) -> None:
    for state in (CaseState.WITHDRAWN, CaseState.NOTED):
        CaseFactory(unit=unit, state=state, code="1.2")
    assert actions.raise_case(unit, by=finder, found=FOUND).repeats is None


# ── The way to being closed ────────────────────────────────────────────────────────────────


def test_the_whole_way_leaves_every_step(proven: Case, other: Actor, finder: Actor) -> None:
    verified = actions.verify(proven, by=other, text="看过原件")
    closed = actions.recheck(verified, by=finder, text="保管良好", where="2027年半年评估")
    assert (closed.state, closed.closed_by_id) == (CaseState.CLOSED, finder.account_id)
    assert kinds(closed) == ["told", "plan", "proof", "verify", "recheck"]
    assert closed.steps.last().where == "2027年半年评估"


def test_the_finder_does_not_verify_and_is_told_who_may(proven: Case, finder: Actor) -> None:
    with pytest.raises(RefusedError, match="由县绩效办其他人员或其他评估员核实"):
        actions.verify(proven, by=finder)


def test_nobody_judges_the_unit_in_which_he_works(proven: Case, other: Actor) -> None:
    person = PersonFactory(account=Account.objects.get(pk=other.account_id))
    PostFactory(person=person, unit=proven.unit, since=date(2026, 1, 1))
    for do in (actions.verify, lambda case, by: actions.send_back(case, by=by, reason="缺")):
        with pytest.raises(RefusedError, match="您在这个单位任职"):
            do(proven, by=other)


def test_a_step_cannot_be_skipped(case: Case, liaison: Actor, other: Actor) -> None:
    with pytest.raises(RefusedError, match="单位先报整改方案"):
        actions.report_proof(case, by=liaison, text="已补齐")
    with pytest.raises(RefusedError, match="单位先报整改方案"):
        actions.verify(case, by=other)
    with pytest.raises(RefusedError, match="单位先报整改方案"):
        actions.recheck(case, by=other, text="好", where="半年评估")


@pytest.mark.parametrize("blank", ["", "  "])
def test_nothing_is_done_without_words(proven: Case, other: Actor, blank: str) -> None:
    with pytest.raises(RefusedError, match="请写明退回的理由"):
        actions.send_back(proven, by=other, reason=blank)
    verified = actions.verify(proven, by=other)
    with pytest.raises(RefusedError, match="请写明看到的情况"):
        actions.recheck(verified, by=other, text=blank, where="半年评估")
    with pytest.raises(RefusedError, match="请写明在哪一次复查"):
        actions.relapse(verified, by=other, text="又缺", where=blank, due_on=date(2026, 12, 9))


def test_a_plan_and_a_result_need_words(case: Case, liaison: Actor) -> None:
    with pytest.raises(RefusedError, match="整改方案"):
        actions.report_plan(case, by=liaison, text=" ")
    planned = actions.report_plan(case, by=liaison, text="本周补齐")
    with pytest.raises(RefusedError, match="整改结果"):
        actions.report_proof(planned, by=liaison, text="")


def test_a_return_adds_a_turn_and_clears_nothing(
    proven: Case, other: Actor, liaison: Actor
) -> None:
    back = actions.send_back(proven, by=other, reason="原件不清")
    assert (back.state, back.turn) == (CaseState.TOLD, 2)
    again = actions.report_plan(back, by=liaison, text="重扫")
    assert kinds(again) == ["told", "plan", "proof", "send_back", "plan"]
    assert [step.turn for step in again.steps.all()] == [1, 1, 1, 1, 2]
    assert Proof.objects.count() == 1


def test_the_time_of_waiting_for_the_verifier_is_not_the_units(
    case: Case, liaison: Actor, other: Actor, go_to: Callable[[date], None]
) -> None:
    planned = actions.report_plan(case, by=liaison, text="补")
    go_to(date(2026, 12, 2))  # five working days left
    proven = actions.report_proof(planned, by=liaison, text="已补")
    go_to(date(2026, 12, 16))
    assert actions.send_back(proven, by=other, reason="原件不清").due_on == date(2026, 12, 23)


def test_who_handed_in_late_gets_no_more_time(
    case: Case, liaison: Actor, other: Actor, go_to: Callable[[date], None]
) -> None:
    planned = actions.report_plan(case, by=liaison, text="补")
    go_to(date(2026, 12, 10))
    late = actions.report_proof(planned, by=liaison, text="已补")
    assert actions.send_back(late, by=other, reason="不清").due_on == date(2026, 12, 9)


def test_a_return_on_the_last_day_leaves_three_working_days(
    case: Case, liaison: Actor, other: Actor, go_to: Callable[[date], None]
) -> None:
    planned = actions.report_plan(case, by=liaison, text="补")
    go_to(date(2026, 12, 9))
    last = actions.report_proof(planned, by=liaison, text="已补")
    assert actions.send_back(last, by=other, reason="不清").due_on == date(2026, 12, 14)


# ── Provisional deductions ─────────────────────────────────────────────────────────────────


def test_points_are_given_back_when_put_right_in_time(proven: Case, other: Actor) -> None:
    verified = actions.verify(proven, by=other)
    assert verified.given_back_by_id == other.account_id
    assert verified.points == 10_000


def test_the_day_of_handing_in_counts_not_the_day_of_verifying(
    proven: Case, other: Actor, go_to: Callable[[date], None]
) -> None:
    go_to(date(2026, 12, 30))
    assert actions.verify(proven, by=other).given_back_at


def test_points_of_a_late_result_are_lost(
    case: Case, liaison: Actor, other: Actor, go_to: Callable[[date], None]
) -> None:
    planned = actions.report_plan(case, by=liaison, text="补")
    go_to(date(2026, 12, 10))
    late = actions.report_proof(planned, by=liaison, text="已补")
    assert actions.verify(late, by=other).given_back_at is None


def test_without_provisional_points_nothing_is_given_back(
    unit: Unit, finder: Actor, liaison: Actor, other: Actor
) -> None:
    made = actions.raise_case(unit, by=finder, found=Found(**{**vars(FOUND), "points": None}))
    planned = actions.report_plan(made, by=liaison, text="补")
    proven = actions.report_proof(planned, by=liaison, text="已补")
    assert actions.verify(proven, by=other).given_back_at is None


# ── Relapse, extension, withdrawal ─────────────────────────────────────────────────────────


def test_a_relapse_opens_the_case_again_with_a_new_day(proven: Case, other: Actor) -> None:
    verified = actions.verify(proven, by=other)
    closed = actions.recheck(verified, by=other, text="好", where="半年评估")
    back = actions.relapse(
        closed, by=other, text="又缺3份", where="全年评估", due_on=date(2026, 12, 18)
    )
    assert (back.state, back.turn, back.due_on) == (CaseState.TOLD, 2, date(2026, 12, 18))
    assert (back.closed_at, bool(back.given_back_at)) == (None, True)
    assert kinds(back)[-2:] == ["recheck", "relapse"]


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (TODAY, "要晚于"),
        (TODAY - timedelta(1), "要晚于"),
        (date(2026, 12, 12), "放假"),
        (date(2031, 3, 3), "2031年"),
    ],
)
def test_a_new_day_is_a_known_working_day_to_come(
    proven: Case, other: Actor, day: date, word: str
) -> None:
    verified = actions.verify(proven, by=other)
    with pytest.raises(RefusedError, match=word):
        actions.relapse(verified, by=other, text="又缺", where="全年评估", due_on=day)


def test_an_extension_keeps_the_old_day_in_the_step(case: Case, office: Actor) -> None:
    longer = actions.extend(case, by=office, due_on=date(2026, 12, 18), reason="供货延迟")
    assert (longer.state, longer.due_on) == (CaseState.TOLD, date(2026, 12, 18))
    step = longer.steps.get(kind=StepKind.EXTEND)
    assert (step.due_on, step.text) == (date(2026, 12, 9), "供货延迟")


def test_an_extension_is_for_the_office_before_the_day_and_with_a_reason(
    case: Case, office: Actor, other: Actor, go_to: Callable[[date], None]
) -> None:
    later = {"due_on": date(2026, 12, 18), "reason": "供货延迟"}
    with pytest.raises(DeniedError):
        actions.extend(case, by=other, **later)
    with pytest.raises(RefusedError, match="延期的理由"):
        actions.extend(case, by=office, **{**later, "reason": ""})
    with pytest.raises(RefusedError, match="要晚于2026-12-09"):
        actions.extend(case, by=office, **{**later, "due_on": date(2026, 12, 9)})
    go_to(date(2026, 12, 10))
    with pytest.raises(RefusedError, match="期限已过"):
        actions.extend(case, by=office, **later)


def test_a_result_that_waits_for_the_verifier_is_not_extended(proven: Case, office: Actor) -> None:
    with pytest.raises(RefusedError, match="先由发现人以外的人核实"):
        actions.extend(proven, by=office, due_on=date(2026, 12, 18), reason="x")


def test_the_finder_or_the_office_withdraws_nobody_else(
    case: Case, finder: Actor, other: Actor
) -> None:
    with pytest.raises(RefusedError, match="由发现人或县绩效办撤回"):
        actions.withdraw(case, by=other, reason="提错了")
    with pytest.raises(RefusedError, match="撤回的理由"):
        actions.withdraw(case, by=finder, reason=" ")
    gone = actions.withdraw(case, by=finder, reason="提错了")
    assert (gone.state, kinds(gone)) == (CaseState.WITHDRAWN, ["told", "withdraw"])


def test_what_is_put_right_is_not_withdrawn(proven: Case, other: Actor, office: Actor) -> None:
    verified = actions.verify(proven, by=other)
    with pytest.raises(RefusedError, match="等下一轮复查"):
        actions.withdraw(verified, by=office, reason="提错了")


# ── Files ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("proven")
def test_files_are_kept_with_their_digest_and_a_harmless_name() -> None:
    proof = Proof.objects.get()
    assert (proof.name, proof.media, proof.size) == ("原件.pdf", "application/pdf", 10)
    assert proof.digest.startswith("sha256:")
    assert "原件" not in proof.file.name


def test_a_sixth_file_or_a_false_one_stops_the_whole_report(case: Case, liaison: Actor) -> None:
    planned = actions.report_plan(case, by=liaison, text="补")
    with pytest.raises(RefusedError, match="最多附5份"):
        actions.report_proof(planned, by=liaison, text="已补", files=[PDF] * 6)
    false = Handed("原件.pdf", b"<script>alert(1)</script>")
    with pytest.raises(RefusedError, match="不能接收"):
        actions.report_proof(planned, by=liaison, text="已补", files=[PDF, false])
    assert (Proof.objects.count(), Case.objects.get().state) == (0, CaseState.PLANNED)


# ── Whose ──────────────────────────────────────────────────────────────────────────────────


def test_another_unit_the_office_and_the_finder_do_not_answer_for_the_unit(
    case: Case, actor: Callable[..., Actor], office: Actor, finder: Actor
) -> None:
    foreign = actor(Role.LIAISON, key=UnitFactory().pk)
    for who in (foreign, office, finder):
        with pytest.raises(DeniedError):
            actions.report_plan(case, by=who, text="本周补齐")


def test_a_unit_raises_and_verifies_nothing(proven: Case, unit: Unit, liaison: Actor) -> None:
    with pytest.raises(DeniedError):
        actions.raise_case(unit, by=liaison, found=FOUND)
    with pytest.raises(DeniedError):
        actions.verify(proven, by=liaison)
