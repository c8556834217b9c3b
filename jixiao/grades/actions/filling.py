"""How does a unit fill in its table, and when may it be handed in?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import watch
from jixiao.core.errors import RefusedError
from jixiao.grades.actions.opening import row_of
from jixiao.grades.actions.steps import checked, keep_quota, take_step
from jixiao.grades.models import Grade, UnitTable
from jixiao.grades.queries.tables import LOCKS, SELF, options
from jixiao.grades.sheet import LONGEST
from jixiao.grades.states import CHOSEN, SUBMIT, Standing, StepKind, TableState
from jixiao.org.models import Person, Post, Unit

SHOWN = 5


@dataclass(frozen=True)
class Filled:
    """What is said about one person: a grade or a situation, in the words of the table."""

    grade_id: int
    value: str
    comment: str = ""
    base: int = 0
    """The version of the row that was seen; 0: whatever it is now."""


@action(Permission.GRADES_EDIT)
def fill_table(table: UnitTable, *, by: Actor, rows: Sequence[Filled]) -> UnitTable:
    """填报考核等次。每人一个等次或一种情况，评语可不写；报送以前都可以改，本人的由他人填。"""
    _refuse_closed(table)
    known = {each.pk: each for each in table.grades.select_related("person")}
    allowed = options(table.campaign)
    refused = [
        words for row in rows if (words := _fault(known.get(row.grade_id), row, allowed, by=by))
    ]
    if refused:
        more = f"；另有{len(refused) - SHOWN}处" if len(refused) > SHOWN else ""
        raise RefusedError(f"{'；'.join(refused[:SHOWN])}{more}")
    for row in rows:
        _fill(known[row.grade_id], row, by=by)
    return table


def _refuse_closed(table: UnitTable) -> None:
    if table.state != TableState.DRAFTING:
        raise RefusedError(f"这张表{table.get_state_display()}，不能再改；要改的请审核人退回")


def _fault(grade: Grade | None, row: Filled, allowed: Sequence[str], *, by: Actor) -> str:
    """What is wrong with saying this about this person; empty where nothing is."""
    if grade is None:
        return f"编号{row.grade_id}不在这张表里"
    if lock := LOCKS.get(grade.standing):
        return f"{grade.person}的等次{lock}"
    if is_own(grade, by):
        return f"{grade.person}的等次{SELF}"
    if row.base not in (0, grade.version):
        return f"{grade.person}的内容刚被别人改过，请核对后再存"
    if row.value and row.value not in allowed:
        return f"{grade.person}：没有“{row.value[:20]}”这一等次或情况"
    return f"{grade.person}的评语超过{LONGEST}字" if len(row.comment) > LONGEST else ""


def is_own(grade: Grade, by: Actor) -> bool:
    """Whether it is the grade of the person at work."""
    return by.account_id is not None and grade.person.account_id == by.account_id


def _fill(grade: Grade, row: Filled, *, by: Actor) -> None:
    watch(grade)
    standing = next((each for each in CHOSEN if each.label == row.value), Standing.GRADED)
    grade.standing = standing
    grade.proposed = row.value if standing == Standing.GRADED else ""
    grade.comment = row.comment.strip()
    grade.proposed_at, grade.proposed_by_id = timezone.now(), by.signature()
    grade.save()


@action(Permission.GRADES_EDIT)
def take_in(table: UnitTable, *, by: Actor, person: Person) -> Grade:
    """补入人员。基准日以后调入、或名单里漏掉的，机构人员库里有本单位任职就能补入。"""
    _refuse_closed(table)
    posts = Post.objects.filter(person=person, unit__path__startswith=table.unit.path, until=None)
    post = posts.select_related("unit", "person").order_by("-is_full_time", "since").first()
    if post is None:
        words = f"{person}在本单位没有任职，请先在“机构人员”登记"
        raise RefusedError(words, field="person")
    there = Grade.objects.filter(table__campaign=table.campaign, person=person)
    if table.grades.filter(person=person).exists():
        raise RefusedError(f"{person}已经在表里", field="person")
    for other in there.exclude(standing__in=(Standing.MOVED, Standing.OUTSIDE)):
        words = f"{person}还在{other.table.unit}的表里，请那里先选“已调出”"
        raise RefusedError(words, field="person")
    grade = row_of(table, post)
    grade.save()
    return grade


@action(Permission.GRADES_EDIT)
def second_person(grade: Grade, *, by: Actor, host: Unit) -> Grade:
    """登记挂职、抽调、援派。等次由接收单位提出，名额用本单位的。"""
    by.require(Permission.GRADES_EDIT, grade.table.place())
    _refuse_closed(grade.table)
    if grade.standing == Standing.ABOVE:
        raise RefusedError(f"{grade.person}的等次{LOCKS[Standing.ABOVE]}")
    if host.pk in grade.table.place().units or not host.is_open:
        raise RefusedError("接收单位要是另一个还在的单位", field="host")
    grade.standing, grade.host, grade.proposed = Standing.SECONDED, host, ""
    grade.save()
    return grade


@action(Permission.GRADES_EDIT)
def grade_seconded(grade: Grade, *, by: Actor, value: str, comment: str = "") -> Grade:
    """接收单位提出等次。挂职、抽调、援派人员由接收单位提出，名额用派出单位的。"""
    if grade.host is None:
        raise RefusedError("不是挂职、抽调人员，由本单位在表里填")
    by.require(Permission.GRADES_EDIT, grade.host.place())
    _refuse_closed(grade.table)
    if is_own(grade, by):
        raise RefusedError(f"{grade.person}的等次{SELF}")
    if value not in grade.table.campaign.grades:
        raise RefusedError(f"没有“{value[:20]}”这一等次", field="value")
    grade.proposed, grade.comment = value, comment.strip()[:LONGEST]
    grade.proposed_at, grade.proposed_by_id = timezone.now(), by.signature()
    grade.save()
    return grade


@action(Permission.GRADES_EDIT)
def submit_table(table: UnitTable, *, by: Actor) -> UnitTable:
    """报送审核。报送时记下应参加人数、比例和名额，报送后不能再改。"""
    found = checked(SUBMIT, table, by=by)
    keep_quota(table, found.quota_now)
    table.submitted_at, table.submitted_by_id = timezone.now(), by.signature()
    take_step(table, StepKind.SUBMIT, by=by, text=found.quota_now.words)
    table.state = SUBMIT.target
    table.save()
    return table
