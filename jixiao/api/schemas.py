"""What does the platform tell programs? One shape a thing, in the words of the glossary."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class Words(Schema):
    """What is looked for."""

    q: str = Field("", description="名称、别名、拼音", max_length=80)


class UnitsAsked(Words):
    """Which units."""

    kind: str = Field("", description="类别", max_length=20)
    closed: bool = Field(default=False, description="连已撤销的一起")


class OfUnit(Schema):
    """Of which unit; none: of all."""

    unit: int | None = Field(None, description="单位编号", ge=1, le=2**62)


class Me(Schema):
    """Who the token belongs to and what it may do."""

    name: str = Field(description="姓名")
    roles: list[str] = Field(description="今天持有的角色")
    permissions: list[str] = Field(description="可以做的事")


class UnitOut(Schema):
    """A unit as it is today."""

    id: int = Field(description="编号")
    name: str = Field(description="名称")
    kind: str = Field(description="类别")
    group: str = Field(description="比较组")
    parent_id: int | None = Field(description="上级")
    since: date = Field(description="设立")
    until: date | None = Field(description="撤销")
    version: int = Field(description="第几次修改；改动时带上，防止覆盖别人的改动")


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


class UnitCardOut(UnitOut):
    """A unit with its other names and its history."""

    aliases: list[AliasOut] = Field(description="别名")
    versions: list[NameOut] = Field(description="沿革")


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


class PersonOut(Schema):
    """Somebody who works for the county, as those see who keep the list of people."""

    id: int
    name: str
    code: str
    rank: str
    left_on: date | None
    version: int


class ConditionOut(Schema):
    """In what conditions a unit works."""

    id: int
    unit_id: int
    kind: str
    quantity: int
    use: str
    state: str
    seen_on: date
    version: int


class EventOut(Schema):
    """One audit entry."""

    id: int
    at: datetime
    action: str
    label: str
    actor: str
    acting_for: str
    subject: str
    subject_label: str
    changes: list[dict[str, object]]
    reason: str
    origin: str


class Problem(Schema):
    """Why something was not done: a sentence, and the field it is about."""

    message: str
    field: str | None = None
