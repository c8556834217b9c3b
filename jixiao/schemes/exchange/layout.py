"""Where on a mark sheet does each input stand? The one plan that writing and reading share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from jixiao.scoring.amounts import FULL, ZERO, Amount
from jixiao.scoring.columns import (
    all_leaves,
    applies_to,
    data_columns,
    data_item,
    tree_audiences,
)
from jixiao.scoring.inputs import history_years, input_keys, item_keys, standing_keys
from jixiao.scoring.measures import Reported
from jixiao.scoring.names import squash
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scales import Direct
from jixiao.scoring.scheme import Audience, DataItem, Group, Item, Scheme, Unit, leaves
from jixiao.scoring.sheet import digest

HEADER_ROW = 3
UNIT, CODE, CONTENT, ANSWER = "单位", "编码", "填报内容", "填报值"
OWN_HEADERS = (UNIT, CODE, "项目", "分值", CONTENT, ANSWER, "备注")
EVENT_HEADERS = (
    *(UNIT, "项目", "事项", "级别", "等次", "次数", "分担比例"),
    *("日期", "文号", "公示天数", "签批人", "已整改"),
)
YEARS = ("上年等次", "前年等次", "大前年等次")
DIGEST_LABEL = "办法版本 "
GUIDE, OPTIONS, OWN, EVENTS, HISTORY = "说明", "选项", "个性项目", "加扣分事项", "历年等次"
IGNORED = ("序号", "备注")
RESERVED = (UNIT, "组别", "轮次", *IGNORED)
LONGEST_NAME = 31  # characters of a sheet's name in Excel
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


@dataclass(frozen=True)
class Limits:
    """The least and greatest value, and what the greatest is called; a mark has 满分 or 最高分."""

    low: Fraction | None = None
    high: Fraction | None = None
    word: Literal["满分", "最高分", "最大值"] = "最大值"

    @property
    def is_mark(self) -> bool:
        """Whether the value is itself the item's mark."""
        return self.word != "最大值"


@dataclass(frozen=True)
class Ask:
    """One cell asked of a unit: the sheet column it fills, its header and what may stand in it."""

    column: str
    stem: str
    header: str
    data: DataItem
    items: tuple[Item, ...]
    limits: Limits
    is_own: bool = False

    @property
    def item(self) -> Item | None:
        """The item under which the cell is listed: the one it belongs to, or the first using it."""
        mine = [item for item in self.items if item.code == self.data.key]
        return next(iter(mine or self.items), None)

    @property
    def content(self) -> str:
        """What the long sheet calls it beside the item's code and name."""
        if self.data.times > 1 or self.item is None or self.item.code != self.data.key:
            return self.header
        return (
            "得分" if self.limits.is_mark else f"填报数{self.data.unit and f'（{self.data.unit}）'}"
        )


@dataclass(frozen=True)
class Page:
    """The sheet of one group in one round; ``open`` has its units and the columns that apply."""

    name: str
    group: Group
    round: str
    asks: tuple[Ask, ...]
    open: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class OwnPage:
    """The long sheet of one round: a row for each cell that only units named by an item have."""

    name: str
    round: str
    rows: tuple[tuple[str, Ask], ...]


@dataclass(frozen=True)
class Layout:
    """All sheets of a scheme, and by unit its group, what it is asked and which items apply."""

    scheme: Scheme
    groups: Mapping[str, Group]
    asked: Mapping[str, tuple[Ask, ...]]
    items: Mapping[str, tuple[Item, ...]]

    @property
    def event_items(self) -> tuple[Item, ...]:
        """The items whose points come from the list of events."""
        return tuple(item for item in all_leaves(self.scheme) if item.events is not None)

    @property
    def years(self) -> tuple[str, ...]:
        """The headers of the earlier years' tiers, last year first."""
        count = history_years(self.scheme)
        return (*YEARS, *(f"前{back}年等次" for back in range(4, count + 1)))[:count]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The group sheets, round by round; a group asked nothing in common has none."""
        found = [
            _page(self, group, code, _joined(group.name, name))
            for code, name in _rounds(self.scheme)
            for group in self.scheme.groups
        ]
        found = [page for page in found if page.asks]
        names = _sheet_names([page.name for page in found])
        return tuple(replace(page, name=name) for page, name in zip(found, names, strict=True))

    @cached_property
    def own_pages(self) -> tuple[OwnPage, ...]:
        """The long sheets, one a round; none where no item names units."""
        rows = tuple((unit, ask) for unit, asks in self.asked.items() for ask in asks if ask.is_own)
        rounds = _rounds(self.scheme) if rows else ()
        names = _sheet_names([_joined(OWN, name) for _, name in rounds], taken=self._page_names)
        return tuple(
            OwnPage(name, code, rows) for name, (code, _) in zip(names, rounds, strict=True)
        )

    @property
    def _page_names(self) -> list[str]:
        return [page.name for page in self.pages]


def lay(scheme: Scheme) -> Layout:
    """The layout of a scheme's mark sheet; the same scheme gives the same layout."""
    planner = _Planner.of(scheme)
    members = [(group, unit) for group in scheme.groups for unit in group.units]
    items = {unit.name: planner.items(group, unit) for group, unit in members}
    asked = {unit.name: planner.asks(group, items[unit.name]) for group, unit in members}
    return Layout(scheme, {unit.name: group for group, unit in members}, asked, items)


def scheme_digest(scheme: Scheme) -> str:
    """The digest by which a sheet made for another version of the scheme is noticed."""
    return digest(scheme.model_dump(mode="json", exclude_defaults=True))


def item_label(item: Item) -> str:
    """An item as drop-downs and notes write it."""
    return f"{item.code} {item.name}"


def rule_keys(item: Item, group: str) -> tuple[str, ...]:
    """The data items that an item's rule for a group needs."""
    return item_keys(item.model_copy(update={"rule": item.rule_for(group), "variants": ()}))


def is_taken(data: DataItem) -> bool:
    """Whether nobody fills it in: it is the unit's own mark in another scheme's result."""
    return bool(data.from_result) and data.lookup == "own"


def round_names(scheme: Scheme) -> Mapping[str, str]:
    """The rounds' names by code; one empty name where there are no rounds."""
    return dict(_rounds(scheme))


def _rounds(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    return tuple((each.code, each.name) for each in scheme.rounds) or (("", ""),)


def _joined(name: str, round_name: str) -> str:
    return f"{name}·{round_name}" if round_name else name


def _sheet_names(wanted: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that Excel accepts: no forbidden characters, not too long, no two alike."""
    used = {name.casefold() for name in (GUIDE, OPTIONS, EVENTS, HISTORY, "History", *taken)}
    names = []
    for text in wanted:
        name, number = text.translate(FORBIDDEN)[:LONGEST_NAME], 1
        while name.casefold() in used:
            number += 1
            name = f"{text.translate(FORBIDDEN)[: LONGEST_NAME - 4]}（{number}）"
        used.add(name.casefold())
        names.append(name)
    return names


def _page(layout: Layout, group: Group, code: str, name: str) -> Page:
    columns: dict[str, Ask] = {}
    opened = {}
    for unit in group.units:
        wide = [ask for ask in layout.asked[unit.name] if not ask.is_own]
        if wide:
            opened[unit.name] = frozenset(ask.column for ask in wide)
        for ask in wide:
            known = columns.setdefault(ask.column, ask)
            items = tuple({item.code: item for item in (*known.items, *ask.items)}.values())
            columns[ask.column] = replace(known, items=items)
    order = [
        column
        for key in input_keys(layout.scheme)
        for column in data_columns(data_item(layout.scheme, key))
    ]
    asks = tuple(columns[column] for column in order if column in columns)
    return Page(name, group, code, asks, opened)


@dataclass(frozen=True)
class _Planner:
    """What is worked out once for all units."""

    scheme: Scheme
    stems: Mapping[str, str]
    audiences: Mapping[str, tuple[Audience, ...]]
    inside: frozenset[str]
    """Items within the total, as opposed to bonus and penalty items."""
    everybody: frozenset[str]
    """Data that gates, ties, tiers and consequences ask of every unit."""

    @classmethod
    def of(cls, scheme: Scheme) -> "_Planner":
        audiences = tree_audiences((*scheme.items, *scheme.adjustments))
        inside = frozenset(item.code for item in leaves(scheme.items))
        read = {key for item in all_leaves(scheme) for key in item_keys(item)}
        declared = {data.key for data in scheme.data}
        standing = {key for key in standing_keys(scheme) if key in declared or key not in read}
        return cls(scheme, _stems(scheme), audiences, inside, frozenset(standing))

    def items(self, group: Group, unit: Unit) -> tuple[Item, ...]:
        """The scored items that apply to a unit."""

        def applies(item: Item) -> bool:
            return all(
                applies_to(self.scheme, each, group=group.name, unit=unit.name)
                for each in self.audiences[item.code]
            )

        return tuple(filter(applies, all_leaves(self.scheme)))

    def asks(self, group: Group, items: Iterable[Item]) -> tuple[Ask, ...]:
        """Everything asked of a unit of the group to which these items apply."""
        uses: dict[str, list[Item]] = {key: [] for key in self.everybody}
        for item in items:
            for key in rule_keys(item, group.name):
                uses.setdefault(key, []).append(item)
        return tuple(
            ask
            for key in input_keys(self.scheme)
            if key in uses and not is_taken(data_item(self.scheme, key))
            for ask in self._asks(group, key, tuple(uses[key]))
        )

    def _asks(self, group: Group, key: str, items: tuple[Item, ...]) -> Iterable[Ask]:
        data = data_item(self.scheme, key)
        limits = self._limits(data, group, items)
        is_own = key not in self.everybody and all(map(self._names_units, items))
        counter = "个" if data.from_result else "期"
        for number, column in enumerate(data_columns(data), start=1):
            stem = self.stems[key] + (f"第{number}{counter}" if data.times > 1 else "")
            header = stem + _tail(self.scheme, data, limits)
            yield Ask(column, stem, header, data, items, limits, is_own)

    def _names_units(self, item: Item) -> bool:
        return any(audience.units for audience in self.audiences[item.code])

    def _limits(self, data: DataItem, group: Group, items: Iterable[Item]) -> Limits:
        """What the data item states; for an item's own mark, what it is worth in the group."""
        found = Limits()
        for item in items:
            if item.code == data.key and _is_mark(item, group):
                full, is_inside = item.full_for(group.name), item.code in self.inside
                found = _mark_limits(item, full, is_inside=is_inside)
        low = found.low if data.low is None else data.low
        high = found.high if data.high is None else data.high
        return Limits(low, high, found.word)


def _stems(scheme: Scheme) -> dict[str, str]:
    """By data key, a header without remarks; no two alike, so that any of them finds its column."""
    owners = {item.code: item.name for item in all_leaves(scheme)}
    plain = {}
    for key in input_keys(scheme):
        name = data_item(scheme, key).name or owners.get(key, "")
        plain[key] = f"{key} {name}".strip() if key in owners or not name else name
    counts = Counter([*map(_folded, plain.values()), *map(_folded, RESERVED)])
    taken: set[str] = set()
    for key, text in plain.items():
        stem = text if counts[_folded(text)] == 1 else f"{key} {text}"
        while _folded(stem) in taken:
            stem += "′"
        taken.add(_folded(stem))
        plain[key] = stem
    return plain


def _folded(text: str) -> str:
    return squash(text).casefold()


def _tail(scheme: Scheme, data: DataItem, limits: Limits) -> str:
    """The remark in brackets that ends a header."""
    if data.from_result:
        return "（填单位名称）"
    if limits.is_mark and limits.high == 0:
        return "（扣分，填负数）"
    if limits.is_mark and limits.high is not None:
        return f"（{limits.word}{number_text(limits.high)}）"
    if data.unit:
        return f"（{data.unit}）"
    if limits.is_mark:
        return "（得分）"
    return "" if data in scheme.data else "（填报数）"


def _is_mark(item: Item, group: Group) -> bool:
    """Whether the number filled in under the item's own code is its mark."""
    rule = item.rule_for(group.name)
    reported = isinstance(rule.measure, Reported) and rule.measure.data in ("", item.code)
    return reported and isinstance(rule.scale, Direct)


def _mark_limits(item: Item, full: Fraction, *, is_inside: bool) -> Limits:
    low = _bound(item.floor, ZERO if is_inside else None, full)
    high = _bound(item.cap, FULL if is_inside else None, full)
    return Limits(low, high, "满分" if is_inside and high == full else "最高分")


def _bound(
    stated: Amount | Literal["none"] | None, default: Amount | None, full: Fraction
) -> Fraction | None:
    amount = default if stated is None else stated
    return amount.points(full) if isinstance(amount, Amount) else None
