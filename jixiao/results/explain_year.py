"""How do the rounds make the year's marks, and the year's marks the total?"""

from fractions import Fraction

from jixiao.results.result import Result
from jixiao.scoring.numbers import SCALE, mark_text, number_text
from jixiao.scoring.scheme import Item, leaves


def year_words(result: Result, unit: str, item: Item) -> str:
    """``半年评估10.7×0.3＋全年评估12.0×0.6＝…``; empty where the scheme has no rounds."""
    scheme, name = result.scheme, f"mark:{item.code}"
    found = [
        (each, mark)
        for each in scheme.rounds
        if (mark := result.rounds[each.code].get(unit, {}).get(name)) is not None
    ]
    year = result.year[unit].get(name)
    if not found or year is None:
        return ""
    if item in leaves(scheme.adjustments):
        said = "＋".join(f"{each.name}{mark_text(mark, scheme.decimals)}" for each, mark in found)
        return f"各轮相加 {said}＝{_exact(year)}分"
    said = "＋".join(
        f"{each.name}{mark_text(mark, scheme.decimals)}×{number_text(each.weight)}"
        for each, mark in found
    )
    total = sum((each.weight for each, _ in found), start=found[0][0].weight * 0)
    divided = "" if total == 1 else f"，除以权重合计{number_text(total)}"
    return f"各轮合成 {said}{divided}＝{_exact(year)}分"


def _exact(mark: int) -> str:
    return number_text(Fraction(mark, SCALE)).replace("-", "−")


def total_words(result: Result, unit: str) -> str:
    """``健全组织9.1＋…＋加扣分0.5＝91.6``: what the total is made of."""
    scheme, marks = result.scheme, result.year[unit]
    parts = [
        f"{item.name}{_exact(mark)}"
        for item in scheme.items
        if (mark := marks[f"mark:{item.code}"]) is not None
    ]
    if adjust := marks.get("adjust"):
        parts.append(f"加扣分{_exact(adjust)}")
    return f"{'＋'.join(parts)}＝{mark_text(marks['total'], scheme.decimals)}".replace(
        "＋加扣分−", "−加扣分"
    )
