"""Does the personnel department decide: after the notice, by another person, with a reason for each?"""

from collections.abc import Callable
from datetime import date

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.models import Account
from jixiao.access.permissions import Role
from jixiao.access.queries import actor_of
from jixiao.core.errors import RefusedError
from jixiao.grades.actions import (
    FromAbove,
    approve_table,
    close_table,
    keep_basis,
    object_grades,
    publicize_table,
    raise_share,
    send_back_table,
    settle_objection,
    submit_table,
    take_from_above,
)
from jixiao.grades.actions.deciding import digest_of
from jixiao.grades.models import Grade, Objection, UnitTable
from jixiao.grades.queries.tables import facts
from jixiao.grades.states import Standing, TableState
from jixiao.grades.tests.conftest import AFTER_NOTICE, Lay, fill, fresh, give_account, own_rows
from jixiao.org.models import Unit
from jixiao.org.tests.factories import PostFactory
from jixiao.periods import workdays
from jixiao.results.models import SealedResult
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import county

pytestmark = pytest.mark.django_db
RATE = "个人年度考核优秀比例"
Days = Callable[[date], None]


@pytest.fixture
def handed(lay: Lay, lead: Actor) -> UnitTable:
    """A table with one 优秀 that was handed in."""
    return fresh(submit_table(fill(lay(), lead, "优秀"), by=lead))


def test_excellent_is_shown_for_five_working_days_first(
    handed: UnitTable, personnel: Actor, go_to: Days
) -> None:
    with pytest.raises(RefusedError, match="先公示5个工作日"):
        approve_table(handed, by=personnel, document="局党组会议")
    table = publicize_table(handed, by=personnel)
    assert (table.notice_from, table.notice_until) == (date(2026, 12, 14), date(2026, 12, 21))
    go_to(date(2026, 12, 21))
    with pytest.raises(RefusedError, match="公示期到2026年12月21日，已满"):
        approve_table(fresh(table), by=personnel, document="局党组会议")
    go_to(AFTER_NOTICE)
    assert approve_table(fresh(table), by=personnel, document="局党组会议").state == "approved"


def test_a_notice_over_a_year_without_holidays_is_refused_with_the_reason(
    handed: UnitTable, personnel: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workdays, "arrangements", dict)
    with pytest.raises(RefusedError, match="节假日安排还没有录入"):
        publicize_table(handed, by=personnel)


def test_without_excellent_nothing_is_to_be_shown(lay: Lay, lead: Actor, personnel: Actor) -> None:
    table = submit_table(fill(lay(), lead), by=lead)
    assert approve_table(fresh(table), by=personnel, document="局党组会议").approved_by_id


def test_an_objection_is_looked_into_before_anything_is_final(
    handed: UnitTable, unit: Unit, account: Callable[..., Account], personnel: Actor, go_to: Days
) -> None:
    publicize_table(handed, by=personnel)
    cadre = actor_of(account(Role.CADRE, key=unit.pk))
    said = object_grades(fresh(handed), by=cadre, text="全年缺勤较多")
    go_to(AFTER_NOTICE)
    with pytest.raises(RefusedError, match="还有1件反映没有核实"):
        approve_table(fresh(handed), by=personnel, document="局党组会议")
    settle_objection(said, by=personnel, finding="请假手续齐全，累计11天")
    assert approve_table(fresh(handed), by=personnel, document="局党组会议").approved_at


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR, Role.GROUP_CONTACT])
def test_only_people_of_the_unit_object(
    handed: UnitTable, personnel: Actor, actor: Callable[..., Actor], role: Role
) -> None:
    publicize_table(handed, by=personnel)
    key = "乡镇" if role == Role.GROUP_CONTACT else ""
    with pytest.raises(DeniedError):
        object_grades(fresh(handed), by=actor(role, key=key), text="听说")
    assert not Objection.objects.exists()


def test_every_grade_has_who_when_why_and_a_digest(
    handed: UnitTable, personnel: Actor, go_to: Days
) -> None:
    publicize_table(handed, by=personnel)
    go_to(AFTER_NOTICE)
    approve_table(fresh(handed), by=personnel, document="局党组会议")
    for each in own_rows(handed):
        assert each.decided_by_id == personnel.account_id
        assert each.reason == "单位提出，局党组会议审定"
        assert each.digest == digest_of(each)
    changed = own_rows(handed)[0]
    changed.final = "称职"
    assert changed.digest != digest_of(changed)


def test_the_handing_in_and_the_approval_are_two_people(
    handed: UnitTable, personnel: Actor
) -> None:
    UnitTable.objects.filter(pk=handed.pk).update(submitted_by=personnel.account_id)
    with pytest.raises(RefusedError, match="由报送人以外的人办理"):
        publicize_table(fresh(handed), by=personnel)


def test_nobody_decides_about_the_table_in_which_the_own_grade_stands(
    handed: UnitTable, personnel: Actor
) -> None:
    person = own_rows(handed)[0].person
    person.account_id = personnel.account_id
    person.save()
    with pytest.raises(RefusedError, match="没有办理人本人"):
        publicize_table(handed, by=personnel)


def test_a_unit_may_not_approve_its_own_table(handed: UnitTable, lead: Actor) -> None:
    with pytest.raises(DeniedError):
        approve_table(handed, by=lead, document="镇党委会")


def test_what_goes_back_keeps_everything_and_says_why(
    handed: UnitTable, personnel: Actor, lead: Actor
) -> None:
    table = send_back_table(handed, by=personnel, reason="优秀人选的评语太空")
    assert table.state == TableState.DRAFTING
    assert own_rows(table)[0].proposed == "优秀"
    assert table.steps.last().text == "优秀人选的评语太空"
    assert submit_table(fresh(table), by=lead).state == TableState.SUBMITTED


def test_an_approved_share_gives_more_places_up_to_the_cap(
    lay: Lay, lead: Actor, personnel: Actor
) -> None:
    table = fill(lay(), lead, "优秀", "优秀", "优秀")
    with pytest.raises(RefusedError, match="不超过25%"):
        raise_share(table, by=personnel, share=2_600, document="清组〔2026〕9号")
    raise_share(table, by=personnel, share=2_500, document="清组〔2026〕9号")
    quota = facts(fresh(table)).quota_now
    assert (quota.places, quota.basis) == (3, "经批准提高到25%（清组〔2026〕9号）")
    assert submit_table(fresh(table), by=lead).places == 3


# ── The unit's tier and what follows when it changes ───────────────────────────────────────


def test_the_places_come_from_the_unit_s_tier_in_the_result_in_force(lay: Lay, keep: Keep) -> None:
    kept = keep(county())
    quota = facts(lay(rate_name=RATE)).quota_now
    assert quota.share.result == kept.pk
    assert quota.share.steps[0].startswith("2026年年终评估“个人年度考核优秀比例”")
    assert any("先进" in each or "达标" in each for each in quota.share.steps)


def test_an_unpublished_result_or_one_of_another_year_gives_no_share(lay: Lay, keep: Keep) -> None:
    keep(county(), is_published=False)
    assert facts(lay(rate_name=RATE)).quota_now.basis == "一般比例15%"
    SealedResult.objects.update(year=2025)
    assert facts(lay(rate_name=RATE, period="补考")).quota_now.basis == "一般比例15%"


def test_a_later_result_flags_the_table_and_changes_nobody_s_grade(
    lay: Lay, lead: Actor, personnel: Actor, keep: Keep
) -> None:
    for number in range(7):
        PostFactory(person__name=f"补{number}", unit=Unit.objects.get(name="云溪镇"))
    table = submit_table(fill(lay(rate_name=RATE), lead, "优秀"), by=lead)
    before = list(Grade.objects.values_list("pk", "proposed", "final"))
    assert facts(fresh(table)).moved == ""
    keep(county())
    found = facts(fresh(table))
    assert found.moved.startswith("报送时15%（一般比例15%），现在")
    assert list(Grade.objects.values_list("pk", "proposed", "final")) == before
    keep_basis(fresh(table), by=personnel, reason="仍在名额内，不动")
    assert facts(fresh(table)).moved == ""
    assert "仍在名额内，不动" in table.steps.last().text


def test_nothing_is_to_be_kept_where_nothing_moved(handed: UnitTable, personnel: Actor) -> None:
    with pytest.raises(RefusedError, match="名额依据已变"):
        keep_basis(handed, by=personnel, reason="看过")


# ── From the organization department ───────────────────────────────────────────────────────


def test_grades_of_leading_cadres_are_taken_in_with_their_document(
    lay: Lay, personnel: Actor
) -> None:
    table = lay()
    row = table.grades.get(standing=Standing.ABOVE)
    rows = [FromAbove(row.pk, "优秀")]
    take_from_above(table.campaign, by=personnel, rows=rows, document="清组〔2027〕3号")
    row.refresh_from_db()
    assert (row.final, row.reason) == ("优秀", "清组〔2027〕3号")
    assert facts(table).chosen == 0


def test_the_import_touches_nobody_else(lay: Lay, personnel: Actor) -> None:
    table = lay()
    row = own_rows(table)[0]
    for rows, document, words in (
        ([FromAbove(row.pk, "优秀")], "清组〔2027〕3号", "不是由组织部门确定"),
        ([], " ", "请写明组织部门的文号"),
    ):
        with pytest.raises(RefusedError, match=words):
            take_from_above(table.campaign, by=personnel, rows=rows, document=document)


def test_a_table_is_closed_when_everybody_has_signed(
    told: Callable[..., UnitTable], personnel: Actor, unit: Unit, account: Callable[..., Account]
) -> None:
    table = told()
    with pytest.raises(RefusedError, match="还有13人没有签收"):
        close_table(table, by=personnel)
    give_account(own_rows(table)[0].person, account, unit)
