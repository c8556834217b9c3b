"""How does an appraisal begin? Its tables are made from the county's own books; nobody types names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.core.errors import RefusedError
from jixiao.grades.actions.steps import take_step
from jixiao.grades.models import Campaign, Grade, UnitTable
from jixiao.grades.states import (
    APPEAL_DAYS,
    APPEAL_DECIDE_DAYS,
    DECIDE_DAYS,
    GOOD_LEAST,
    NOTICE_WORKDAYS,
    REVIEW_DAYS,
    CampaignKind,
    Category,
    Rounding,
    RoutineRule,
    Standing,
    StepKind,
)
from jixiao.org.models import Post, Unit
from jixiao.org.states import ASSESSED, Kind
from jixiao.scoring.numbers import SCALE

KINDS: dict[str, tuple[Kind, ...]] = {
    Category.CIVIL: (Kind.TOWNSHIP, Kind.ZONE, Kind.DEPARTMENT, Kind.SECTION),
    Category.STAFF: (Kind.SUBORDINATE,),
}
"""Where each kind of staff works; 驻县单位 are appraised by their own line, villages by neither rule."""


@dataclass(frozen=True)
class CampaignPlan:
    """An appraisal as the personnel department lays it out; shares in ten-thousandths."""

    year: int
    kind: CampaignKind
    period: str
    category: Category
    on: date
    due_on: date
    share: int
    most: int
    cap: int
    rate_name: str = ""
    document: str = ""
    rounding: Rounding = Rounding.FLOOR
    counts_ungraded: bool = True
    notice_workdays: int = NOTICE_WORKDAYS
    routine_rule: RoutineRule = RoutineRule.WARN
    good_least: int = GOOD_LEAST
    review_days: int = REVIEW_DAYS
    other_days: int = 0
    decide_days: int = DECIDE_DAYS
    appeal_days: int = APPEAL_DAYS
    appeal_decide_days: int = APPEAL_DECIDE_DAYS
    units: Sequence[int] = ()
    """Only these units; none named: all."""


@action(Permission.GRADES_APPROVE)
def open_campaign(plan: CampaignPlan, *, by: Actor) -> Campaign:
    """布置个人考核。名单按基准日的任职从机构人员库取，各单位一张表，不用再报人员。"""
    _check(plan)
    told = {name: value for name, value in vars(plan).items() if name != "units"}
    campaign = Campaign.objects.create(
        **{**told, "period": plan.period.strip(), "document": plan.document.strip()},
        opened_at=timezone.now(), opened_by_id=by.signature(),
    )  # fmt: skip
    by_unit = people_of(plan.category, plan.on)
    if plan.units:
        by_unit = {pk: posts for pk, posts in by_unit.items() if pk in plan.units}
    if not by_unit:
        raise RefusedError("基准日没有这一类人员任职，请核对人员类别和基准日", field="on")
    units = Unit.objects.in_bulk(by_unit)
    for pk, posts in by_unit.items():
        table = UnitTable.objects.create(campaign=campaign, unit=units[pk])
        created(table)
        take_step(table, StepKind.OPEN, by=by)
        Grade.objects.bulk_create(row_of(table, each) for each in posts)
    return campaign


def _check(plan: CampaignPlan) -> None:
    if not plan.period.strip():
        raise RefusedError("请写明考核期，如“全年”“第三季度”", field="period")
    if plan.due_on < plan.on:
        raise RefusedError("报送期限不能早于人员基准日", field="due_on")
    if not 0 < plan.share <= plan.most <= plan.cap <= SCALE:
        words = "比例要大于0；一般比例不高于未经批准的上限，后者不高于经批准的上限"
        raise RefusedError(words, field="share")
    same = Campaign.objects.filter(
        year=plan.year, kind=plan.kind, period=plan.period.strip(), category=plan.category
    )
    if same.exists():
        raise RefusedError("这一期的考核已经布置过", field="period")


def people_of(category: Category, on: date) -> Mapping[int, list[Post]]:
    """Everybody's main post on a day, by the 乡科级 unit to which it belongs; two queries."""
    held = Post.objects.on(on).select_related("unit", "person").order_by("-is_full_time", "since")
    main: dict[int, Post] = {}
    for post in held:
        main.setdefault(post.person_id, post)
    tops = Unit.objects.filter(kind__in=(*ASSESSED,)).exclude(kind=Kind.STATIONED)
    orders = dict(tops.values_list("pk", "order"))
    found: dict[int, list[Post]] = {}
    for post in main.values():
        top = top_of(post)
        if post.unit.kind in KINDS[category] and top in orders:
            found.setdefault(top, []).append(post)
    return {top: _in_order(found[top]) for top in sorted(found, key=lambda pk: (orders[pk], pk))}


def top_of(post: Post) -> int:
    """The 乡科级 unit to which a post belongs."""
    return post.unit.place().units[0]


def row_of(table: UnitTable, post: Post) -> Grade:
    """A person's row: leading cadres are graded by the organization department."""
    where = "" if post.unit_id == table.unit_id else f"{post.unit.name} "
    standing = Standing.ABOVE if post.person.is_leading else Standing.GRADED
    return Grade(table=table, person=post.person, post=f"{where}{post.title}", standing=standing)


def _in_order(posts: Iterable[Post]) -> list[Post]:
    """Leading cadres first, then section by section."""
    return sorted(posts, key=lambda each: (not each.person.is_leading, each.unit.path, each.pk))
