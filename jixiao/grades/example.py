"""Which grades did people of the example county get: last year's in two units, this year's third quarter?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jixiao.access.actor import Actor
from jixiao.grades import actions
from jixiao.grades.actions import CampaignPlan, Filled, FromAbove, Ruling
from jixiao.grades.models import Campaign, Grade, GradeReview, TableStep, UnitTable
from jixiao.grades.queries.tables import facts
from jixiao.grades.states import (
    ROUTINE_SHARES,
    SHARES,
    CampaignKind,
    Category,
    Signature,
    Standing,
    StepKind,
)
from jixiao.org.actions import add_person, appoint
from jixiao.org.actions.facts import NewPost
from jixiao.org.models import Unit
from jixiao.org.states import Rank
from jixiao.periods.workdays import add_workdays

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
RATE = "个人优秀等次比例"
MEETING = "清组人会〔{}〕2号"
FAILED = "阎晓峰"
STAFF = {
    "云溪镇": "陈立群 高玉洁 邵文斌 尹晓彤 万里程 钱雨薇 顾长青 汤怀远 黎静 贺建军",
    "财政局": "冯启明 姚丽娟 谭志刚 阎晓峰 薛梅 段宏伟 侯雅琴 雷鸣 龚建华",
}
"""Ordinary civil servants beside those in the county's workbook."""
APPOINTED = date(2023, 7, 3)
SITUATIONS = {"尹晓彤": str(Standing.PROBATION.label), FAILED: "不称职"}
"""Who stands otherwise than most."""
DAYS_AGO = {
    StepKind.OPEN: 40, StepKind.SUBMIT: 14, StepKind.PUBLICIZE: 12, StepKind.APPROVE: 1,
    StepKind.NOTIFY: 0,
}  # fmt: skip
"""When each step was taken, counted back from the day of telling."""
COMMENTS = ("牵头月自查，问题当月清零", "窗口零投诉，年内两次受表扬")


@dataclass(frozen=True)
class Hands:
    """Who acts: two of the personnel department, the units' leads, two of the people."""

    personnel: Actor
    second: Actor
    leads: Mapping[str, Actor]
    cadre: Actor
    """Has an account, and has not signed yet."""
    failed: Actor
    """Got the lowest grade, and asks for a review."""


def load_example(hands: Hands, *, today: date) -> None:
    """Last year's annual appraisal of two units, and the routine one of the third quarter."""
    units = {each.name: each for each in Unit.objects.filter(name__in=hands.leads)}
    year = today.year - 1
    usual, most, cap = SHARES[CampaignKind.ANNUAL]
    annual = actions.open_campaign(
        CampaignPlan(
            year=year, kind=CampaignKind.ANNUAL, period="全年", category=Category.CIVIL,
            on=date(year, 12, 31), due_on=date(year + 1, 1, 15), share=usual, most=most, cap=cap,
            rate_name=RATE, document=f"清人社〔{year}〕21号", units=[each.pk for each in units.values()],
        ),
        by=hands.personnel,
    )  # fmt: skip
    _grade_above(annual, hands.personnel)
    for name, lead in hands.leads.items():
        _whole_way(annual.tables.get(unit=units[name]), lead, hands)
    _put_back(annual, date(year + 1, 1, 18))
    _third_quarter(hands, units, today)


def enter_people(by: Actor) -> None:
    """More people for the two units, so that places make sense."""
    units, number = {each.name: each for each in Unit.objects.filter(name__in=STAFF)}, 0
    for name, people in STAFF.items():
        for each in people.split():
            number += 1
            person = add_person(f"QL1{number:03}", by=by, name=each, rank=Rank.STAFF)
            appoint(person, by=by, unit=units[name], post=NewPost("科员", APPOINTED))


def _grade_above(campaign: Campaign, by: Actor) -> None:
    above = Grade.objects.filter(table__campaign=campaign, standing=Standing.ABOVE)
    rows = [FromAbove(each.pk, "称职") for each in above]
    document = f"清组〔{campaign.year + 1}〕3号"
    actions.take_from_above(campaign, by=by, rows=rows, document=document)


def _whole_way(table: UnitTable, lead: Actor, hands: Hands) -> None:
    """Filled in, handed in, shown, approved, told, signed; one case, one signature missing."""
    _fill(table, lead, "称职", "优秀")
    actions.submit_table(table, by=lead)
    actions.publicize_table(_now(table), by=hands.personnel)
    _end_notice(table)
    meeting = MEETING.format(table.campaign.year + 1)
    actions.approve_table(_now(table), by=hands.personnel, document=meeting)
    actions.notify_people(_now(table), by=lead)
    _review(table, hands)
    for each in table.grades.exclude(person__account=hands.cadre.account_id):
        if each.person.account_id == lead.account_id:
            actions.sign_grade(each, by=lead, agrees=True)
        else:
            actions.witness_grade(each, by=lead, signature=Signature.AGREES)


def _fill(table: UnitTable, by: Actor, rest: str, best: str, *, share: int = 1) -> None:
    """The table with as many of the best as there are places; every ``share``-th row only."""
    rows = list(table.grades.exclude(standing=Standing.ABOVE).select_related("person"))
    places = facts(table).quota_now.places
    filled = []
    for place, each in enumerate(rows[::share]):
        otherwise = SITUATIONS.get(each.person.name) if table.campaign.is_annual else None
        value = otherwise or (best if 0 < place <= places else rest)
        comment = COMMENTS[place % len(COMMENTS)] if value == best else ""
        filled.append(Filled(each.pk, value, comment))
    actions.fill_table(table, by=by, rows=filled)


def _review(table: UnitTable, hands: Hands) -> None:
    """Who got the lowest grade does not accept it; another person decides."""
    for each in table.grades.filter(final="不称职", person__account=hands.failed.account_id):
        claim = "上半年受组织指派驻村，局内任务已办交接，不应计入。"
        review = actions.apply_review(each, by=hands.failed, claim=claim)
        ruling = Ruling("驻村属实，下半年仍有两项任务逾期，改定基本称职。", "基本称职")
        actions.decide_review(review, by=hands.second, ruling=ruling)


def _now(table: UnitTable) -> UnitTable:
    return UnitTable.objects.select_related("campaign", "unit").get(pk=table.pk)


def _end_notice(table: UnitTable) -> None:
    """The notice lies behind."""
    begun = date(table.campaign.year + 1, 1, 6)
    until = add_workdays(begun, table.campaign.notice_workdays)
    UnitTable.objects.filter(pk=table.pk).update(notice_from=begun, notice_until=until)


def _put_back(campaign: Campaign, told_on: date) -> None:
    """What was done just now belongs to last January."""
    at = _moment(told_on)
    within = {"table__campaign": campaign}
    Campaign.objects.filter(pk=campaign.pk).update(opened_at=at - timedelta(40))
    campaign.tables.update(
        submitted_at=at - timedelta(14), approved_at=at - timedelta(1), notified_at=at
    )
    for kind, ago in DAYS_AGO.items():
        steps = TableStep.objects.filter(**within, kind=kind)
        steps.update(taken_at=at - timedelta(ago))
        if kind == StepKind.PUBLICIZE:
            steps.update(text="")
    rows = Grade.objects.filter(**within)
    rows.filter(proposed_at__isnull=False).update(proposed_at=at - timedelta(15))
    rows.filter(decided_at__isnull=False).update(decided_at=at - timedelta(1))
    rows.filter(apply_until__isnull=False).update(apply_until=told_on + timedelta(30))
    rows.filter(signed_at__isnull=False).update(signed_at=at + timedelta(2))
    GradeReview.objects.filter(grade__table__campaign=campaign).update(
        applied_at=at + timedelta(7), due_on=told_on + timedelta(37),
        decided_at=at + timedelta(25), appeal_until=told_on + timedelta(40),
    )  # fmt: skip


def _third_quarter(hands: Hands, units: Mapping[str, Unit], today: date) -> None:
    """One table handed in, one half filled in, the others not begun."""
    usual, most, cap = ROUTINE_SHARES
    plan = CampaignPlan(
        year=today.year, kind=CampaignKind.ROUTINE, period="第三季度", category=Category.CIVIL,
        on=today - timedelta(20), due_on=today + timedelta(9), share=usual, most=most, cap=cap,
        notice_workdays=0, review_days=0,
    )  # fmt: skip
    campaign = actions.open_campaign(plan, by=hands.personnel)
    names: Sequence[str] = list(hands.leads)
    for share, name in enumerate(reversed(names), 1):
        table = campaign.tables.get(unit=units[name])
        _fill(table, hands.leads[name], "较好", "好", share=share)
        if share == 1:
            actions.submit_table(_now(table), by=hands.leads[name])


def _moment(day: date) -> datetime:
    """Ten in the morning of a day: the example has a past that nobody typed in."""
    return datetime.combine(day, time(10), tzinfo=COUNTY_TIME)
