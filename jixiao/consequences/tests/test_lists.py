"""Are lists drawn from approved runs only, and is whoever stands on changed ground flagged, nothing undone?"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.consequences.actions import (
    MeasureText,
    approve_measure,
    decide_person,
    draw_up,
    end_measure,
    propose_person,
    set_amount,
    tell_person,
    write_measure,
)
from jixiao.consequences.models import ListedUnit, Listing, Measure, PersonalDecision
from jixiao.consequences.queries import lists
from jixiao.consequences.queries.ground import stale_lists
from jixiao.consequences.queries.lists import moved
from jixiao.consequences.states import DecisionState, ListingState, MeasureState, Purpose, Verdict
from jixiao.consequences.tests.conftest import LAST, entries, result_of
from jixiao.consequences.views.papers import list_document
from jixiao.core.errors import RefusedError
from jixiao.gongwen.document import Table
from jixiao.org.models import Person, Unit
from jixiao.rectification.actions import Found, raise_case
from jixiao.results.actions import Approval, adopt_result, load_result, revoke_approval
from jixiao.results.models import PastResult, PastTier, SealedResult
from jixiao.results.result import to_bytes
from jixiao.results.states import ResultState
from jixiao.results.tests.conftest import Keep, published
from jixiao.schemes.tests.factories import SchemeLineFactory

pytestmark = pytest.mark.django_db
Rule = Callable[..., Measure]
TODAY = timezone.localdate()


def harder(data: dict[str, Any]) -> None:
    """Another line between 达标 and 未达标: one more unit fails."""
    data["tiers"][1]["within"] = "[66,80)"


def milder(data: dict[str, Any]) -> None:
    """Nobody fails."""
    data["tiers"][1]["within"] = "[30,80)"


def other_rate(data: dict[str, Any]) -> None:
    """The same tiers give other shares."""
    data["consequences"][2]["by_tier"]["达标"] = "14%"


@pytest.fixture
def again(actor: Callable[..., Actor], kept: SealedResult) -> Callable[..., SealedResult]:
    """``again(harder)``: a newer run of the same year, published in the place of the first."""

    def made(change: Callable[[dict[str, Any]], None]) -> SealedResult:
        new = load_result(
            to_bytes(result_of(change)), by=actor(Role.OFFICE), year=2026, round_name="年终评估"
        )
        SealedResult.objects.filter(pk=new.pk).update(follows=kept)
        new.refresh_from_db()
        return published(new, actor)

    return made


# ── From approved runs only ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "state", [each for each in ResultState if each not in ("approved", "published")]
)
def test_an_unapproved_run_has_no_consequences(
    kept: SealedResult, office: Actor, state: str
) -> None:
    if state in ("draft", "reviewed", "notified", "discarded"):
        SealedResult.objects.filter(pk=kept.pk).update(
            state=state, published_at=None, published_by=None
        )
    else:
        SealedResult.objects.filter(pk=kept.pk).update(state=state)
    with pytest.raises(RefusedError, match="审定以后才能开列名单"):
        draw_up(kept, by=office)
    assert not Listing.objects.exists()


def test_every_consequence_makes_a_list_with_the_reason_of_each_name(drawn: SealedResult) -> None:
    names = list(Listing.objects.order_by("id").values_list("name", "kind", "basis"))
    assert names == [
        ("通报表扬", "other", "办法第三十条"),
        ("约谈主要负责人", "other", drawn.title),
        ("个人年度考核优秀比例", "quota", drawn.title),
    ]
    assert entries("约谈主要负责人")[LAST].reason == "总分列组内第12名"
    best = entries("个人年度考核优秀比例")["临港园区"]
    assert (best.rate, best.people, best.places) == (Decimal("0.22"), 29, 6)
    assert best.reason.endswith("上限22%；29人×22%＝6.38，舍去小数，6名")


@pytest.mark.usefixtures("drawn")
def test_the_audit_does_not_tell_marks() -> None:
    event = Event.objects.get(action="consequences.draw_up")
    assert "通报表扬" in str(event.changes)
    assert "第12名" not in str(event.changes)


def test_drawing_again_without_a_change_is_refused_and_leaves_the_lists(
    drawn: SealedResult, office: Actor
) -> None:
    with pytest.raises(RefusedError, match="和现在有效的一样"):
        draw_up(drawn, by=office)
    assert Listing.objects.count() == 3


@pytest.mark.parametrize("role", [Role.PERSONNEL, Role.LEADER, Role.UNIT_LEAD])
def test_only_the_office_draws_up(
    kept: SealedResult, actor: Callable[..., Actor], role: Role
) -> None:
    with pytest.raises(DeniedError):
        draw_up(kept, by=actor(role, key=1 if role == Role.UNIT_LEAD else ""))


def test_findings_are_not_counted_into_the_future(kept: SealedResult, office: Actor) -> None:
    with pytest.raises(RefusedError, match="今天以后"):
        draw_up(kept, by=office, counted_on=TODAY + timedelta(1))


# ── The county's own rules ─────────────────────────────────────────────────────────────────


def test_a_rule_needs_two_people_and_a_document(office: Actor, kept: SealedResult) -> None:
    assert kept
    text = "规则: {方法: 措施, 名称: 试行, 条件: {方法: 等次, 等次: [先进]}}"
    made = write_measure(MeasureText(Purpose.HONOUR, text, "清绩委〔2026〕5号", TODAY), by=office)
    assert made.state == MeasureState.DRAFT
    with pytest.raises(RefusedError, match="两个人办理"):
        approve_measure(made, by=office)
    with pytest.raises(RefusedError, match="文号"):
        write_measure(MeasureText(Purpose.HONOUR, text, " ", TODAY), by=office)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("{方法: 等次, 等次: [优秀]}", "优秀"),
        ('{方法: 数据, 数据: 罚款, 范围: "≥1"}', "罚款"),
        ('{方法: 项目得分, 项目: "9.9", 范围: "≥1"}', "9.9"),
        ("{方法: 等次, 等次: [先进]}\n  年限: 3", "年限"),
    ],
)
def test_a_rule_that_does_not_fit_its_scheme_is_refused(
    kept: SealedResult, rule: Rule, when: str, told: str
) -> None:
    assert kept
    with pytest.raises(RefusedError, match=told):
        rule(Purpose.HONOUR, when)


def test_findings_of_the_year_are_counted_at_a_day(
    kept: SealedResult, rule: Rule, office: Actor
) -> None:
    rule(Purpose.OTHER, '{方法: 数据, 数据: 未整改问题, 范围: "≥1"}', name="督促约谈")
    found = Found("材料质量", "缺原件", "补齐", code="4.1")
    case = raise_case(Unit.objects.get(name="云溪镇"), by=office, found=found)
    type(case).objects.filter(pk=case.pk).update(year=2026)
    draw_up(kept, by=office, counted_on=TODAY - timedelta(1))
    assert entries("督促约谈") == {}
    draw_up(kept, by=office, counted_on=TODAY)
    assert entries("督促约谈")["云溪镇"].reason == "没有整改到位的问题1个"


def test_history_that_a_second_person_checked_counts_for_streaks(
    kept: SealedResult, rule: Rule, office: Actor, head: Actor
) -> None:
    rule(Purpose.SANCTION, "{方法: 等次, 等次: [未达标], 连续年数: 2}")
    past = PastResult.objects.create(
        year=2025, title="绩效等次", document="清绩委〔2025〕9号", entered_by_id=office.account_id
    )
    unit = Unit.objects.get(name=LAST)
    PastTier.objects.create(past=past, unit=unit, name=LAST, tier="未达标")
    draw_up(kept, by=office)
    assert entries("试行措施") == {}
    past.confirmed_at, past.confirmed_by_id = timezone.now(), head.account_id
    past.save()
    draw_up(kept, by=office)
    assert entries("试行措施")[LAST].reason == "2026年度未达标；2025年度未达标（历史录入）"


@pytest.mark.parametrize(
    ("since", "count"), [(date(2026, 12, 31), 4), (date(2027, 1, 1), 3), (date(2009, 1, 1), 4)]
)
def test_a_rule_never_reaches_back_to_years_before_it(
    kept: SealedResult, rule: Rule, office: Actor, since: date, count: int
) -> None:
    rule(Purpose.HONOUR, "{方法: 等次, 等次: [先进]}", since=since)
    draw_up(kept, by=office)
    assert Listing.objects.count() == count


def test_a_rule_that_repeats_the_scheme_is_told(
    kept: SealedResult, rule: Rule, office: Actor
) -> None:
    rule(Purpose.HONOUR, "{方法: 等次, 等次: [先进]}", name="通报表扬")
    with pytest.raises(RefusedError, match="写了两次"):
        draw_up(kept, by=office)


def test_a_rule_that_ended_takes_its_list_along(
    drawn: SealedResult, rule: Rule, office: Actor
) -> None:
    made = rule(Purpose.HONOUR, "{方法: 等次, 等次: [先进]}")
    draw_up(drawn, by=office)
    end_measure(made, by=office, until=date(2026, 6, 30), reason="新文件不再规定")
    draw_up(drawn, by=office)
    assert Listing.objects.get(name="试行措施").state == ListingState.SUPERSEDED


# ── A newer run ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def applied(entry: ListedUnit, lead: Person, office: Actor, personnel: Actor) -> PersonalDecision:
    """What was decided on the ground of the first run."""
    made = propose_person(entry, by=office, person=lead, proposal="约谈")
    return decide_person(made, by=personnel, verdict=Verdict.APPLIED, reason="名次末位")


def swapped(data: dict[str, Any]) -> None:
    """The last place is no reason any more, the last tier is."""
    data["consequences"][1]["when"] = {"kind": "tier", "tiers": ["未达标"]}
    milder(data)


def test_a_decision_whose_ground_vanished_is_flagged_and_stays_as_it_was(
    applied: PersonalDecision, again: Callable[..., SealedResult], office: Actor
) -> None:
    draw_up(again(swapped), by=office)
    applied.refresh_from_db()
    assert applied.is_flagged
    assert (applied.state, applied.reason) == (DecisionState.APPLIED, "名次末位")
    assert applied.before.startswith("总分列组内第12名")
    assert applied.after == "不在名单上"
    assert list(applied.steps.values_list("kind", flat=True)) == ["propose", "decide", "flag"]


def test_until_the_lists_are_drawn_again_an_old_decision_is_not_told_or_printed(
    applied: PersonalDecision, again: Callable[..., SealedResult], office: Actor,
    personnel: Actor, browser_of: Callable[..., Client],
) -> None:  # fmt: skip
    client, told = browser_of(Role.PERSONNEL), "等县绩效办重新开列"
    page, letter = (reverse(f"decision{each}", args=[applied.pk]) for each in ("", "_paper"))
    assert told not in client.get(page).content.decode()
    assert client.get(letter).status_code == 200
    new = again(other_rate)
    assert told in client.get(page).content.decode()
    assert "等重新开列" in client.get(reverse("decisions")).content.decode()
    assert client.get(letter).status_code == 404
    with pytest.raises(RefusedError, match="重新开列"):
        tell_person(applied, by=personnel)
    draw_up(new, by=office)
    assert told not in client.get(page).content.decode()
    assert client.get(letter).status_code == 200
    applied.refresh_from_db()
    tell_person(applied, by=personnel)


def test_the_same_ground_in_a_newer_run_flags_nobody(
    applied: PersonalDecision, again: Callable[..., SealedResult], office: Actor
) -> None:
    draw_up(again(other_rate), by=office)
    applied.refresh_from_db()
    assert not applied.is_flagged


def test_superseded_lists_stay_readable_and_lead_to_the_newer(
    drawn: SealedResult, again: Callable[..., SealedResult], office: Actor
) -> None:
    new = draw_up(again(other_rate), by=office)
    old = Listing.objects.get(result=drawn, name="个人年度考核优秀比例")
    assert (old.state, old.replaced_by.result) == (ListingState.SUPERSEDED, new)  # type: ignore[union-attr]
    assert old.entries.count() == 40


def test_what_changed_is_told_unit_by_unit(
    drawn: SealedResult, again: Callable[..., SealedResult], office: Actor
) -> None:
    assert drawn
    draw_up(again(other_rate), by=office)
    _, found = moved(Listing.objects.in_force().get(name="个人年度考核优秀比例"))
    assert {each.change.kind for each in found} == {"altered"}
    assert any("15%" in each.change.before and "14%" in each.change.after for each in found)


def test_nothing_is_drawn_from_a_run_that_a_newer_one_replaced(
    drawn: SealedResult, again: Callable[..., SealedResult], office: Actor
) -> None:
    again(harder)
    with pytest.raises(RefusedError, match="被取代"):
        draw_up(drawn, by=office)
    assert {each.result_id for each in stale_lists()} == {drawn.pk}


@pytest.mark.parametrize("line", [SchemeLineFactory, lambda: None])
def test_a_newer_run_that_is_only_approved_waits_for_new_lists_too(
    drawn: SealedResult, office: Actor, head: Actor, line: Callable[[], object]
) -> None:
    new = load_result(to_bytes(result_of(harder)), by=office, year=2026, round_name="年终评估")
    of = line()
    SealedResult.objects.filter(pk=drawn.pk).update(line=of)
    SealedResult.objects.filter(pk=new.pk).update(follows=drawn, line=of)
    new = SealedResult.objects.get(pk=new.pk)
    approval = Approval("县绩效管理委员会会议", TODAY, "清绩委〔2027〕5号")
    new = adopt_result(new, by=head, approval=approval)
    assert drawn.pk < new.pk
    assert {each.result_id for each in stale_lists()} == {drawn.pk}
    draw_up(new, by=office)
    assert not stale_lists()


def test_lists_of_a_run_whose_approval_was_revoked_are_stale(
    keep: Keep, office: Actor, head: Actor
) -> None:
    kept = keep(result_of())
    SealedResult.objects.filter(pk=kept.pk).update(
        state="approved", published_at=None, published_by=None
    )
    draw_up(kept, by=office)
    assert not stale_lists()
    revoke_approval(SealedResult.objects.get(pk=kept.pk), by=head, reason="有误")
    assert stale_lists().count() == 3


# ── Money is the county's own word ─────────────────────────────────────────────────────────


@pytest.fixture
def coefficients(kept: SealedResult, office: Actor, head: Actor) -> Listing:
    """A list of coefficients."""
    text = "规则: {方法: 比例, 名称: 奖金系数, 各等次比例: {先进: 1.2, 达标: 1, 未达标: 0.8}}"
    since = date(2026, 1, 1)
    made = write_measure(
        MeasureText(Purpose.COEFFICIENT, text, "清财〔2026〕3号", since), by=office
    )
    approve_measure(made, by=head)
    draw_up(kept, by=office)
    return Listing.objects.get(kind=Purpose.COEFFICIENT)


def test_there_is_no_amount_until_the_county_enters_one_by_a_document(
    coefficients: Listing, office: Actor
) -> None:
    assert coefficients.amount is None
    made = set_amount(coefficients, by=office, amount=Decimal("8000"), document="清财〔2026〕3号")
    assert (made.amount, made.amount_by_id) == (Decimal(8000), office.account_id)


def test_a_paper_has_the_columns_of_which_there_is_something_to_say(
    coefficients: Listing, office: Actor
) -> None:
    def head(listing: Listing) -> tuple[str, ...]:
        document = list_document(listing, list(lists.entries(listing)))
        table = next(part for part in document.body if isinstance(part, Table))
        return tuple(cell.text for cell in table.header[0])

    quota = Listing.objects.in_force().get(kind=Purpose.QUOTA)
    assert head(quota) == ("单位", "比例", "名额", "理由")
    assert head(coefficients) == ("单位", "系数", "理由")
    made = set_amount(coefficients, by=office, amount=Decimal("8000"), document="清财〔2026〕3号")
    assert head(made) == ("单位", "系数", "金额（元）", "理由")


@pytest.mark.parametrize(
    ("amount", "document"), [("0", "文"), ("-1", "文"), ("1e9", "文"), ("1", " ")]
)
def test_an_amount_without_document_or_sense_is_refused(
    coefficients: Listing, office: Actor, amount: str, document: str
) -> None:
    with pytest.raises(RefusedError):
        set_amount(coefficients, by=office, amount=Decimal(amount), document=document)


def test_the_amount_of_the_year_holds_for_a_newer_list(
    coefficients: Listing, office: Actor, again: Callable[..., SealedResult]
) -> None:
    set_amount(coefficients, by=office, amount=Decimal("8000"), document="清财〔2026〕3号")
    draw_up(again(harder), by=office)
    assert Listing.objects.in_force().get(kind=Purpose.COEFFICIENT).amount == Decimal(8000)
