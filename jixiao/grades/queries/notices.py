"""Who is proposed for the best grade, until when is that shown, and to whom?"""

from dataclasses import dataclass

from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import ROLES, Extent, Permission
from jixiao.grades.models import Grade, Objection, UnitTable
from jixiao.grades.states import OWN, TableState
from jixiao.org.models import Post

ObjectionRow = Objection


@dataclass(frozen=True)
class NoticePage:
    """The names shown in the unit: post and name, nothing else about anybody."""

    table: UnitTable
    people: list[Grade]
    objections: list[Objection]
    """Filled for those who look into them."""

    @property
    def is_open(self) -> bool:
        """Whether something can be said today."""
        return self.table.state == TableState.PUBLIC


def may_read_notice(table: UnitTable, actor: Actor) -> bool:
    """People of the unit and the departments in charge; nobody else's business."""
    if actor.may(Permission.GRADES_SEE, table.place()):
        return True
    if any(
        ROLES[held.role].extent == Extent.UNIT and held.reaches(table.place())
        for held in actor.held
    ):
        return True
    held = Post.objects.on(timezone.localdate()).filter(person__account=actor.account_id)
    there = held.filter(unit__path__startswith=table.unit.path)
    return actor.account_id is not None and there.exists()


def notice_page(table: UnitTable, actor: Actor) -> NoticePage:
    """Whom the unit proposes; at most two queries."""
    shown = table.notice_from is not None
    people = table.grades.filter(standing__in=OWN, proposed=table.campaign.grades[0])
    said = table.objections.select_related("said_by", "settled_by")
    may_look = actor.may(Permission.GRADES_APPROVE)
    return NoticePage(
        table,
        list(people.select_related("person")) if shown else [],
        list(said) if may_look else [],
    )


def objection(pk: int) -> Objection | None:
    """One thing said during a notice."""
    found = Objection.objects.select_related("table__unit", "table__campaign", "said_by")
    return found.filter(pk=pk).first()


def notices_here(actor: Actor) -> list[UnitTable]:
    """Notices that are open in this person's units; two queries."""
    held = Post.objects.on(timezone.localdate()).filter(person__account=actor.account_id)
    posts = held.select_related("unit") if actor.account_id else held.none()
    units = {pk for post in posts for pk in post.unit.place().units} | set(actor.units())
    found = UnitTable.objects.filter(state=TableState.PUBLIC, unit__in=units)
    return list(found.select_related("unit", "campaign"))
