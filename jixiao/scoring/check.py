"""Is this scheme sound? Errors stop a run; warnings (the source's own slips) are told and kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from jixiao.scoring.amounts import FULL, ZERO, Amount, amount_words
from jixiao.scoring.columns import applies_to, tree_audiences
from jixiao.scoring.conditions import parts_of
from jixiao.scoring.consequences import Rate
from jixiao.scoring.inputs import rules_of, takes_events
from jixiao.scoring.kernel import depths
from jixiao.scoring.names import squash
from jixiao.scoring.numbers import SCALE, number_text
from jixiao.scoring.references import references
from jixiao.scoring.remarks import Remark, error, warning
from jixiao.scoring.scales import Steps
from jixiao.scoring.scheme import Audience, Item, Scheme, SchemeError, Unit, leaves, walk
from jixiao.scoring.tiers_check import tier_remarks


def check(scheme: Scheme) -> tuple[Remark, ...]:
    """Everything wrong or doubtful, all at once, errors first."""
    found = [
        *_repeats(scheme),
        *references(scheme),
        *_shapes(scheme),
        *_gate_shapes(scheme),
        *_exactness(scheme),
        *_bounds(scheme),
        *_circles(scheme),
        *_sums(scheme),
        *_tiers(scheme),
        *_rounds(scheme),
        *_gates(scheme),
        *_shares(scheme),
        *_signs(scheme),
        *_rates(scheme),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda remark: remark.severity != "error"))


def errors(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Only what stops a run."""
    return tuple(remark for remark in remarks if remark.severity == "error")


def _nodes(scheme: Scheme) -> tuple[Item, ...]:
    return (*walk(scheme.items), *walk(scheme.adjustments))


def _units(scheme: Scheme) -> Iterator[tuple[str, Unit]]:
    return ((group.name, unit) for group in scheme.groups for unit in group.units)


def _repeats(scheme: Scheme) -> Iterator[Remark]:
    for where, names in (
        ("指标编码", [item.code for item in _nodes(scheme)]),
        ("数据项编码", [data.key for data in scheme.data]),
        ("组别", [group.name for group in scheme.groups]),
        ("轮次", [each.code for each in scheme.rounds]),
        ("等次", [tier.name for tier in scheme.tiers]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield error(where, f"“{name}”出现{count}次，请改成各不相同")
    owners: dict[str, str] = {}
    everybody = [
        (unit.name, name) for _, unit in _units(scheme) for name in (unit.name, *unit.aliases)
    ]
    everybody += [(each.name, each.name) for each in scheme.excluded]
    listed = Counter(everybody)
    for owner, name in everybody:
        other = owners.setdefault(squash(name), owner)
        if other != owner or (name == owner and listed[owner, name] > 1):
            yield error(
                "单位", f"“{name}”既指“{other}”又指“{owner}”，或列了两次；一个名称只能指一个单位"
            )


def _shapes(scheme: Scheme) -> Iterator[Remark]:
    for item in _nodes(scheme):
        for message in _item_shape(item):
            yield error(f"{item.code} {item.name}", message)
    for data in scheme.data:
        if data.weights and len(data.weights) != data.times:
            yield error(f"数据“{data.key}”", f"有{data.times}期，却写了{len(data.weights)}个权重")
        if data.low is not None and data.high is not None and data.low > data.high:
            yield error(f"数据“{data.key}”", "最小值大于最大值")


def _gate_shapes(scheme: Scheme) -> Iterator[Remark]:
    for gate in scheme.gates:
        kinds = {part.kind for part in parts_of(gate.when)}
        if not scheme.tiers and gate.effect in ("bar", "down", "set", "lowest"):
            yield error(f"门槛“{gate.name}”", "后果是改等次，可是办法里没有等次，请补上等次")
        if "tier" in kinds or (gate.effect == "zero" and kinds & {"total", "rank"}):
            message = "情形引用了这一步之后才有的结果（循环引用），请改看数据或项目得分"
            yield error(f"门槛“{gate.name}”", message)


def _item_shape(item: Item) -> Iterator[str]:
    if item.items and (item.rule or item.variants or item.events):
        yield "有子项的项目自身不能再有规则，请把规则写到子项上"
    uses_events = any(takes_events(rule.measure) for rule in rules_of(item))
    if uses_events != (item.events is not None):
        yield "计量为“事项”的项目要有事项表，有事项表的项目计量要写“事项”"
    tests = [test for rule in rules_of(item) if rule.only_if for test in parts_of(rule.only_if)]
    if any(test.kind in ("total", "rank", "tier") for test in tests):
        yield "前提不能看总分、总名次或等次，那时还没有算出来（循环引用）"


def _exactness(scheme: Scheme) -> Iterator[Remark]:
    for item in _nodes(scheme):
        for points in (item.points, *item.points_by_group.values()):
            if (points * SCALE).denominator != 1:
                yield error(f"{item.code} {item.name}", f"分值{number_text(points)}多于4位小数")
            elif (points * 10**scheme.decimals).denominator != 1:
                yield warning(
                    f"{item.code} {item.name}",
                    f"分值{number_text(points)}比办法规定的{scheme.decimals}位小数更细，得分会四舍五入",
                )


def _bounds(scheme: Scheme) -> Iterator[Remark]:
    inside = {item.code for item in leaves(scheme.items)}
    for item in _nodes(scheme):
        floor = item.floor if item.floor is not None or item.code not in inside else ZERO
        cap = item.cap if item.cap is not None or item.code not in inside else FULL
        if not (isinstance(floor, Amount) and isinstance(cap, Amount)):
            continue
        for group in scheme.groups:
            full = item.full_for(group.name)
            if floor.points(full) > cap.points(full):
                message = f"保底{amount_words(floor)}高于封顶{amount_words(cap)}"
                yield error(f"{item.code} {item.name}", message)


def _circles(scheme: Scheme) -> Iterator[Remark]:
    try:
        depths(scheme)
    except SchemeError as circle:
        yield error("指标", str(circle))
    except KeyError:
        return  # an unknown item; the references say so


def _sums(scheme: Scheme) -> Iterator[Remark]:
    """C64: printed points that do not add up are told, never refused."""
    audiences = tree_audiences(scheme.items)
    whole = Item(
        code="总分",
        name=scheme.title,
        points=scheme.full,
        items=scheme.items,
        points_by_group=scheme.full_by_group,
    )
    for node in walk((whole,)):
        if not node.items or node.combine == "mean":
            continue
        wrong: dict[Fraction, list[str]] = {}
        for group, unit in _everybody(scheme):
            if not _applies(scheme, audiences.get(node.code, ()), group, unit):
                continue
            parts = [
                child.full_for(group)
                for child in node.items
                if _applies(scheme, audiences[child.code], group, unit)
            ]
            if parts and sum(parts, Fraction(0)) != node.full_for(group):
                wrong.setdefault(sum(parts, Fraction(0)), []).append(unit or group)
        where = node.name if node is whole else f"{node.code} {node.name}"
        for total, names in wrong.items():
            stated = number_text(node.full_for(_group_of(scheme, names[0])))
            listed = "、".join(names[:5]) + (f"等{len(names)}个" if len(names) > 5 else "")
            yield warning(
                where,
                f"{listed}：各项合计{number_text(total)}分，与所写{stated}分不符",
            )


def _group_of(scheme: Scheme, name: str) -> str:
    return next((group for group, unit in _everybody(scheme) if name in (unit, group)), name)


def _everybody(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for group in scheme.groups:
        yield from ((group.name, unit.name) for unit in group.units)
        if not group.units:
            yield group.name, ""


def _applies(scheme: Scheme, audiences: tuple[Audience, ...], group: str, unit: str) -> bool:
    return all(applies_to(scheme, each, group=group, unit=unit) for each in audiences)


def _tiers(scheme: Scheme) -> Iterator[Remark]:
    for message in tier_remarks(scheme.tiers):
        yield warning("等次", message)


def _rounds(scheme: Scheme) -> Iterator[Remark]:
    total = sum((each.weight for each in scheme.rounds), Fraction(0))
    if scheme.rounds and total != 1:
        yield warning("轮次", f"各轮权重合计{number_text(total)}，不是1；计算时按比例折算")


def _gates(scheme: Scheme) -> Iterator[Remark]:
    """未经国家或者省批准不得设“一票否决” (山东省乡镇人民政府工作条例第十九条)."""
    for gate in scheme.gates:
        if gate.effect in ("zero", "lowest") and not gate.basis:
            yield warning(f"门槛“{gate.name}”", "一票否决没有写明依据，请写明上级文件或法规条款")


def _signs(scheme: Scheme) -> Iterator[Remark]:
    """每低 with a negative number adds marks below the line: rarely what is meant."""
    for item in leaves((*scheme.items, *scheme.adjustments)):
        for rule in rules_of(item):
            below = rule.scale.below if isinstance(rule.scale, Steps) else None
            if below is not None and below.points.value < 0:
                message = "“每低”的分数写成了负数，低于基准反而加分；要扣分请写正数"
                yield warning(f"{item.code} {item.name}", message)


def _rates(scheme: Scheme) -> Iterator[Remark]:
    for each in scheme.consequences:
        if isinstance(each, Rate):
            lacking = [tier.name for tier in scheme.tiers if tier.name not in each.by_tier]
            if lacking:
                message = f"没有写{'、'.join(lacking)}的比例，将按“无等次的”计算"
                yield warning(f"结果运用“{each.name}”", message)


def _shares(scheme: Scheme) -> Iterator[Remark]:
    for rule in scheme.share_rules:
        for group in rule.groups:
            rated = [item for item in leaves(scheme.items) if item.rated_by == rule.rated_by]
            share = sum((item.full_for(group) for item in rated), Fraction(0)) / scheme.full_for(
                group
            )
            if share < rule.at_least:
                yield warning(
                    f"评价权重要求（{group}）",
                    f"{rule.rated_by}评价占{number_text(share * 100)}%，低于要求的"
                    f"{number_text(rule.at_least * 100)}%{f'（{rule.basis}）' if rule.basis else ''}",
                )
