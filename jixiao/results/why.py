"""Why is this mark not full? One line that a person reads beside it; the whole working is in ``explain``."""

from jixiao.results.explain import Explanation, explain_item
from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, mark_text
from jixiao.scoring.scheme import Item

NOTHING = ("得", "没有")
"""How steps begin that say no more than the mark does."""


def explained(result: Result, unit: str, item: Item) -> tuple[Explanation, ...]:
    """The item's explanation in every round in which the unit was assessed."""
    return tuple(
        explain_item(result, unit, item, code)
        for code, rows in result.rounds.items()
        if unit in rows
    )


def reason(result: Result, unit: str, item: Item) -> str:
    """Marks of the rounds and the figures of the costliest; for bonuses the matters that counted."""
    found = explained(result, unit, item)
    short = [each for each in found if each.full and _lost(each) > 0]
    if not short:
        steps = (step for each in found if not each.full for step in each.steps)
        return "；".join(dict.fromkeys(step for step in steps if not step.startswith(NOTHING)))
    names = {each.code: each.name for each in result.scheme.rounds}
    worst = max(short, key=_lost)
    said = [
        f"{names[each.round]}{mark_text(each.mark, result.scheme.decimals)}"
        for each in found
        if each.round in names
    ]
    figures = _figures(worst, names.get(worst.round, ""))
    return "；".join(part for part in (figures, "，".join(said)) if part) or "评定扣分"


def _lost(each: Explanation) -> int:
    return int(each.full * SCALE) - (each.mark or 0)


def _figures(each: Explanation, name: str) -> str:
    head = f"{name}：" if name else ""
    if each.mark is None:
        return f"{head}缺数据"
    if [word for word, _ in each.inputs] == [each.name]:
        return ""  # given by people, with no figure behind it
    figures = [f"{word}{value}" for word, value in each.inputs]
    place = [step for step in each.steps[:1] if step.startswith("第")]
    return f"{head}{'，'.join([*figures, *place])}"
