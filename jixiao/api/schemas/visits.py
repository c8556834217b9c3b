"""What do programs read of assessments on site?"""

from datetime import date, datetime, time
from typing import Any

from ninja import Schema
from pydantic import Field


class RoundOut(Schema):
    """A round and how far it has come."""

    id: int
    scheme_id: int = Field(description="按哪一版办法，编号", alias="version_of_id")
    scheme: str = Field(description="办法", alias="version_of.line.name")
    year: int = Field(alias="version_of.year")
    kind: str
    code: str = Field(description="办法中的轮次；不计入得分的为空")
    name: str
    since: date
    until: date
    is_double: bool
    asks_self: bool
    state: str
    units: int = Field(description="参加的单位数")
    done: int = Field(description="已双方确认的单位数")
    opened_at: datetime | None = Field(description="开始时间")
    closed_at: datetime | None = Field(description="结束时间")
    version: int


class VisitOut(Schema):
    """A unit in a round: who comes when."""

    id: int
    round_id: int = Field(description="轮次编号")
    round: str = Field(description="轮次名称", alias="round.name")
    unit_id: int
    unit: str = Field(description="办法中的名称", alias="name")
    group: str
    team_id: int | None = Field(description="评估组编号")
    team: str = Field("", description="评估组；没有分组的为空", alias="team.name")
    on: date | None = Field(description="日期")
    starts: time | None
    ends: time | None
    place_note: str
    state: str
    excuse: str = Field(description="不参加的原因")
    version: int


class MemberOut(Schema):
    """An assessor in a team."""

    id: int = Field(description="人员编号", alias="person")
    name: str = Field(description="姓名")
    is_head: bool = Field(description="组长")


class TeamOut(Schema):
    """A team with its people."""

    id: int = Field(alias="pk")
    name: str
    members: list[MemberOut] = Field(description="评估员，组长在前")
    units: int = Field(description="几个单位")
    done: int = Field(description="已双方确认的单位数")


class DrawOut(Schema):
    """A draw as it is public."""

    id: int
    name: str
    state: str
    counts: dict[str, int]
    commitment: str = Field(description="种子、范围和个数的摘要，抽取之前公布")
    seed: str = Field(description="种子；抽取之前为空")
    word: str
    witness: str
    drawn: list[int] = Field(description="抽中的单位编号")
    committed_at: datetime = Field(description="公布摘要的时间")
    drawn_at: datetime | None = Field(description="抽取时间")
    file: str = Field(description="公开的抽取记录原文，存成文件可用 jixiao draw verify 核对")
    version: int


class GapOut(Schema):
    """A figure that nobody has given yet."""

    round: str = Field(description="办法中的轮次；办法只有一轮的为空")
    unit: str
    code: str = Field(description="项目编码；缺整轮的为空")
    item: str = Field(description="项目")
    label: str = Field(description="缺什么")
    owner: str = Field(description="由谁补")


class SheetRowOut(Schema):
    """One unit's row of the mark sheet."""

    unit: str
    values: dict[str, int | None] = Field(description="记分表各列的数，以万分之一为单位")


class RecordOut(Schema):
    """What stands for one item."""

    id: int
    values: dict[str, int | None] = Field(description="记分表各列的数，以万分之一为单位")
    reason: str = Field(description="扣分理由")
    remark: str
    state: str
    saved_at: datetime = Field(description="记录时间")
    saved_by: str = Field(description="谁记的", alias="saved_by.name")
    version: int


class RecordCorrectionOut(Schema):
    """A confirmed record that was put right."""

    before: dict[str, Any] = Field(description="更正前的数值、得分（万分之一）和理由")
    after: dict[str, Any] = Field(description="更正后的数值、得分（万分之一）和理由")
    reason: str = Field(description="更正原因")
    document: str
    corrected_at: datetime = Field(description="更正时间")
    corrected_by: str = Field(description="谁更正的", alias="corrected_by.name")


class VisitItemOut(Schema):
    """One item of a visit."""

    code: str = Field(description="项目编码", alias="task.code")
    name: str = Field(alias="task.name")
    category: str = Field(description="大项", alias="task.category")
    rule: str = Field(description="规则", alias="task.sentence")
    keeper: str = Field(description="由谁提供数据；空的由评估员现场记", alias="task.keeper")
    full: str = Field(description="满分；加扣分没有")
    own: str = Field(description="自评得分；没有自评的为空")
    mark: str = Field(description="得分；没有记录、还没有反馈或还算不出的为 —")
    methods: str
    record: RecordOut | None = Field(description="现场记录；没有记录或还没有反馈的为空")
    corrections: list[RecordCorrectionOut] = Field(description="各次更正")


class FoundOut(Schema):
    """A finding noted in a visit."""

    id: int
    code: str = Field(description="项目编码")
    item: str = Field(description="项目")
    fact: str
    evidence: str
    opinion: str
    workdays: int
    due_on: date | None
    repeats_id: int | None = Field(description="重复哪一条")
    state: str


class StandOut(Schema):
    """Somebody's confirmation."""

    side: str = Field(alias="row.side")
    person_name: str = Field(alias="row.person_name")
    post: str = Field(description="职务", alias="row.post")
    manner: str = Field(description="方式", alias="row.manner")
    agrees: bool = Field(alias="row.agrees")
    view: str = Field(alias="row.view")
    is_void: bool = Field(description="已失效：给出之后记录退回改过", alias="row.is_void")
    confirmed_at: datetime = Field(description="确认时间", alias="row.confirmed_at")


class VisitCardOut(Schema):
    """A visit as far as whoever asks may see it."""

    visit: VisitOut = Field(description="现场评估")
    assessors: list[str] = Field(description="评估员")
    shows_marks: bool = Field(description="看得到记录、问题和确认；单位要到反馈之后")
    items: list[VisitItemOut] = Field(description="各项")
    findings: list[FoundOut] = Field(description="现场发现的问题", alias="cases")
    confirmations: list[StandOut] = Field(description="双方的确认", alias="stands")

    @staticmethod
    def resolve_assessors(obj: Any) -> list[str]:  # noqa: ANN401 - what is known of a visit
        """Names; the head first."""
        return [each.name for each in obj.people]
