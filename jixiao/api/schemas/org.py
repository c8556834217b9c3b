"""What do programs read of units, people, duties and conditions?"""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from jixiao.api.schemas.shared import LARGEST_NUMBER, OfUnit, Text, Words
from jixiao.org.queries.rows import Reorganization


class UnitsAsked(Words):
    """Which units."""

    kind: Text = Field("", description="类别", max_length=20)
    closed: bool = Field(default=False, description="连已撤销的一起")


class PeopleAsked(Words, OfUnit):
    """Which people."""


class PostsAsked(OfUnit):
    """Whose posts."""

    person: int | None = Field(None, description="人员编号", ge=1, le=LARGEST_NUMBER)


class UnitOut(Schema):
    """A unit as it is today."""

    id: int
    name: str
    kind: str
    group: str
    parent_id: int | None
    since: date = Field(description="设立")
    until: date | None = Field(description="撤销；空的还在")
    version: int


class NameOut(Schema):
    """What a unit was called and where it belonged, from until."""

    name: str
    kind: str
    group: str
    parent_id: int | None
    since: date
    until: date | None
    document: str


class AliasOut(Schema):
    """Another name of a unit."""

    id: int
    name: str
    since: date | None
    until: date | None
    version: int


class UnitCardOut(UnitOut):
    """A unit with its other names and its history."""

    aliases: list[AliasOut] = Field(description="别名")
    versions: list[NameOut] = Field(description="沿革")


class SuccessionOut(Schema):
    """What went into what."""

    before_id: int = Field(description="原单位编号")
    before: str = Field(description="原单位", alias="before.name")
    after_id: int | None = Field(description="承接单位编号；空的没有承接")


class ReorganizationOut(Schema):
    """A merger, split or closure."""

    id: int
    manner: str = Field(description="方式")
    on: date
    document: str
    reason: str
    successions: list[SuccessionOut] = Field(description="谁并入谁")

    @staticmethod
    def resolve_successions(row: Reorganization) -> list[object]:
        """As they were stored."""
        return list(row.successions.all())


class DutyOut(Schema):
    """Who answers for performance work in a unit."""

    id: int
    unit_id: int
    person_id: int
    person_name: str
    role: str
    is_full_time: bool
    since: date
    until: date | None
    document: str
    version: int


class DelegationOut(Schema):
    """Who stands in for whom, from until."""

    id: int
    unit_id: int
    absent_id: int = Field(description="委托人编号")
    deputy_id: int = Field(description="受托人编号")
    since: date
    until: date
    reason: str
    document: str
    version: int


class PostOut(Schema):
    """A job of a person in a unit."""

    id: int
    person_id: int
    person_name: str
    unit_id: int
    title: str = Field(description="职务")
    is_full_time: bool
    since: date
    until: date | None
    version: int


class PersonOut(Schema):
    """Somebody who works for the county; number and rank only for those whose business they are."""

    id: int
    name: str
    code: str | None = Field(description="人员编号；不该看的人看到空")
    rank: str | None = Field(description="职级；不该看的人看到空")
    left_on: date | None = Field(description="离开日期")
    version: int

    @staticmethod
    def resolve_code(row: Any) -> str | None:  # noqa: ANN401 - annotated by the query
        """Hidden from those who need not know it."""
        shown: str | None = row.shown_code
        return shown

    @staticmethod
    def resolve_rank(row: Any) -> str | None:  # noqa: ANN401 - likewise
        """Likewise."""
        shown: str | None = row.shown_rank
        return shown


class ConditionOut(Schema):
    """In what conditions a unit works."""

    id: int
    unit_id: int
    kind: str
    quantity: int
    use: str
    state: str = Field(description="状况")
    seen_on: date
    note: str
    version: int


class StabilityOut(Schema):
    """How steady a unit's people are."""

    id: int
    name: str
    group: str
    lead_changes: int = Field(description="一年内分管人换了几次")
    liaison_changes: int = Field(description="一年内联络员换了几次")
    liaison_since: date | None = Field(description="现在的联络员从哪天起")
    in_duty: int = Field(description="分工几项")
    part_time: int = Field(description="其中兼职几项")
    shared: int = Field(description="合用的办公条件几种")
    worn: int = Field(description="破损或没有的几种")


class ImportOut(Schema):
    """A workbook of units and people that was handed in."""

    id: int
    name: str
    digest: str
    state: str
    handed_at: datetime = Field(description="上传时间")
    handed_by: str = Field(description="上传人")
    applied_at: datetime | None = Field(description="办结时间")
    summary: str = Field(description="改了什么")
    version: int
