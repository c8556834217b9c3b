"""Does every name in a scheme point to something that the scheme defines?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jixiao.scoring.conditions import Condition, DataTest, MarkTest, TagTest, TierTest, parts_of
from jixiao.scoring.consequences import Rate
from jixiao.scoring.inputs import conditions_of, item_keys, rules_of
from jixiao.scoring.remarks import Remark, error, warning
from jixiao.scoring.scheme import Audience, Item, Scheme, walk


def references(scheme: Scheme) -> Iterator[Remark]:
    """One error for every name that is defined nowhere."""
    known = _Known.of(scheme)
    for item in walk((*scheme.items, *scheme.adjustments)):
        yield from _item(known, item)
    yield from known.among("各组满分", "组别", scheme.full_by_group)
    for condition in conditions_of(scheme):
        yield from known.condition("等次、门槛与结果运用", condition)
    for gate in scheme.gates:
        named = [gate.tier] if gate.effect in ("bar", "set") else []
        yield from known.among(f"门槛“{gate.name}”", "等次", named)
    for tie in scheme.ties:
        yield from known.among("同分先后", "项目", [tie.item] if tie.item else [])
        yield from known.among("同分先后", "数据", [tie.data] if tie.data else [])
    for each in scheme.consequences:
        if isinstance(each, Rate):
            yield from known.among(f"结果运用“{each.name}”", "等次", each.by_tier)
            yield from known.among(
                f"结果运用“{each.name}”", "数据", [each.people] if each.people else []
            )


def _item(known: "_Known", item: Item) -> Iterator[Remark]:
    where = f"{item.code} {item.name}"
    yield from known.audience(where, item.audience)
    yield from known.among(where, "组别", item.points_by_group)
    for variant in item.variants:
        yield from known.among(where, "组别", variant.groups)
    if item.items:
        return
    own = {item.code}
    yield from known.among(where, "数据", [key for key in item_keys(item) if key not in own])
    for rule in rules_of(item):
        if rule.only_if:
            yield from known.condition(where, rule.only_if)
        if rule.missing.kind == "other_mean":
            yield from known.among(where, "组别", [rule.missing.group])


@dataclass(frozen=True)
class _Known:
    """Every name a reference may point to, by the word for what it names."""

    names: dict[str, set[str]]

    @classmethod
    def of(cls, scheme: Scheme) -> "_Known":
        units = [unit for group in scheme.groups for unit in group.units]
        items = list(walk((*scheme.items, *scheme.adjustments)))
        own = {item.code for item in items if not item.items}
        return cls(
            {
                "组别": {group.name for group in scheme.groups},
                "单位": {unit.name for unit in units},
                "标记": {tag for unit in units for tag in unit.tags},
                "数据": {data.key for data in scheme.data} | own,
                "项目": {item.code for item in items},
                "等次": {tier.name for tier in scheme.tiers},
            }
        )

    def among(self, where: str, word: str, names: Iterable[str]) -> Iterator[Remark]:
        """An error for each name that nothing defines."""
        for name in names:
            if name not in self.names[word]:
                yield error(where, f"{word}“{name}”没有定义，请在办法中列出或改正写法")

    def audience(self, where: str, audience: Audience) -> Iterator[Remark]:
        """The groups, units and tags an item applies to."""
        yield from self.among(where, "组别", audience.groups)
        yield from self.among(where, "单位", audience.units)
        for tag in audience.tags:
            if tag not in self.names["标记"]:
                yield warning(where, f"没有单位带标记“{tag}”")

    def condition(self, where: str, condition: Condition) -> Iterator[Remark]:
        """The names inside a condition."""
        for part in parts_of(condition):
            match part:
                case DataTest():
                    yield from self.among(where, "数据", [part.data])
                case MarkTest():
                    yield from self.among(where, "项目", [part.item])
                case TierTest():
                    yield from self.among(where, "等次", part.tiers)
                case TagTest():
                    yield from self.audience(where, Audience(tags=(part.tag,)))
                case _:
                    pass
