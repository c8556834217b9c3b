"""How does a scheme go over into another year, and what may not change inside a year?

An amendment governs from its day on: what was counted, weighed or judged before stays as it was.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from jixiao.scoring.columns import all_leaves
from jixiao.scoring.events import EventTable
from jixiao.scoring.scheme import Group, Item, Period, Scheme

ONE_DAY = timedelta(days=1)


def blank(title: str, *, year: int) -> Scheme:
    """The beginning of a scheme: one category with one item, three groups without units."""
    item = Item.model_validate({"code": "1.1", "name": "第一项", "points": "100"})
    category = Item.model_validate(
        {"code": "1", "name": "第一类", "points": "100", "items": [item]}
    )
    names = ("乡镇", "园区", "部门")
    return Scheme.model_validate(
        {
            "title": title,
            "full": "100",
            "decimals": 1,
            "period": period_of_year(year),
            "groups": [Group(name=name) for name in names],
            "items": [category],
        }
    )


def period_of_year(year: int) -> Period:
    """The calendar year."""
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def for_year(scheme: Scheme, *, old: int, new: int) -> Scheme:
    """The scheme for another year: years in titles and dates follow; its number is to come."""
    period = scheme.period or period_of_year(old)
    years = new - old
    return scheme.model_copy(
        update={
            "title": scheme.title.replace(f"{old}年", f"{new}年"),
            "document": "",
            "period": Period(start=_later(period.start, years), end=_later(period.end, years)),
            "data": tuple(
                each.model_copy(
                    update={"from_result": each.from_result.replace(f"{old}年", f"{new}年")}
                )
                for each in scheme.data
            ),
            "items": tuple(_item_later(item, years) for item in scheme.items),
            "adjustments": tuple(_item_later(item, years) for item in scheme.adjustments),
        }
    )


def _item_later(item: Item, years: int) -> Item:
    events = item.events and item.events.model_copy(
        update={
            "counts_from": item.events.counts_from and _later(item.events.counts_from, years),
            "counts_to": item.events.counts_to and _later(item.events.counts_to, years),
        }
    )
    inside = tuple(_item_later(each, years) for each in item.items)
    return item.model_copy(update={"events": events, "items": inside})


def _later(day: date, years: int) -> date:
    """The same day another year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def reaches_back(before: Scheme, after: Scheme, *, on: date) -> Iterator[str]:
    """What an amendment in force from ``on`` would change for the time before that day."""
    if before.period != after.period:
        yield "考核期不能改：改了会动到施行以前的时间"
    if before.rounds != after.rounds:
        yield "轮次和权重不能改：改了会动到已经评过的轮次，请从下一年度改起"
    ours = {item.code: item.events for item in all_leaves(after) if item.events}
    theirs = {item.code: item.events for item in all_leaves(before) if item.events}
    last = on - ONE_DAY
    for code, table in theirs.items():
        if code not in ours:
            yield f"加扣分项目{code}不能删去：施行以前的事项还要按它计分，请把“计入止”写成{last}"
        elif not _only_ends(table, ours[code], last):
            yield (
                f"加扣分项目{code}的计分不能直接改：施行以前的事项也会跟着变。"
                f"请保留原项，把“计入止”写成{last}，另加一项从{on}起计"
            )
    for code, table in ours.items():
        if code not in theirs and (table.counts_from is None or table.counts_from < on):
            yield f"新增的加扣分项目{code}要写“计入起”，不能早于施行日期{on}"


def _only_ends(before: EventTable, after: EventTable, last: date) -> bool:
    """Whether a table is unchanged but for ending, at the earliest the day before the amendment."""
    if before == after:
        return True
    ends = after.counts_to is not None and after.counts_to >= last
    return ends and after.model_copy(update={"counts_to": before.counts_to}) == before
