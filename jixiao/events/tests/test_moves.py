"""Does a matter count exactly when everything that the scheme asks for is there, each by somebody else?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.events.actions import (
    Said,
    SignOff,
    answer_matter,
    answer_objection,
    apply_matter,
    change_matter,
    check_matter,
    file_signature,
    put_on_notice,
    raise_objection,
    reject_matter,
    restore_points,
    send_back_matter,
    sign_matter,
    withdraw_matter,
)
from jixiao.events.models import Matter
from jixiao.events.queries import events_of, pending_of
from jixiao.events.queries.counting import worth_of
from jixiao.events.queries.matters import matter, matters_waiting
from jixiao.events.states import MatterState
from jixiao.events.tests.conftest import AWARD, BLAME
from jixiao.events.tests.factories import AdjustedFactory, MatterFactory, ObjectionFactory, adjusted
from jixiao.notices.models import Receipt
from jixiao.org.models import Unit
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.scoring.events import settle

pytestmark = pytest.mark.django_db
GoTo = Callable[[date], None]
PAPER = SignOff("宋远", date(2026, 3, 10), "县政府办公室收文 2026-118")


def names() -> dict[int, str]:
    return {unit.pk: unit.name for unit in Unit.objects.all()}


def counting(version: SchemeVersion) -> list[str]:
    return [each.matter for each in events_of(version, names())]


def lacks(version: SchemeVersion) -> tuple[str, ...]:
    return pending_of(version, names())[0].missing


def points(row: Matter) -> str:
    found = matter(row.pk)
    assert found is not None
    return worth_of([found])[row.pk].points


# ── 常德市：文号、公示5天、签批，缺一样不计 ────────────────────────────────────────────────


def test_an_award_counts_after_check_five_days_of_notice_and_the_leaders_signature(
    version: SchemeVersion, award: Matter, office: Actor, leader: Actor, go_to: GoTo
) -> None:
    assert lacks(version) == ("县绩效办核对", "公示满5天", "签批人")
    row = check_matter(award, by=office)
    assert lacks(version) == ("公示满5天", "签批人")
    row = put_on_notice(row, by=office)
    assert lacks(version) == ("公示满5天（到3月9日）", "签批人")
    go_to(date(2026, 3, 9))
    with pytest.raises(RefusedError, match="还缺：公示满5天（到3月9日）"):
        sign_matter(row, by=leader)
    go_to(date(2026, 3, 10))
    assert lacks(version) == ("签批人",)
    sign_matter(row, by=leader)
    (event,) = events_of(version, names())
    assert (event.document, event.notice_days, event.signed_by) == (AWARD.document, 5, "宋远")
    assert pending_of(version, names()) == ()


def test_the_core_agrees_that_what_counts_has_its_proofs(version: SchemeVersion) -> None:
    MatterFactory(version_of=version, unit=Unit.objects.get(name="云溪镇"), state="signed")
    table = version.scheme.adjustments[0].events
    assert table is not None
    (settled,) = settle(events_of(version, names()), table, {})
    assert (settled.points, settled.reason) == (3, "")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    requires=st.sets(st.sampled_from(["document", "notice", "signature"])),
    state=st.sampled_from(list(MatterState)),
    document=st.sampled_from(["", "部发〔2026〕8号"]),
    noticed=st.integers(-9, 0),
    objected=st.booleans(),
)  # fmt: skip
def test_nothing_ever_counts_without_a_proof_that_the_scheme_asks_for(
    unit: Unit,
    requires: set[str],
    state: MatterState,
    document: str,
    noticed: int,
    objected: bool,  # noqa: FBT001
) -> None:
    version = AdjustedFactory(of=adjusted(requires=sorted(requires)))
    row = MatterFactory(
        version_of=version, unit=unit, state=state, document=document, noticed=noticed
    )
    if objected and row.noticed_at:
        ObjectionFactory(matter=row)
    found, table = events_of(version, {unit.pk: "云溪镇"}), version.scheme.adjustments[0].events
    assert table is not None
    assert all(each.reason == "" for each in settle(found, table, {}))
    if found and "notice" in requires:
        assert row.notice_until is not None
        assert row.notice_until < timezone.localdate()
        assert not objected
    if found:
        assert row.checked_at
        assert state in ("checked", "noticed", "signed")


def test_what_the_scheme_does_not_ask_for_is_not_asked(
    unit: Unit, liaison: Actor, office: Actor
) -> None:
    plain = AdjustedFactory(of=adjusted(requires=[]))
    row = apply_matter(unit, by=liaison, scheme=plain, said=Said("加1", "先进集体", "国家部委"))
    check_matter(row, by=office)
    assert counting(plain) == ["先进集体"]
    with pytest.raises(RefusedError, match="办法要求公示"):
        put_on_notice(row, by=office)
    with pytest.raises(RefusedError, match="办法要求签批"):
        file_signature(row, by=office, signature=replace(PAPER, signed_on=date(2026, 3, 1)))


def test_without_the_document_number_nothing_is_checked(
    unit: Unit, liaison: Actor, office: Actor, version: SchemeVersion
) -> None:
    row = apply_matter(unit, by=liaison, scheme=version, said=replace(AWARD, document=" "))
    with pytest.raises(RefusedError, match="还缺：文号"):
        check_matter(row, by=office)
    check_matter(change_matter(row, by=liaison, said=AWARD), by=office)


def test_a_notice_in_working_days_skips_the_weekend(unit: Unit, office: Actor) -> None:
    version = AdjustedFactory(of=adjusted(notice_in="workdays"))
    row = MatterFactory(version_of=version, unit=unit, state=MatterState.CHECKED)
    assert put_on_notice(row, by=office).notice_until == date(2026, 3, 11)


def test_a_notice_may_be_longer_but_not_shorter_than_the_scheme_says(
    unit: Unit, version: SchemeVersion, office: Actor
) -> None:
    row = MatterFactory(version_of=version, unit=unit, state=MatterState.CHECKED)
    with pytest.raises(RefusedError, match="不少于5天"):
        put_on_notice(row, by=office, days=3)
    assert put_on_notice(row, by=office, days=7).notice_until == date(2026, 3, 11)


def test_an_amended_scheme_that_asks_for_more_days_takes_back_what_was_noticed_too_briefly(
    unit: Unit, version: SchemeVersion
) -> None:
    MatterFactory(version_of=version, unit=unit, state=MatterState.SIGNED)
    of, document = adjusted(notice_days=7), "清绩委〔2026〕9号"
    later = AdjustedFactory(line=version.line, number=2, of=of, document_number=document)
    assert counting(later) == []
    assert lacks(later) == ("公示满7天（只公示了5）",)


# ── Two people ─────────────────────────────────────────────────────────────────────────────


def test_nobody_checks_what_he_entered_nor_signs_what_he_checked(
    unit: Unit, version: SchemeVersion, office: Actor, head: Actor
) -> None:
    row = apply_matter(unit, by=head, scheme=version, said=AWARD)
    with pytest.raises(RefusedError, match="以外的人"):
        check_matter(row, by=head)
    row = check_matter(row, by=office)
    Matter.objects.filter(pk=row.pk).update(
        state="noticed", notice_from="2026-02-01", notice_until="2026-02-06", notice_days=5,
        noticed_at=row.checked_at, noticed_by=office.account_id,
    )  # fmt: skip
    paper = replace(PAPER, signed_on=date(2026, 3, 3))
    with pytest.raises(RefusedError, match="由核对的人以外的人办理"):
        file_signature(row, by=office, signature=paper)
    signed = file_signature(row, by=head, signature=paper)
    assert (signed.signer, signed.sign_document) == ("宋远", PAPER.document)


def test_a_signature_of_tomorrow_is_none(unit: Unit, version: SchemeVersion, head: Actor) -> None:
    row = MatterFactory(version_of=version, unit=unit, state=MatterState.NOTICED)
    with pytest.raises(RefusedError, match="不能晚于今天"):
        file_signature(row, by=head, signature=PAPER)


def test_a_unit_may_apply_for_itself_only_and_never_registers_a_penalty(
    unit: Unit, version: SchemeVersion, liaison: Actor
) -> None:
    with pytest.raises(DeniedError):
        apply_matter(Unit.objects.get(name="河口镇"), by=liaison, scheme=version, said=AWARD)
    with pytest.raises(DeniedError):
        apply_matter(unit, by=liaison, scheme=version, said=BLAME)


def test_a_county_leader_signs_but_does_not_check(award: Matter, leader: Actor) -> None:
    with pytest.raises(DeniedError):
        check_matter(award, by=leader)


# ── Penalties, also on assessors and data providers ────────────────────────────────────────


def test_a_data_provider_is_told_of_its_penalty_may_answer_and_it_counts_when_checked(
    version: SchemeVersion, office: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    provider = Unit.objects.get(name="财政局")
    row = apply_matter(provider, by=office, scheme=version, said=BLAME)
    assert "扣分事项：迟报统计数据" in Receipt.objects.get(unit=provider).notice.title
    own = actor(Role.LIAISON, key=provider.pk)
    answer_matter(row, by=own, text="系统故障，已当天补报。")
    check_matter(row, by=head)
    assert counting(version) == ["迟报统计数据"]
    assert points(row) == "−3"
    with pytest.raises(RefusedError, match="扣分事项由县绩效办撤回"):
        withdraw_matter(row, by=own, reason="不认可")


def test_a_penalty_put_right_gives_back_the_part_that_the_scheme_says(
    unit: Unit, version: SchemeVersion, office: Actor
) -> None:
    row = MatterFactory(
        version_of=version, unit=unit, code="扣1", level="市委市政府通报批评", state="checked"
    )
    restore_points(row, by=office, text="已复查，问题清零。")
    assert points(row) == "−2.5"
    with pytest.raises(RefusedError, match="已经登记过"):
        restore_points(row, by=office, text="再来一次")


# ── Points as on paper ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("level", "grade", "worth"),
    [
        ("党中央国务院", "", "+8"),
        ("国家部委", "", "+3"),
        ("部委管理的国家局", "", "+1.5"),
        ("省委省政府", "第二等次", "+1.5"),
        ("省两办", "", "+2"),
    ],
)
def test_the_table_of_changde(
    unit: Unit, version: SchemeVersion, level: str, grade: str, worth: str
) -> None:
    row = MatterFactory(version_of=version, unit=unit, level=level, grade=grade, state="signed")
    assert points(row) == worth


def test_the_same_matter_counts_once_at_its_highest_level(
    unit: Unit, version: SchemeVersion
) -> None:
    said = {"version_of": version, "unit": unit, "matter": "平安建设", "state": "signed"}
    low, high = MatterFactory(level="省两办", **said), MatterFactory(level="国家部委", **said)
    found = worth_of([low, high])
    assert found[low.pk].settled.reason == "同一事项已按最高级别计分"
    assert found[high.pk].points == "+3"


def test_what_does_not_count_yet_takes_nothing_from_what_does(
    unit: Unit, version: SchemeVersion
) -> None:
    said = {"version_of": version, "unit": unit, "matter": "平安建设"}
    low = MatterFactory(level="省两办", state="signed", **said)
    high = MatterFactory(level="国家部委", **said)
    found = worth_of([low, high])
    assert found[low.pk].counts
    assert (found[high.pk].points, found[high.pk].still) == (
        "+3", "还缺：县绩效办核对、公示满5天、签批人",
    )  # fmt: skip


# ── Objections ─────────────────────────────────────────────────────────────────────────────


def test_an_unanswered_objection_keeps_a_matter_from_counting(
    version: SchemeVersion, award: Matter, office: Actor, leader: Actor, go_to: GoTo
) -> None:
    row = put_on_notice(check_matter(award, by=office), by=office)
    said = raise_objection(row, by=leader, text="表彰的是所属单位")
    go_to(date(2026, 3, 10))
    assert lacks(version) == ("答复1条异议", "签批人")
    answer_objection(said, by=office, answer="文件写明是镇本级", is_upheld=False)
    assert lacks(version) == ("签批人",)


def test_an_objection_that_holds_sends_the_matter_back_to_begin_again(
    award: Matter, office: Actor, version: SchemeVersion
) -> None:
    row = put_on_notice(check_matter(award, by=office), by=office)
    said = raise_objection(row, by=office, text="级别写高了", who="县统计局（章）")
    answer_objection(said, by=office, answer="级别是省两办，退回更正", is_upheld=True)
    row.refresh_from_db()
    assert (row.state, row.notice_from, row.checked_by) == (MatterState.APPLIED, None, None)
    assert lacks(version) == ("县绩效办核对", "公示满5天", "签批人")


def test_only_the_office_writes_down_whose_seal_stands_under_an_objection(
    award: Matter, office: Actor, liaison: Actor, go_to: GoTo
) -> None:
    row = put_on_notice(check_matter(award, by=office), by=office)
    with pytest.raises(DeniedError):
        raise_objection(row, by=liaison, text="不实", who="财政局（章）")
    assert raise_objection(row, by=liaison, text="不实").who == "韩松"
    go_to(date(2026, 3, 10))
    with pytest.raises(RefusedError, match="不在公示"):
        raise_objection(row, by=liaison, text="晚了")


# ── What ends a matter ─────────────────────────────────────────────────────────────────────


def test_a_rejected_or_withdrawn_matter_says_why_and_does_not_count(
    version: SchemeVersion, award: Matter, liaison: Actor, office: Actor
) -> None:
    with pytest.raises(RefusedError, match="理由"):
        reject_matter(award, by=office, reason=" ")
    row = reject_matter(award, by=office, reason="领导小组不是实体机构")
    assert (row.state, row.reason) == (MatterState.REJECTED, "领导小组不是实体机构")
    other = apply_matter(row.unit, by=liaison, scheme=version, said=replace(AWARD, matter="报错"))
    withdraw_matter(other, by=liaison, reason="报错了")
    assert counting(version) == []
    assert pending_of(version, names()) == ()


def test_sent_back_means_checked_noticed_and_signed_again(
    unit: Unit, version: SchemeVersion, office: Actor
) -> None:
    row = MatterFactory(version_of=version, unit=unit, state=MatterState.SIGNED)
    back = send_back_matter(row, by=office, reason="文号写错")
    assert (back.signer, back.notice_days, back.state) == ("", 0, MatterState.APPLIED)
    assert counting(version) == []


def test_a_matter_of_a_unit_outside_the_scheme_is_told_not_lost(version: SchemeVersion) -> None:
    MatterFactory(version_of=version, unit__name="外来局", state="signed")
    assert pending_of(version, {})[0].missing == ("单位不在这一版办法里",)
    assert events_of(version, {}) == ()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"level": "世界级"}, "没有这个项目和级别"),
        ({"code": "1.1"}, "没有这个项目和级别"),
        ({"grade": "第九等次"}, "没有“第九等次”"),
        ({"matter": "  "}, "写明事项"),
        ({"share": Decimal("1.5")}, "分担比例"),
        ({"share": Decimal("0.33333")}, "分担比例"),
        ({"times": Decimal(0)}, "次数"),
        ({"times": Decimal("1e30")}, "次数"),
        ({"document": "号" * 81}, "文号最多80字"),
        ({"round": "h9"}, "没有这一轮"),
    ],
)
def test_only_what_the_scheme_knows_is_entered(
    unit: Unit, version: SchemeVersion, office: Actor, wrong: dict[str, Any], told: str
) -> None:
    said = Said(**{**vars(AWARD), **wrong})
    with pytest.raises(RefusedError, match=told):
        apply_matter(unit, by=office, scheme=version, said=said)


def test_a_scheme_that_is_not_published_takes_no_matters(unit: Unit, office: Actor) -> None:
    draft = AdjustedFactory(state=State.DRAFT)
    with pytest.raises(RefusedError, match="只能按已发布的办法"):
        apply_matter(unit, by=office, scheme=draft, said=AWARD)


def test_matters_wait_for_those_who_may_take_the_next_step(
    unit: Unit, version: SchemeVersion, office: Actor, leader: Actor
) -> None:
    MatterFactory(version_of=version, unit=unit)
    MatterFactory(version_of=version, unit=unit, state=MatterState.NOTICED)
    MatterFactory(version_of=version, unit=unit, state=MatterState.NOTICED, noticed=-1)
    assert matters_waiting(office).count() == 1
    assert matters_waiting(leader).count() == 1
