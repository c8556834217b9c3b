"""What is to be found out about a unit, item by item, and who finds it out?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from jixiao.schemes.exchange.gaps import needed_columns
from jixiao.schemes.exchange.layout import Ask, Layout, lay
from jixiao.scoring.inputs import rules_of
from jixiao.scoring.measures import Votes
from jixiao.scoring.numbers import SCALE, mark_text, scaled
from jixiao.scoring.own import Formula, formula
from jixiao.scoring.scheme import Item, Scheme
from jixiao.scoring.sentences import rule_words

BESIDE = "-"
"""The code of what the scheme asks of a unit beside its items, such as whether it was vetoed."""
ON_SITE = frozenset({"", "评估组", "县评估组", "现场评估组"})
"""Scorers who are the assessors themselves."""
COUNTED = "系统"
"""Who owes figures that the platform itself counts."""
BALLOTS = "评议"
"""Who owes votes where nobody is named; nobody finds them on site."""
Values = Mapping[str, int | None]


@dataclass(frozen=True)
class Field:
    """One figure of a task: the sheet column it fills and what may stand in it."""

    column: str
    label: str
    unit: str
    low: int | None
    high: int | None
    choices: Mapping[str, int]
    is_mark: bool
    """Whether the figure is itself the item's mark."""
    is_needed: bool

    def fault(self, value: int | None) -> str:
        """What is wrong with a value, in the user's words; empty where nothing is."""
        if value is None:
            return f"请填“{self.label}”" if self.is_needed else ""
        if self.choices and value not in self.choices.values():
            return f"“{self.label}”只能选{'、'.join(self.choices)}"
        if self.low is not None and value < self.low:
            return f"“{self.label}”不能低于{mark_text(self.low, 1)}"
        if self.high is not None and value > self.high:
            return f"“{self.label}”不能高于{mark_text(self.high, 1)}"
        return ""

    def as_json(self) -> dict[str, Any]:
        """Plain data for a page without network."""
        return {
            "column": self.column, "label": self.label, "unit": self.unit, "low": self.low,
            "high": self.high, "choices": dict(self.choices), "is_mark": self.is_mark,
            "is_needed": self.is_needed,
        }  # fmt: skip


@dataclass(frozen=True)
class Task:
    """One scored item of one unit: its figures, its rule in words, and who owes them."""

    code: str
    name: str
    category: str
    full: int
    """Ten-thousandths; 0 for bonus and penalty items."""
    sentence: str
    note: str
    fields: tuple[Field, ...]
    formula: Formula | None
    keeper: str
    """Who provides the figures; empty: the assessors on site."""
    decimals: int

    @property
    def is_on_site(self) -> bool:
        """Whether the assessors find it out."""
        return not self.keeper

    @property
    def is_needed(self) -> bool:
        """Whether the scheme allows no gap here."""
        return any(each.is_needed for each in self.fields)

    def mark(self, values: Values) -> int | None:
        """The mark, where the unit's own figures decide it."""
        return self.formula.mark(values) if self.formula else None

    def is_deduction(self, values: Values) -> bool:
        """Whether the unit loses points by these figures, as far as they tell."""
        mark = self.mark(values)
        return mark is not None and mark < self.full

    def lacking(self, values: Values, *, methods: str, reason: str) -> list[str]:
        """What a record still needs; the one list that the button and the server go by.

        Figures from elsewhere come bit by bit, and speak for themselves unless they are marks.
        """
        told = [
            each for each in self.fields if self.is_on_site or values.get(each.column) is not None
        ]
        found = [fault for each in told if (fault := each.fault(values.get(each.column)))]
        if strange := set(values) - {each.column for each in self.fields}:
            found.append(f"这一项没有“{'、'.join(sorted(strange))}”")
        if self.is_on_site and not methods:
            found.append("请选评估方法")
        is_given = self.is_on_site or any(each.is_mark for each in self.fields)
        if is_given and self.is_deduction(values) and not reason.strip():
            found.append("扣分请写明理由")
        return found

    def as_json(self) -> dict[str, Any]:
        """Plain data for a page without network."""
        return {
            "code": self.code, "name": self.name, "category": self.category, "full": self.full,
            "sentence": self.sentence, "note": self.note, "keeper": self.keeper,
            "decimals": self.decimals, "fields": [each.as_json() for each in self.fields],
            "formula": self.formula and self.formula.as_json(),
        }  # fmt: skip


@dataclass(frozen=True)
class TaskBook:
    """The tasks of every unit of a scheme."""

    layout: Layout

    @classmethod
    def of(cls, scheme: Scheme) -> "TaskBook":
        """The tasks by the scheme's own mark sheet, so that nothing is asked that it does not hold."""
        return cls(lay(scheme))

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self.layout.scheme

    @cached_property
    def _cached(self) -> dict[str, tuple[Task, ...]]:
        return {}

    def tasks(self, unit: str) -> tuple[Task, ...]:
        """Every task about a unit, in the scheme's order; what stands beside the items comes last."""
        if unit not in self._cached:
            self._cached[unit] = tuple(self._tasks(unit))
        return self._cached[unit]

    def task(self, unit: str, code: str) -> Task | None:
        """One task."""
        return next((each for each in self.tasks(unit) if each.code == code), None)

    def _tasks(self, unit: str) -> Iterator[Task]:
        asked: dict[str, list[Ask]] = {}
        for ask in self.layout.asked[unit]:
            asked.setdefault(ask.item.code if ask.item else BESIDE, []).append(ask)
        needed = needed_columns(self.layout, unit)
        for item in self.layout.items[unit]:
            if asks := asked.pop(item.code, None):
                yield self._task(unit, item, asks, _fields(asks, needed))
        for code, asks in asked.items():
            yield self._beside(code, asks, _fields(asks, needed))

    def _task(self, unit: str, item: Item, asks: list[Ask], fields: tuple[Field, ...]) -> Task:
        scheme, group = self.scheme, self.layout.groups[unit].name
        is_inside = item.code in self._categories
        return Task(
            code=item.code,
            name=item.name,
            category=self._categories.get(item.code, "加扣分"),
            full=scaled(item.full_for(group)) if is_inside else 0,
            sentence=rule_words(scheme, item, item.rule_for(group)),
            note=item.note,
            fields=fields,
            formula=formula(scheme, item, group),
            keeper=_keeper(item, asks),
            decimals=scheme.decimals,
        )

    def _beside(self, code: str, asks: list[Ask], fields: tuple[Field, ...]) -> Task:
        return Task(
            code=code, name="其他情况", category="其他情况", full=0, sentence="等次和门槛要用到的情况",
            note="", fields=fields, formula=None, keeper=_provider(asks),
            decimals=self.scheme.decimals,
        )  # fmt: skip

    @cached_property
    def _categories(self) -> dict[str, str]:
        return {leaf: top.name for top in self.scheme.items for leaf in _codes((top,))}


def _codes(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        if item.items:
            yield from _codes(item.items)
        else:
            yield item.code


def _fields(asks: Iterable[Ask], needed: frozenset[str]) -> tuple[Field, ...]:
    return tuple(_field(ask, is_needed=ask.column in needed) for ask in asks)


def _field(ask: Ask, *, is_needed: bool) -> Field:
    return Field(
        column=ask.column,
        label="得分" if ask.limits.is_mark else ask.stem,
        unit="分" if ask.limits.is_mark else ask.data.unit,
        low=_units(ask.limits.low),
        high=_units(ask.limits.high),
        choices={name: _known(number) for name, number in ask.data.choices.items()},
        is_mark=ask.limits.is_mark,
        is_needed=is_needed,
    )


def _keeper(item: Item, asks: list[Ask]) -> str:
    if item.scorer not in ON_SITE:
        return item.scorer
    counts_votes = any(isinstance(rule.measure, Votes) for rule in rules_of(item))
    return _provider(asks) or item.rated_by or (BALLOTS if counts_votes else "")


def _provider(asks: list[Ask]) -> str:
    """Who provides every one of these figures; empty where one of them is found on site."""
    names = {ask.data.provider or (COUNTED if ask.data.counted else "") for ask in asks}
    return "" if names & ON_SITE else "、".join(sorted(names))


def _units(bound: Fraction | None) -> int | None:
    return None if bound is None else int(bound * SCALE)


def _known(number: Fraction) -> int:
    return int(number * SCALE)
