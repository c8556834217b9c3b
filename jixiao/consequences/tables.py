"""Which lists do units, rules and matters of people make?"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jixiao.consequences.states import (
    PERSONAL,
    RATES,
    DecisionState,
    ListingState,
    MeasureState,
    Purpose,
)
from jixiao.core.signs import State as Shape
from jixiao.core.signs import badge, link
from jixiao.core.tables import Column, Filter, Table

SHAPES: dict[str, Shape] = {
    DecisionState.WAITING: "open", DecisionState.APPLIED: "done", DecisionState.DECLINED: "done",
    DecisionState.POSTPONED: "current", DecisionState.WITHDRAWN: "plain",
    MeasureState.DRAFT: "open", MeasureState.IN_FORCE: "done", MeasureState.ENDED: "plain",
    ListingState.SUPERSEDED: "plain",
}  # fmt: skip
YES = (("True", "依据已变"),)


def rate_words(kind: str, rate: Decimal | None) -> str | None:
    """A quota's share in percent, a coefficient as it is."""
    if rate is None:
        return None
    if kind == Purpose.COEFFICIENT:
        return f"{rate.normalize():f}"
    return f"{(rate * 100).normalize():f}%"


def _unit(row: Any) -> SafeString:  # noqa: ANN401 - an entry
    return link(reverse("result_unit", args=[row.part.result_id, row.part.unit_id]), row.part.name)


def money(row: Any) -> Decimal | None:  # noqa: ANN401 - an entry
    """Yuan, where the county entered what one coefficient is worth."""
    amount = row.listing.amount
    return (
        None
        if amount is None or row.rate is None
        else (amount * row.rate).quantize(Decimal("0.01"))
    )


def _people(row: Any) -> SafeString | int | None:  # noqa: ANN401 - an entry
    url = reverse("decision_propose", args=[row.pk])
    words = f"{row.people_concerned} 人" if row.people_concerned else "提出"
    return link(url, words)


def matter_state(row: Any) -> SafeString:  # noqa: ANN401 - a decision
    """Where it stands; a changed ground goes before everything."""
    shown = badge(row.get_state_display(), SHAPES[row.state])
    if row.is_flagged:
        return format_html("<span>{} {}</span>", badge("依据已变", "risk"), shown)
    if row.is_waiting:
        return format_html("<span>{} {}</span>", badge("等重新开列", "risk"), shown)
    return shown


UNIT = Column("unit", "单位", _unit, sort="part_id", value=lambda row: row.part.name)
GROUP = Column("group", "组别", lambda row: row.part.group, sort="part__group")
REASON = Column("reason", "理由", lambda row: row.reason)
SEARCH = ("part__name__icontains", "reason__icontains")
NOBODY = ("没有单位符合", "条件和依据见上，没有单位在这份名单上。")

NAMED = Table(name="名单", columns=(UNIT, GROUP, REASON), search=SEARCH, order="unit", empty=NOBODY)
PROPOSED = Table(
    name="名单",
    columns=(
        UNIT, GROUP, REASON,
        Column("people", "涉及个人", _people, value=lambda row: row.people_concerned),
    ),
    search=SEARCH, order="unit", empty=NOBODY,
)  # fmt: skip
SHARED = Table(
    name="名额",
    columns=(
        UNIT, GROUP,
        Column(
            "rate", "比例或系数", lambda row: rate_words(row.listing.kind, row.rate),
            sort="rate", align="right", value=lambda row: row.rate,
        ),
        Column("staff", "人数", lambda row: row.people, sort="people", align="right"),
        Column("places", "名额", lambda row: row.places, sort="places", align="right"),
        Column("money", "金额（元）", money, align="right"),
        REASON,
    ),
    search=SEARCH, order="unit", empty=NOBODY,
)  # fmt: skip


def entries_table(kind: str, *, may_propose: bool, has_places: bool) -> Table:
    """The columns that a list of this kind has for this reader."""
    if kind in RATES:
        out = {"money"} if kind == Purpose.QUOTA else set()
        out |= set() if has_places else {"staff", "places"}
        columns = tuple(each for each in SHARED.columns if each.key not in out)
        return replace(SHARED, columns=columns)
    return PROPOSED if kind in PERSONAL and may_propose else NAMED


OWN = Table(
    name="结果运用",
    columns=(
        UNIT,
        Column("name", "事项", lambda row: row.listing.name, sort="listing_id"),
        Column("year", "年度", lambda row: row.listing.result.year, sort="listing__result__year"),
        REASON,
        Column("basis", "依据", lambda row: row.listing.basis),
    ),
    search=(*SEARCH, "listing__name__icontains"),
    order="unit",
    empty=("还没有结果运用", "县绩效办按审定的结果开列名单后，这里写明本单位适用什么、为什么。"),
)  # fmt: skip
DECISIONS = Table(
    name="涉及个人的决定",
    columns=(
        Column(
            "person", "人员", lambda row: link(reverse("decision", args=[row.pk]), row.person.name),
            sort="person__code", value=lambda row: row.person.name,
        ),
        Column("unit", "单位", lambda row: row.entry.part.name, sort="entry__part__name"),
        Column("post", "职务和分工", lambda row: row.post),
        Column("proposal", "拟如何", lambda row: row.proposal),
        Column("ground", "依据", lambda row: f"{row.entry.listing.name}：{row.entry.reason}"),
        Column("state", "状态", matter_state, sort="urgency", value=lambda row: row.get_state_display()),
        Column("proposed", "提出", lambda row: row.proposed_at, sort="proposed_at"),
    ),
    filters=(
        Filter("state", "状态", DecisionState.choices, lookup="state"),
        Filter("flagged", "依据", YES, lookup="flagged"),
    ),
    search=("person__name__icontains", "entry__part__name__icontains", "entry__listing__name__icontains"),
    empty=("没有涉及个人的事项", "县绩效办在名单上对责任人员提出以后，在这里由人决定。"),
)  # fmt: skip
MEASURES = Table(
    name="结果运用规定",
    columns=(
        Column("name", "名称", lambda row: link(reverse("measure", args=[row.pk]), row.name), sort="name", value=str),
        Column("kind", "用于", lambda row: row.get_kind_display(), sort="kind"),
        Column("line", "办法", lambda row: row.line.name if row.line else "平台外计分的结果"),
        Column("document", "文号", lambda row: row.document),
        Column("since", "施行", lambda row: row.since, sort="since"),
        Column("state", "状态", lambda row: badge(row.get_state_display(), SHAPES[row.state]), sort="state"),
    ),
    filters=(
        Filter("state", "状态", MeasureState.choices, lookup="state"),
        Filter("kind", "用于", Purpose.choices, lookup="kind"),
    ),
    search=("name__icontains", "document__icontains"),
    empty=("没有另外的规定", "办法里的“结果运用”直接开列名单；办法里没有写、县里另有文件的，在这里写。"),
)  # fmt: skip
