"""What do programs read of the year's work: cycle, schemes, results, opinions, notices?"""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from jixiao.api.schemas.shared import Text


class StageOut(Schema):
    """One step of a year."""

    id: int = Field(alias="stage.id")
    kind: str = Field(alias="stage.kind")
    name: str = Field(alias="label")
    since: date = Field(alias="stage.since")
    until: date = Field(alias="stage.until")
    note: str = Field(alias="stage.note")
    standing: str = Field(description="已过、进行中或未到", alias="standing.label")
    version: int = Field(alias="stage.version")


class CycleOut(Schema):
    """A year with its steps."""

    year: int = Field(alias="cycle.year")
    title: str = Field(alias="cycle.title")
    since: date = Field(alias="cycle.since")
    until: date = Field(alias="cycle.until")
    stages: list[StageOut] = Field(description="七个步骤", alias="steps")
    version: int = Field(alias="cycle.version")


class VersionOut(Schema):
    """A version of a scheme, without its text."""

    id: int
    line: str = Field(description="办法", alias="line.name")
    year: int
    number: int = Field(description="第几版")
    state: str
    document_number: str
    effective_on: date | None
    digest: str
    version: int


class FindingOut(Schema):
    """Something that the health check found."""

    key: str
    must: bool = Field(description="必须改的才能送审")
    place: str = Field(description="在哪里")
    message: str
    advice: str = Field(description="怎么改")
    source: str = Field(description="依据什么规定")


class ReturnOut(Schema):
    """Sent back, when and why."""

    submitted_at: datetime = Field(description="送审时间")
    returned_at: datetime = Field(description="退回时间")
    reason: str


class VersionCardOut(VersionOut):
    """A version with its whole text, as the platform keeps it and in Chinese words."""

    line: str = Field(description="办法")
    based_on_id: int | None = Field(description="依据哪一版")
    reason: str
    document: dict[str, Any] = Field(
        description="办法全文，可以原样用于 start_draft、replace_document"
    )
    yaml: str | None = Field(description="办法全文的 YAML；现在的草稿写不成的为空")
    findings: list[FindingOut] = Field(description="体检结果")
    burden_hours: str = Field(description="每个单位一年要花的小时数")
    returns: list[ReturnOut] = Field(description="退回记录")


class ChangeOut(Schema):
    """One difference between two versions."""

    words: str = Field(description="改了什么")


class ResultOut(Schema):
    """A sealed result that is kept."""

    id: int
    year: int
    round_name: str
    title: str = Field(description="办法")
    through: str
    state: str
    follows_id: int | None = Field(description="接替哪一次")
    reason: str = Field(description="为何重算")
    apply_until: date | None = Field(description="申请复核截止")
    scheme_digest: str = Field(description="办法摘要")
    sheet_digest: str = Field(description="记分表摘要")
    outputs_digest: str = Field(description="得分摘要")
    seal: str = Field(description="封条")
    engine: str = Field(description="计算程序")
    loaded_at: datetime = Field(description="录入时间")
    published_at: datetime | None = Field(description="公布时间")
    version: int


class ReviewOut(Schema):
    """An objection of a unit and where it stands."""

    id: int
    result_id: int = Field(description="哪次结果", alias="part.result_id")
    unit_id: int = Field(alias="part.unit_id")
    unit: str = Field(description="单位当时的名称", alias="part.name")
    kind: str
    code: str = Field(description="项目编码；对总分和等次的为空")
    item: str = Field(description="项目")
    claim: str
    asked: str
    state: str
    late: bool = Field(description="等决定，期限已过")
    late_reason: str
    applied_at: datetime = Field(description="申请时间")
    due_on: date = Field(description="决定期限")
    decision: str = Field(description="决定的理由")
    basis: str = Field(description="决定的依据")
    decided_at: datetime | None = Field(description="决定时间")
    appeal_until: date | None = Field(description="申诉截止")
    led_to_id: int | None = Field(description="重算的结果")
    version: int


class TierOut(Schema):
    """Which tier a unit has; in the scheme's order, so that no mark can be read off it."""

    unit_id: int
    unit: str = Field(description="单位当时的名称")
    group: str
    tier: str = Field(description="等次；没有的为空")


class MarkOut(TierOut):
    """The marks of one unit, for those whose reach it lies in."""

    place: int | None = Field(description="组内名次")
    total: str | None = Field(description="总分；缺项的为空")
    adjust: str | None = Field(description="加减分")
    before: str = Field(description="只按得分的等次")
    gates: list[str] = Field(description="触发的否决")
    cells: list[str | None] = Field(description="各大项得分，按办法的次序")
    hint: str = Field(description="离哪条线多远，或缺什么")


class PastOut(Schema):
    """A year entered as history: tiers from a document, without marks."""

    id: int
    line_id: int | None
    year: int
    title: str
    document: str
    entered_at: datetime = Field(description="录入时间")
    confirmed_at: datetime | None = Field(description="核对时间；没有核对的还不算数")
    version: int


class TriedOut(Schema):
    """One change that was tried."""

    kind: str = Field(description="动的是什么：评估组、记录人、评分单位、项目、权重、不计")
    words: str = Field(description="怎么动，谁的等次由什么变为什么")


class AnalysisOut(Schema):
    """How firm a result is."""

    alarms: list[str] = Field(description="审定前要问的")
    flat: list[str] = Field(description="拉不开差距的项目和原因")
    tried: int = Field(description="试了几种变动")
    cases: list[TriedOut] = Field(description="会改变等次的变动")


class LineOut(Schema):
    """One scored item of a unit's card."""

    code: str
    name: str
    full: str = Field(description="满分")
    mark: str = Field(description="得分")
    lost: str = Field(description="丢了几分")
    reason: str = Field(description="为什么")


class CategoryOut(Schema):
    """A category with its items."""

    name: str
    mark: str = Field(description="得分")
    full: str = Field(description="满分")
    lines: list[LineOut] = Field(description="项目")


class CardOut(Schema):
    """A unit's card."""

    unit_id: int = Field(alias="part.unit_id")
    unit: str = Field(description="单位当时的名称", alias="part.name")
    group: str = Field(alias="part.group")
    place: int | None = Field(description="组内名次", alias="card.standing.place")
    size: int = Field(description="组内单位数", alias="card.size")
    total: str = Field(description="总分", alias="card.total")
    full: str = Field(description="满分", alias="card.full")
    tier: str = Field(description="等次", alias="card.standing.tier")
    words: str = Field(description="总分怎么来的", alias="total_words")
    next_line: str = Field(description="离上一等次多远", alias="card.next_line")
    categories: list[CategoryOut] = Field(description="各大项", alias="card.categories")
    extras: list[LineOut] = Field(description="加分、扣分", alias="card.extras")
    gates: list[tuple[str, str]] = Field(description="触发的否决和依据")


class WhyRoundOut(Schema):
    """One item in one round."""

    name: str = Field(description="哪一轮；不分轮的为空")
    inputs: list[tuple[str, str]] = Field(description="用到的数据")
    steps: list[str] = Field(description="一步一步怎么算")


class WhyOut(Schema):
    """Why a unit got this mark for one item."""

    code: str
    name: str
    mark: str = Field(description="得分")
    full: str = Field(description="满分")
    rule: str = Field(description="规则原话")
    rounds: list[WhyRoundOut] = Field(description="各轮")
    year: str = Field(description="全年怎么合成")
    is_confirmed: bool = Field(description="此刻重算仍一致")


class ItemAsked(Schema):
    """Which item."""

    code: Text = Field(description="项目编号，如 2.1", max_length=80)


class Compared(Schema):
    """Compared with which version."""

    base: int = Field(description="对照的一版的编号", ge=1, le=2**62)


class PublicOpinionOut(Schema):
    """An opinion that everybody may read."""

    id: int
    kind: str
    text: str
    author: str = Field(description="提出人；本人要求隐去的写“不署名”")
    answer: str
    answered_at: datetime | None = Field(description="答复时间")
    published_at: datetime | None = Field(description="公开时间")


class OpinionOut(PublicOpinionOut):
    """An opinion as its author and the office read it."""

    author: str = Field(description="提出人", alias="written_by.name")
    unit_id: int | None
    page: str
    hides_name: bool
    state: str
    written_at: datetime = Field(description="提出时间")
    seen_at: datetime | None = Field(description="本人看到答复的时间")
    version: int


class NoticeOut(Schema):
    """A notice, to how many units it went, and how many read it and signed for it."""

    id: int
    title: str
    body: str
    due_on: date | None
    needs_sign: bool
    sent_at: datetime = Field(description="发出时间")
    to: int = Field(description="发给几个单位")
    read: int = Field(description="几个已读")
    signed: int = Field(description="几个已签收")
    version: int


class ReceiptOut(Schema):
    """What a unit did with a notice."""

    id: int
    notice_id: int = Field(description="通知编号")
    title: str = Field(description="通知标题", alias="notice.title")
    body: str = Field(description="通知正文", alias="notice.body")
    due_on: date | None = Field(alias="notice.due_on")
    needs_sign: bool = Field(alias="notice.needs_sign")
    unit_id: int
    unit: str = Field(alias="unit.name")
    read_at: datetime | None = Field(description="阅读时间")
    acknowledged_at: datetime | None = Field(description="签收时间")
    version: int
