"""Which appraisals are under way, how far are the units, and who is late?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from jixiao.access.actor import Actor, Place
from jixiao.access.permissions import Permission
from jixiao.grades.models import Campaign, Grade, UnitTable
from jixiao.grades.queries.shares import moved_words, share_now, shares_by_tier
from jixiao.grades.quota import Head, Quota
from jixiao.grades.sheet import GradeSheet, Line
from jixiao.grades.states import (
    AFTER_SUBMISSION,
    OUT,
    OWN,
    UNGRADED,
    Signature,
    Standing,
    TableState,
)
from jixiao.org.models import Post, Unit

CampaignRow = Campaign


def sees_all(actor: Actor) -> bool:
    """Whether the whole county's tables are this reader's business."""
    return actor.may(Permission.GRADES_SEE, Place())


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Appraisals in which this reader has tables, with how far they are."""
    within = Q() if sees_all(actor) else Q(tables__unit__in=actor.units())
    done = Q(tables__state__in=(TableState.CLOSED,))
    return (
        Campaign.objects.filter(within)
        .annotate(
            units=Count("tables", filter=within),
            handed=Count("tables", filter=within & Q(tables__state__in=AFTER_SUBMISSION)),
            closed=Count("tables", filter=within & done),
        )
        .order_by("-year", "-on", "-pk")
    )


def campaign(pk: int) -> Campaign | None:
    """One appraisal."""
    return Campaign.objects.select_related("opened_by").filter(pk=pk).first()


def tables_in(of: Campaign, actor: Actor, today: date) -> QuerySet[UnitTable]:
    """The tables within reach, with their counts."""
    found = of.tables.select_related("unit", "campaign")
    if not sees_all(actor):
        found = found.filter(unit__in=actor.units())
    late = Q(state=TableState.DRAFTING, campaign__due_on__lt=today)
    return found.annotate(
        late=ExpressionWrapper(late, output_field=BooleanField()),
        **{name: Count("grades", filter=each) for name, each in _counts(of.grades[0]).items()},
    )


def _counts(best: str) -> dict[str, Q]:
    """What is counted in a table."""
    own = Q(grades__standing__in=OWN)
    not_come = Q(grades__standing=Standing.ABOVE, grades__final="")
    return {
        "people": Q(grades__isnull=False),
        "graded": own,
        "ungraded": Q(grades__standing__in=UNGRADED),
        "above": Q(grades__standing=Standing.ABOVE),
        "out": Q(grades__standing__in=OUT),
        "lacking": own & Q(grades__proposed=""),
        "best": own & (Q(grades__final=best) | Q(grades__final="", grades__proposed=best)),
        "unsigned": ~Q(grades__standing__in=OUT) & Q(grades__signature=Signature.NONE) & ~not_come,
    }


def with_quotas(of: Campaign, rows: Iterable[Any]) -> list[Any]:
    """The tables with their places today, and what moved since they were handed in; two queries."""
    tiers = shares_by_tier(of)
    found = list(rows)
    for each in found:
        head = Head(each.graded, each.ungraded, each.above, each.out, of.counts_ungraded)
        share = share_now(each, tiers)
        each.quota = Quota(head.base, share, of.rounding)
        each.moved = moved_words(each, share) if each.state in AFTER_SUBMISSION else ""
    return found


@dataclass(frozen=True)
class CampaignPage:
    """One appraisal: its tables, and what needs an eye."""

    campaign: Campaign
    tables: list[Any]
    sees_all: bool

    @property
    def late(self) -> list[Any]:
        """Tables that are not handed in though it is time."""
        return [each for each in self.tables if each.late]

    @property
    def moved(self) -> list[Any]:
        """Tables whose ground has changed."""
        return [each for each in self.tables if each.moved]

    @property
    def handed(self) -> int:
        """Tables that were handed in."""
        return sum(each.state in AFTER_SUBMISSION for each in self.tables)

    def count(self, *states: str) -> int:
        """How many tables stand so."""
        return sum(each.state in states for each in self.tables)

    @property
    def waiting(self) -> int:
        """Tables that wait for the personnel department."""
        return self.count(TableState.SUBMITTED, TableState.PUBLIC)


def campaign_page(of: Campaign, actor: Actor, today: date) -> CampaignPage:
    """Everything on the page of an appraisal; three queries."""
    rows = with_quotas(of, tables_in(of, actor, today))
    return CampaignPage(of, rows, sees_all(actor))


def sheet_from_above(of: Campaign) -> GradeSheet:
    """Everybody who is graded by the organization department, as a table to exchange; one query."""
    found = Grade.objects.filter(table__campaign=of, standing=Standing.ABOVE)
    rows = found.select_related("person", "table__unit").order_by("table__unit__order", "pk")
    lines = tuple(
        Line(
            each.pk, each.person.code, each.person.name, f"{each.table.unit} {each.post}",
            each.final, each.reason, each.version,
        )
        for each in rows
    )  # fmt: skip
    return GradeSheet(f"{of}　由组织部门确定的人员", of.grades, lines)


def seconded_to(actor: Actor) -> list[Grade]:
    """People who work in this reader's units while another unit's table has them; one query."""
    found = Grade.objects.filter(
        host__in=actor.units(), standing=Standing.SECONDED, table__state=TableState.DRAFTING
    )
    return list(found.select_related("person", "table__unit", "table__campaign", "host"))


def units_to_choose() -> list[tuple[int, str]]:
    """Units that can receive somebody."""
    return list(Unit.objects.open().assessed().values_list("pk", "name"))


def people_to_choose(table: UnitTable) -> list[tuple[int, str]]:
    """Who works in the unit and is not in its table; one query."""
    there = table.grades.values("person")
    held = Post.objects.filter(until=None, unit__path__startswith=table.unit.path)
    posts = held.exclude(person__in=there).select_related("person", "unit").order_by("unit", "pk")
    return [(each.person_id, f"{each.person} {each.unit} {each.title}") for each in posts]
