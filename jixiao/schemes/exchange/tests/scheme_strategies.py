"""Which schemes can there be? Random ones of every kind, read off the models themselves."""

import datetime as dt
from fractions import Fraction
from functools import cache
from itertools import count
from typing import Any, Literal, cast, get_args, get_origin

from hypothesis import strategies as st

from jixiao.schemes.exchange.words import Options, fields_of, is_part, options
from jixiao.scoring.amounts import Amount
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.intervals import Interval, parse_interval
from jixiao.scoring.scales import Step
from jixiao.scoring.scheme import Item, Scheme, TieBreak

ODD = ["1.10", "=1+1", "是", "null", "~", "甲: 乙", "- 丙", "{丁", "“戊”", '"', "'", "#", "中　行", " 左", "右 ", "换\n行",
       "a、b", "𠮷", "\t", "_x0041_", "0", "2026-01-01", "，", "[", "!", "&a", "*b", "@", "\\", "无", "\x07", "\ufeff", "\u2028"]  # fmt: skip
texts = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
codes = st.from_regex(r"[^@#\s]{1,5}", fullmatch=True).filter(
    lambda s: s.encode("utf-8", "ignore").decode() == s
)
numbers = st.sampled_from(
    [Fraction(n) for n in ("1", "2", "10", "100", "1/2", "1/3", "1/8", "0.0001", "366", "0.85")]
)
ranges = st.sampled_from(["≥80", "<60", "3", "[60,80)", "≤100", "(,)", ">1/3"])
MOST = {"at_least": 1, "share": 1, "restored": 1}
LEAST = {"size": 1}
"""Numbers with a bound that some of ours pass."""


def values(name: str, found: Options, deep: int) -> st.SearchStrategy[Any]:
    """Anything a field may hold, parts inside parts at most ``deep`` levels."""
    first = found[0]
    if is_part(first):
        models = cast("tuple[type[Part], ...]", found)
        flat = [m for m in models if "of" not in m.model_fields] if deep <= 0 else models
        return st.one_of([parts(model, deep - 1) for model in flat or models])
    if get_origin(first) is tuple:
        inner = values(name, options(get_args(first)[0]), deep)
        return st.lists(inner, min_size=1, max_size=2).map(tuple)
    if get_origin(first) is dict:
        return st.dictionaries(
            texts, values(name, options(get_args(first)[1]), deep), min_size=1, max_size=2
        )
    return st.one_of([single(name, each) for each in found])


def single(name: str, option: object) -> st.SearchStrategy[Any]:
    if get_origin(option) is Literal:
        return st.sampled_from(get_args(option))
    found: dict[object, st.SearchStrategy[Any]] = {
        str: codes if name in ("code", "key") else texts,
        bool: st.booleans(),
        int: st.integers(1, 4),
        dt.date: st.dates(),
        Fraction: numbers.filter(lambda n: LEAST.get(name, n) <= n <= MOST.get(name, n)),
        Amount: st.builds(Amount, numbers.filter(lambda n: n.denominator != 3), st.booleans()),
        Interval: ranges.map(parse_interval),
    }
    return found[option]


@cache
def parts(model: type[Part], deep: int = 2) -> st.SearchStrategy[Part]:
    """Any part of this model, most of what may be left out left out."""
    must: dict[str, st.SearchStrategy[Any]] = {}
    may: dict[str, st.SearchStrategy[Any]] = {}
    for name, found in fields_of(model).values():
        if deep > 0 or name not in ("items", "variants"):
            is_needed = model.model_fields[name].is_required() or (
                model is Scheme and name != "title"
            )
            (must if is_needed else may)[name] = values(name, found, deep)
    if issubclass(model, Kind):
        must["kind"] = st.just(get_args(model.model_fields["kind"].annotation)[0])
    if model is Step:  # its limit has the sign of its points; all our amounts are positive
        must["limit"] = may.pop("limit")
    if model is TieBreak:  # it names an item or a data item
        may.pop("item" if deep % 2 else "data")
        must |= {name: may.pop(name) for name in ("item", "data") if name in may}
    return st.fixed_dictionaries(must, optional=may).map(lambda fields: model(**fields))


def sound(scheme: Scheme) -> Scheme:
    """With codes and groups' names all different, as the checker demands."""
    numbers = count(1)

    def renamed(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            item.model_copy(
                update={"code": f"{item.code}{next(numbers)}", "items": renamed(item.items)}
            )
            for item in items
        )

    groups = (
        group.model_copy(update={"name": f"{group.name}{n}"})
        for n, group in enumerate(scheme.groups)
    )
    return scheme.model_copy(
        update={
            "items": renamed(scheme.items),
            "adjustments": renamed(scheme.adjustments),
            "groups": tuple(groups),
        }
    )


schemes = parts(Scheme).map(lambda scheme: sound(cast("Scheme", scheme)))
