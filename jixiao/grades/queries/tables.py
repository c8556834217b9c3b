"""How does a unit's table stand: who is in it, how many places, what is missing, what is doubtful?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from jixiao.access.actor import Actor
from jixiao.grades.hints import Hint, hints
from jixiao.grades.models import Campaign, Grade, GradeReview, Objection, UnitTable
from jixiao.grades.queries.shares import moved_words, share_now, shares_by_tier
from jixiao.grades.quota import Head, Quota, routine_doubts
from jixiao.grades.sheet import GradeSheet, Line
from jixiao.grades.states import (
    AFTER_APPROVAL,
    AFTER_SUBMISSION,
    CHOSEN,
    FOUR,
    OUT,
    OWN,
    UNGRADED,
    CampaignKind,
    Category,
    ReviewState,
    RoutineRule,
    Signature,
    Standing,
)

TableRow = UnitTable
"""What the pages get."""
SELF = "由他人提出，本人不填"
LOCKS: dict[str, str] = {
    Standing.ABOVE: "由组织部门确定，审定后由组织人社部门导入",
    Standing.SECONDED: "由接收单位提出",
}


@dataclass(frozen=True)
class Past:
    """What somebody got before: the year's routine grades, and annual grades by year."""

    routine: tuple[tuple[str, str], ...] = ()
    annual: Mapping[int, str] = ()  # type: ignore[assignment]


@dataclass(frozen=True)
class Row:
    """One person in the table, beside what the platform already knows."""

    grade: Grade
    campaign: Campaign
    past: Past

    @property
    def value(self) -> str:
        """What the table says: the grade, else how the person takes part."""
        standing = Standing(self.grade.standing)
        if standing == Standing.GRADED:
            return self.grade.final or self.grade.proposed
        if self.grade.final:
            return self.grade.final
        return str(standing.label)

    @property
    def is_best(self) -> bool:
        """Whether it takes one of the unit's places."""
        said = self.grade.final or self.grade.proposed
        return self.grade.standing in OWN and said == self.campaign.grades[0]

    @property
    def lacks(self) -> bool:
        """Whether a grade is still to be proposed."""
        return self.grade.standing in OWN and not self.grade.proposed

    @property
    def routine_words(self) -> str:
        """``一季度好、二季度较好``."""
        return "、".join(f"{period}{grade}" for period, grade in self.past.routine)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the year's routine grades do not carry the best grade."""
        rule = self.campaign.routine_rule
        if not (self.is_best and self.campaign.is_annual) or rule == RoutineRule.OFF:
            return ()
        known = [grade for _, grade in self.past.routine]
        best, least = self.campaign.grades[0], self.campaign.good_least
        return routine_doubts(known, FOUR, least=least, best=best)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What stands out over the years."""
        if not self.campaign.is_annual:
            return ()
        said = self.grade.final or self.grade.proposed
        years = {**dict(self.past.annual), self.campaign.year: said}
        is_civil = self.campaign.category == Category.CIVIL
        return hints(years, self.campaign.grades, is_civil=is_civil, until=self.campaign.year)

    def line(self, by: Actor) -> Line:
        """The row as the form and the workbook have it."""
        person = self.grade.person
        locked = LOCKS.get(self.grade.standing, "")
        if person.account_id and person.account_id == by.account_id:
            locked = SELF
        return Line(
            self.grade.pk, person.code, person.name, self.grade.post, self.value,
            self.grade.comment, self.grade.version, locked,
        )  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Everything about a table that its page and its moves ask; at most seven queries."""

    table: UnitTable
    rows: tuple[Row, ...]
    quota_now: Quota
    objections: tuple[Objection, ...]
    reviews: tuple[GradeReview, ...]

    @property
    def campaign(self) -> Campaign:
        """Of which it is."""
        return self.table.campaign

    @cached_property
    def head(self) -> Head:
        """The people counted."""
        counts = [row.grade.standing for row in self.rows]
        return head_of(self.campaign, {each: counts.count(each) for each in set(counts)})

    @property
    def chosen(self) -> int:
        """How many of the best grade."""
        return sum(row.is_best for row in self.rows)

    @property
    def missing(self) -> list[str]:
        """Of whom no grade is proposed yet."""
        return [row.grade.person.name for row in self.rows if row.lacks]

    @property
    def doubtful(self) -> list[str]:
        """Whose best grade the routine grades do not carry."""
        return [f"{row.grade.person}{'、'.join(row.doubts)}" for row in self.rows if row.doubts]

    @property
    def unsigned(self) -> list[Row]:
        """Who was told and has not signed."""
        return [
            row
            for row in self.rows
            if row.grade.standing not in OUT
            and row.grade.signature == Signature.NONE
            and (row.grade.standing != Standing.ABOVE or row.grade.final)
        ]

    @property
    def moved(self) -> str:
        """How the ground of the places has changed since the table was handed in."""
        if self.table.state not in AFTER_SUBMISSION:
            return ""
        return moved_words(self.table, self.quota_now.share)

    @property
    def names(self) -> str:
        """The best grade."""
        return self.campaign.grades[0]

    def is_in(self, by: Actor) -> bool:
        """Whether this person's own grade is in the table."""
        accounts = {row.grade.person.account_id for row in self.rows} - {None}
        return by.account_id in accounts

    def sheet(self, by: Actor) -> GradeSheet:
        """The table as it is filled in."""
        return GradeSheet(
            f"{self.table.unit}　{self.campaign}", options(self.campaign),
            tuple(row.line(by) for row in self.rows),
        )  # fmt: skip


def options(campaign: Campaign) -> tuple[str, ...]:
    """What can stand in a row: a grade, or how somebody takes part without one."""
    return (*campaign.grades, *(str(each.label) for each in CHOSEN))


def head_of(campaign: Campaign, counts: Mapping[str, int]) -> Head:
    """Who is counted, by how many stand how."""

    def count(standings: Iterable[str]) -> int:
        return sum(counts.get(each, 0) for each in standings)

    return Head(
        count(OWN), count(UNGRADED), count((Standing.ABOVE,)), count(OUT),
        campaign.counts_ungraded,
    )  # fmt: skip


def table(pk: int) -> UnitTable | None:
    """One table."""
    found = UnitTable.objects.select_related(
        "campaign", "unit", "submitted_by", "approved_by", "notified_by"
    )
    return found.filter(pk=pk).first()


def facts(of: UnitTable) -> Facts:
    """A table with everything that its page and its moves ask."""
    campaign = of.campaign
    found = list(of.grades.select_related("person", "host", "table__campaign", "table__unit"))
    past = _past(campaign, [each.person_id for each in found])
    rows = tuple(Row(each, campaign, past.get(each.person_id, Past((), {}))) for each in found)
    standings = [each.standing for each in found]
    head = head_of(campaign, {each: standings.count(each) for each in set(standings)})
    share = share_now(of, shares_by_tier(campaign))
    reviews = GradeReview.objects.filter(grade__table=of).select_related("grade__person")
    return Facts(
        of,
        rows,
        Quota(head.base, share, campaign.rounding),
        tuple(of.objections.all()),
        tuple(reviews if of.state in AFTER_APPROVAL else ()),
    )


def _past(campaign: Campaign, people: list[int]) -> dict[int, Past]:
    """What these people got before, and in the same year's routine appraisals; one query."""
    decided = Grade.objects.filter(
        person__in=people,
        table__campaign__category=campaign.category,
        table__campaign__year__lte=campaign.year,
    ).exclude(final="")
    told = decided.exclude(table__campaign=campaign).values_list(
        "person", "table__campaign__kind", "table__campaign__year", "table__campaign__period",
        "final",
    )  # fmt: skip
    routine: dict[int, list[tuple[str, str]]] = {}
    annual: dict[int, dict[int, str]] = {}
    for person, kind, year, period, final in told.order_by("table__campaign__on"):
        if kind == CampaignKind.ROUTINE and year == campaign.year:
            routine.setdefault(person, []).append((period, final))
        elif kind == CampaignKind.ANNUAL:
            annual.setdefault(person, {})[year] = final
    return {
        each: Past(tuple(routine.get(each, ())), annual.get(each, {}))
        for each in {*routine, *annual}
    }


def open_reviews(of: Facts) -> int:
    """How many cases wait for a decision."""
    return sum(each.state == ReviewState.OPEN for each in of.reviews)
