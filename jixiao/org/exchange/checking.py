"""Would the county still make sense with what a workbook says? One unit a name, one liaison a unit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jixiao.org.exchange import layout as plan
from jixiao.org.exchange.lines import County, Line, Value
from jixiao.org.states import ABOVE, ASSESSED, SINGLE, DutyRole, Kind
from jixiao.workbooks.problems import Problem, Severity, quoted

KINDS = {kind.label: kind for kind in Kind}
ROLES = {role.label: role for role in DutyRole}
HINT_END = "请给结束的那一行填止日"


def check_state(found: County, county: County) -> Iterator[Problem]:
    """What is wrong with ``county`` once it says what was ``found``; every problem at a line found."""
    after = County({
        name: {**county.lines(name), **found.lines(name)} for name in plan.BY_NAME
    })  # fmt: skip
    yield from _units(after)
    for name in (plan.ALIASES, plan.POSTS, plan.DUTIES):
        yield from _days(after, name)
    yield from _posts(after)
    yield from _duties(after)
    yield from _strangers(after)


def _read(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that stand in the workbook."""
    return (line for line in lines if line.record)


def _groups(lines: Iterable[Line], *headers: str) -> Iterator[list[Line]]:
    """Lines that say the same under some headers, where there are several; the found ones last."""
    groups: dict[tuple[Value, ...], list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda each: each.record is not None):
        groups[tuple(line.values[header] for header in headers)].append(line)
    return (group for group in groups.values() if len(group) > 1 and group[-1].record)


# ---------------------------------------------------------------------- units


def _units(after: County) -> Iterator[Problem]:
    units = after.lines(plan.UNITS)
    for line in _read(units.values()):
        yield from _place(line, after)
    names = [*units.values(), *_as_names(after)]
    for *others, last in _groups(names, plan.PARENT, plan.NAME):
        if {each.values[plan.UNIT] for each in others} != {last.values[plan.UNIT]}:
            header = plan.ALIAS if last.plan.name == plan.ALIASES else plan.NAME
            yield last.problem(
                header, f"{quoted(others[0].text(plan.UNIT))}也叫这个名称", "请换一个"
            )


def _as_names(after: County) -> Iterator[Line]:
    """Aliases in force as if they were names, under the parent of their unit."""
    units = after.lines(plan.UNITS)
    for line in after.lines(plan.ALIASES).values():
        unit = units.get((line.values[plan.UNIT],))
        if unit and line.is_open:
            named = {plan.NAME: line.values[plan.ALIAS], plan.PARENT: unit.values[plan.PARENT]}
            yield replace(line, values={**line.values, **named})


def _place(line: Line, after: County) -> Iterator[Problem]:
    kind, parent = KINDS[line.text(plan.KIND)], line.text(plan.PARENT)
    if kind in ASSESSED:
        if parent:
            yield line.problem(plan.PARENT, f"{kind.label}是乡科级单位，没有上级", "请空着")
        return
    if line.text(plan.GROUP):
        yield line.problem(plan.GROUP, "只有乡科级单位才分比较组", "请空着")
    above = after.lines(plan.UNITS).get((parent,))
    if above is None:
        yield line.problem(plan.PARENT, f"没有写这个{kind.label}属于哪个单位", "请补填")
    elif KINDS[above.text(plan.KIND)] not in ABOVE[kind]:
        allowed = "、".join(each.label for each in ABOVE[kind])
        yield line.problem(
            plan.PARENT, f"{kind.label}不能属于{quoted(parent)}", f"可以属于：{allowed}"
        )
    elif _is_ring(line, after):
        yield line.problem(plan.PARENT, "绕成了一圈，自己成了自己的上级", "请核对")


def _is_ring(line: Line, after: County) -> bool:
    seen: set[Value] = set()
    at: Line | None = line
    while at is not None and at.values[plan.UNIT] not in seen:
        seen.add(at.values[plan.UNIT])
        at = after.lines(plan.UNITS).get((at.values[plan.PARENT],))
    return at is not None


# ---------------------------------------------------------------------- days, posts, duties


def _days(after: County, sheet: str) -> Iterator[Problem]:
    for line in _read(after.lines(sheet).values()):
        since, until = line.day(plan.SINCE), line.day(plan.UNTIL)
        if since and until and until < since:
            yield line.problem(plan.UNTIL, "止日早于起日", "请改正")
        unit = after.lines(plan.UNITS).get((line.values[plan.UNIT],))
        founded = unit.day(plan.FOUNDED) if unit else None
        if since and founded and since < founded:
            yield line.problem(plan.SINCE, f"早于单位的设立日期{founded}", "请核对")


def _open(after: County, sheet: str) -> list[Line]:
    return [line for line in after.lines(sheet).values() if line.is_open]


def _posts(after: County) -> Iterator[Problem]:
    held = _open(after, plan.POSTS)
    for *_others, last in _groups(held, plan.CODE, plan.UNIT, plan.TITLE):
        yield last.problem(plan.TITLE, "这个人已有同一个职务", HINT_END)
    yield from _left(after, held)


def _duties(after: County) -> Iterator[Problem]:
    held = _open(after, plan.DUTIES)
    single = [line for line in held if ROLES[line.text(plan.ROLE)] in SINGLE]
    for first, *_others, last in _groups(single, plan.UNIT, plan.ROLE):
        what = f"{last.text(plan.UNIT)}的{last.text(plan.ROLE)}已有{_name(first, after)}在任"
        yield last.problem(plan.ROLE, what, HINT_END)
    several = [line for line in held if line not in single]
    for *_others, last in _groups(several, plan.UNIT, plan.ROLE, plan.CODE):
        yield last.problem(plan.ROLE, "这个人已有这项分工", HINT_END)
    yield from _left(after, held)


def _name(line: Line, after: County) -> str:
    person = after.lines(plan.PEOPLE).get((line.values[plan.CODE],))
    return person.text(plan.PERSON_NAME) if person else line.text(plan.CODE)


def _left(after: County, held: Iterable[Line]) -> Iterator[Problem]:
    """Whoever left has nothing open any more."""
    for line in held:
        person = after.lines(plan.PEOPLE).get((line.values[plan.CODE],))
        if person is None or person.is_open:
            continue
        what = f"{_name(line, after)}已离开，{line.plan.name}还没有结束"
        if line.record:
            yield line.problem(plan.UNTIL, what, "请填止日")
        elif person.record:
            hint = f"请在“{line.plan.name}”表里填止日"
            yield person.problem(plan.LEFT, f"{what}（{line.text(plan.UNIT)}）", hint)


def _strangers(after: County) -> Iterator[Problem]:
    """Duties of people who have no post in the unit or below it are possible, but rare."""
    posts: dict[Value, list[str]] = defaultdict(list)
    for post in _open(after, plan.POSTS):
        posts[post.values[plan.CODE]].append(post.text(plan.UNIT))
    for line in _read(_open(after, plan.DUTIES)):
        unit = line.text(plan.UNIT)
        if not any(
            each == unit or each.startswith(unit + plan.SEPARATOR)
            for each in posts[line.values[plan.CODE]]
        ):
            problem = line.problem(plan.CODE, f"{_name(line, after)}在{quoted(unit)}没有职务")
            yield replace(problem, hint="请核对是否漏了任职", severity=Severity.WARNING)
