"""Which columns do the lists of units and people have?"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jixiao.core.signs import State as Sign
from jixiao.core.signs import badge, link, sign
from jixiao.core.tables import Column, Filter, Table
from jixiao.org.queries.units import Branch, groups
from jixiao.org.states import (
    SINGLE,
    ConditionKind,
    DutyRole,
    ImportState,
    Kind,
    Manner,
    Rank,
    State,
    Use,
)

Cell = Callable[[Any], object]
MONTH = 30.4
"""Days, for terms told in months."""
KEPT: dict[str, Sign] = {State.GOOD: "done", State.WORN: "risk", State.LACKING: "late"}
"""How the state of an office or a computer is drawn."""
WAITS: dict[str, Sign] = {
    ImportState.WAITING: "current", ImportState.APPLIED: "done", ImportState.DROPPED: "plain",
}  # fmt: skip
YES = (("True", "是"),)


def months(days: int | None) -> str:
    """A term in months; below one in days."""
    if days is None:
        return "—"
    return f"{days} 天" if days < MONTH else f"{days / MONTH:.0f} 个月"


def to_page(name: str, row: Any) -> SafeString:  # noqa: ANN401 - any row that has a page
    """The row's name, leading to its page."""
    return link(reverse(name, args=[row.pk]), row)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("、", "{}", ((part,) for part in parts))


def _holders(role: DutyRole) -> Cell:
    def cell(unit: Any) -> SafeString:  # noqa: ANN401 - a row
        held = [to_page("person", duty.person) for duty in unit.held if duty.role == role]
        return _joined(held) if held else sign("空缺", "risk")

    return cell


def _names(role: DutyRole) -> Cell:
    return lambda unit: "、".join(duty.person.name for duty in unit.held if duty.role == role)


def _unit_column(label: str = "单位") -> Column:
    return Column("name", label, lambda u: to_page("unit", u), sort="search", value=str)


_KIND = Column("kind", "类别", lambda u: u.get_kind_display(), sort="kind")
_PEOPLE = Column("people", "在岗人数", lambda u: u.people, sort="people", align="right")


def tree(branches: Iterable[Branch]) -> SafeString:
    """Units with what belongs to them, folded."""
    return format_html_join("", "{}", ((_branch(each),) for each in branches))


def _branch(branch: Branch) -> SafeString:
    leaf = format_html("<li><div>{}</div></li>", to_page("unit", branch.unit))
    if not branch.children:
        return leaf
    return format_html(
        "<li><details><summary>{} <small>{} 个下级</small></summary><ul>{}{}</ul></details></li>",
        branch.unit, len(branch.children), leaf, tree(branch.children),
    )  # fmt: skip


UNIT_LIST = Table(
    name="单位",
    columns=(
        _unit_column(),
        _KIND,
        Column("group", "比较组", lambda u: u.group, sort="group"),
        Column("lead", "分管人", _holders(DutyRole.LEAD), value=_names(DutyRole.LEAD)),
        Column("liaison", "联络员", _holders(DutyRole.LIAISON), value=_names(DutyRole.LIAISON)),
        _PEOPLE,
        Column("below", "下级单位", lambda u: u.below, sort="below", align="right"),
    ),
    filters=(
        Filter("kind", "类别", Kind.choices[:4], lookup="kind"),
        Filter("group", "比较组", groups, lookup="group"),
    ),
    search=("search__contains",),
    empty=("还没有单位", "先导入单位名单，或设立一个单位。"),
)

BELOW_LIST = Table(
    name="下级单位",
    columns=(
        _unit_column(),
        Column("parent", "上级", lambda u: to_page("unit", u.parent), sort="path", value=lambda u: str(u.parent)),
        _KIND,
        Column("liaison", "联络员", _names(DutyRole.LIAISON)),
        _PEOPLE,
    ),
    search=("search__contains", "parent__search__contains"),
    empty=("还没有登记", "在上级单位的页面上设立，或一次导入。"),
)  # fmt: skip

CLOSED_LIST = Table(
    name="已撤销的单位",
    columns=(
        _unit_column(),
        _KIND,
        Column("since", "设立", lambda u: u.since, sort="since"),
        Column("until", "存续到", lambda u: u.until, sort="until"),
    ),
    search=("search__contains",),
    order="-until",
    empty=("没有撤销的单位", "合并、分设、撤销以后，原单位列在这里，随时可查。"),
)


def _now(version: Any) -> str:  # noqa: ANN401 - a row
    """What became of the unit since; empty where nothing did."""
    if not version.unit.is_open:
        return "已撤销"
    return "" if version.unit.name == version.name else f"现名{version.unit}"


VERSION_LIST = Table(
    name="某一天的单位",
    columns=(
        Column("name", "当时的名称", lambda v: link(reverse("unit", args=[v.unit_id]), v.name), sort="name", value=lambda v: v.name),
        _KIND,
        Column("group", "比较组", lambda v: v.group, sort="group"),
        Column("parent", "上级", lambda v: v.parent or ""),
        Column("since", "从", lambda v: v.since, sort="since"),
        Column("until", "到", lambda v: v.until, sort="until"),
        Column("now", "后来", _now),
    ),
    filters=(Filter("kind", "类别", Kind.choices, lookup="kind"),),
    search=("name__contains",),
    empty=("那一天没有登记的单位", "沿革从设立日期开始，请换一个更近的日期。"),
)  # fmt: skip
LISTS = {"": UNIT_LIST, "below": BELOW_LIST, "villages": BELOW_LIST, "closed": CLOSED_LIST}


# ---------------------------------------------------------------------- people


def _jobs(person: Any) -> str:  # noqa: ANN401 - a row
    return "；".join(f"{job.unit} {job.title}" for job in person.jobs)


def _duties(person: Any) -> str:  # noqa: ANN401 - a row
    return "；".join(f"{duty.unit} {duty.get_role_display()}" for duty in person.held)


_DETAILS = (
    Column("code", "人员编号", lambda p: p.code, sort="code"),
    Column("rank", "职级", lambda p: p.get_rank_display(), sort="rank"),
)


def people_table(*, with_details: bool) -> Table:
    """People with their jobs; number and rank only for those who keep them."""
    return Table(
        name="人员",
        columns=(
            Column("name", "姓名", lambda p: to_page("person", p), sort="search", value=str),
            *(_DETAILS if with_details else ()),
            Column("jobs", "单位和职务", _jobs),
            Column("held", "绩效分工", _duties),
        ),
        filters=(
            Filter("lead", "分管人", YES, lookup="is_lead"),
            Filter("liaison", "联络员", YES, lookup="is_liaison"),
            *((Filter("rank", "职级", Rank.choices, lookup="rank"),) if with_details else ()),
        ),
        search=("search__contains",),
        empty=("还没有人员", "先导入人员名单，或登记一个人。"),
    )


# ---------------------------------------------------------------------- stability, conditions


def _vacancies(unit: Any) -> SafeString | str:  # noqa: ANN401 - a row
    gaps = [role.label for role in SINGLE if not getattr(unit, f"has_{role.value}")]
    return sign("、".join(map(str, gaps)), "risk") if gaps else ""


def _term(today: date) -> Cell:
    return lambda u: months((today - u.liaison_since).days if u.liaison_since else None)


def _often(key: str) -> Cell:
    def cell(unit: Any) -> object:  # noqa: ANN401 - a row
        times = getattr(unit, key)
        return sign(times, "risk") if times > 1 else times

    return cell


def _times(key: str, header: str) -> Column:
    return Column(
        key, header, _often(key), sort=key, align="right", value=lambda u: getattr(u, key)
    )


def _number(key: str, header: str) -> Column:
    return Column(key, header, lambda u: getattr(u, key) or "", sort=key, align="right")


def stability_table() -> Table:
    """How steady the people of every unit are."""
    today = timezone.localdate()
    vacant = (("False", "空缺"), ("True", "有人"))
    return Table(
        name="分工与稳定性",
        columns=(
            _unit_column(),
            Column("vacant", "空缺", _vacancies),
            _times("liaison_changes", "联络员变动"),
            _times("lead_changes", "分管人变动"),
            Column("term", "现任联络员任期", _term(today), sort="liaison_since", align="right"),
            Column("part", "兼职", lambda u: f"{u.part_time}/{u.in_duty}", sort="part_time", align="right"),
            _number("shared", "合用"),
            _number("worn", "破损或没有"),
        ),
        filters=(
            Filter("head", "组长", vacant, lookup="has_head"),
            Filter("lead", "分管人", vacant, lookup="has_lead"),
            Filter("liaison", "联络员", vacant, lookup="has_liaison"),
            Filter("group", "比较组", groups, lookup="group"),
        ),
        search=("search__contains",),
        order="-liaison_changes",
        empty=("还没有参评的单位", "先导入单位名单，给参评的单位写上比较组。"),
    )  # fmt: skip


@cache
def _kept(state: str, use: str) -> SafeString:
    """State and use of a thing; there are few combinations and many cells."""
    if use != Use.SHARED:
        return sign(State(state).label, KEPT[state])
    return sign(f"{State(state).label} · 合用", "risk" if state == State.GOOD else KEPT[state])


def _found(kind: ConditionKind) -> Cell:
    def cell(unit: Any) -> SafeString:  # noqa: ANN401 - a row
        for row in unit.found:
            if row.kind == kind:
                return _kept(row.state, row.use)
        return sign("未登记", "open")

    return cell


CONDITION_LIST = Table(
    name="办公条件",
    columns=(
        _unit_column(),
        *(Column(kind.value, str(kind.label), _found(kind)) for kind in ConditionKind),
        _number("shared", "合用"),
        _number("worn", "破损或没有"),
    ),
    filters=(
        Filter("worn", "破损或没有", YES, lookup="has_worn"),
        Filter("shared", "合用", YES, lookup="has_shared"),
        Filter("recorded", "登记", (("False", "还没有"), ("True", "已登记")), lookup="is_recorded"),
        Filter("group", "比较组", groups, lookup="group"),
    ),
    search=("search__contains",),
    order="-worn",
    empty=("还没有参评的单位", "先导入单位名单，给参评的单位写上比较组。"),
)


# What happened to units, and what was handed in


def _before(event: Any) -> SafeString:  # noqa: ANN401 - a row
    units = dict.fromkeys(each.before for each in event.successions.all())
    return _joined(to_page("unit", unit) for unit in units)


def _after(event: Any) -> SafeString:  # noqa: ANN401 - a row
    units = dict.fromkeys(each.after for each in event.successions.all() if each.after)
    return _joined(to_page("unit", unit) for unit in units)


REORGANIZATION_LIST = Table(
    name="机构变动",
    columns=(
        Column("on", "生效日期", lambda e: e.on, sort="on"),
        Column("manner", "方式", lambda e: e.get_manner_display(), sort="manner"),
        Column("before", "原单位", _before),
        Column("after", "承接单位", _after),
        Column("document", "依据", lambda e: e.document, sort="document"),
        Column("reason", "原因", lambda e: e.reason),
    ),
    filters=(Filter("manner", "方式", Manner.choices, lookup="manner"),),
    search=("document__icontains", "reason__icontains"),
    order="-on",
    empty=("还没有机构变动", "单位合并、分设、撤销后列在这里；更名和划转写在单位页的沿革里。"),
)

IMPORT_LIST = Table(
    name="导入记录",
    columns=(
        Column("name", "文件", lambda i: to_page("org_import", i), value=str),
        Column("state", "状态", lambda i: badge(i.get_state_display(), WAITS[i.state]), sort="state"),
        Column("summary", "改动", lambda i: i.summary),
        Column("document", "依据", lambda i: i.document),
        Column("handed_by", "上传", lambda i: f"{i.handed_by}", sort="handed_by"),
        Column("handed_at", "上传时间", lambda i: i.handed_at, sort="handed_at"),
    ),
    filters=(Filter("state", "状态", ImportState.choices, lookup="state"),),
    empty=("还没有导入过", "先下载工作簿，改好后在上面交回来。"),
)  # fmt: skip
