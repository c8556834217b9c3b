"""What do programs read of findings and reminders?"""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class CaseOut(Schema):
    """A finding and where it stands."""

    id: int
    unit_id: int
    unit: str = Field(description="单位名称", alias="unit.name")
    year: int
    source: str
    code: str
    item: str
    theme: str
    fact: str
    evidence: str
    cause: str
    opinion: str
    workdays: int
    due_on: date | None
    state: str
    turn: int = Field(description="第几轮整改")
    late: bool = Field(description="等单位办，期限已过")
    repeats_id: int | None = Field(description="重复哪一条")
    found_at: datetime = Field(description="发现时间")
    told_at: datetime | None = Field(description="反馈时间")
    closed_at: datetime | None = Field(description="销号时间")
    version: int


class CaseStepOut(Schema):
    """One thing done about a finding."""

    kind: str
    turn: int = Field(description="第几轮整改")
    text: str
    where: str
    due_on: date | None
    taken_at: datetime = Field(description="办理时间")
    taken_by: str = Field(description="谁办的", alias="taken_by.name")


class CaseCardOut(Schema):
    """A finding with everything that was done about it."""

    case: CaseOut = Field(description="问题")
    steps: list[CaseStepOut] = Field(description="经过")


class ReplyOut(Schema):
    """What a unit answered, and why it was not enough."""

    text: str
    replied_at: datetime = Field(description="回复时间")
    sent_back: str = Field(description="退回理由；没有退回的为空")


class ReminderOut(Schema):
    """A reminder and where it stands."""

    id: int
    unit_id: int
    unit: str = Field(description="单位名称", alias="unit.name")
    case_id: int | None
    number: str
    subject: str
    facts: str = Field(description="情况")
    asked: str
    due_on: date
    state: str
    late: bool = Field(description="没有回复，期限已过")
    sent_at: datetime = Field(description="发出时间")
    settled_at: datetime | None = Field(description="办结时间")
    replies: list[ReplyOut] = Field(description="各次回复")
    version: int
