"""Which items and conditions can there be? Plain data of every kind, at the edges of each."""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

Plain = dict[str, Any]

SINGLE = ("甲数", "乙数", "丙数")
SEVERAL = "各期"
DATA = (*SINGLE, SEVERAL)
TIERS = ("优秀", "良好", "一般")
NAMES = ("云溪镇", "河口镇", "石桥镇", "柳湾乡", "东岭乡", "枫林镇", "双井镇", "白塔乡")
GROUPS = ("甲组", "乙组", "丙组")
TAGS = ("山区", "沿河")
NUMBERS = ("-1", "0", "0.5", "1", "1.5", "2", "3", "1/3")
POSITIVE = ("0.5", "1", "2", "3", "2/3")


def one_of(values: Iterable[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(values))


def some(values: Iterable[Any], *, most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(one_of(values), unique=True, max_size=most)


def sparse(inner: st.SearchStrategy[Any], *, odds: int = 4) -> st.SearchStrategy[Any]:
    """Something now and then: once in ``odds``."""
    return st.integers(1, odds).flatmap(lambda n: inner if n == odds else st.none())


def kind(name: str, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Plain]:
    """A kind of a union; a field drawn as nothing is left out."""
    drawn = st.fixed_dictionaries({"kind": st.just(name), **fields})
    return drawn.map(given)


def part(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Plain]:
    return st.fixed_dictionaries(fields).map(given)


def given(fields: Plain) -> Plain:
    return {name: value for name, value in fields.items() if value is not None}


number, positive, datum = one_of(NUMBERS), one_of(POSITIVE), one_of(DATA)
amount = one_of(["0", "1", "2.5", "-1", "0.125", "50%", "100%", "-20%"])
gain = one_of(["0", "0.5", "1", "0.125", "10%"])
span = one_of(["≥1", ">1", "<0", "≤0.5", "[0,1)", "(0,2]", "1", "(,)", "[0.5,1.5]"])
terms = st.lists(part(data=datum, factor=number), min_size=1, max_size=2)
weighted = st.lists(part(data=datum, factor=positive), min_size=1, max_size=3)
best, scope = one_of(["high", "low"]), one_of(["group", "all"])

plain_measure = st.one_of(
    kind("reported", data=datum),
    kind("reported"),
    kind("ratio", numerator=terms, denominator=terms),
    kind("growth", data=datum, base=datum),
    kind("mean", terms=weighted),
    kind("votes", options=terms),
    kind("events"),
)
place = one_of(["place", "position"])
relative_measure = st.one_of(
    kind(
        "rank", of=plain_measure, best=best, scope=scope, ties=one_of(["skip", "dense"]), take=place
    ),
    kind("given_rank", data=datum, size=one_of(["1", "3", "5"]), take=place),
    kind("to_best", of=plain_measure, best=best, scope=scope),
    kind(
        "to_mean",
        of=plain_measure,
        take=one_of(["ratio", "excess", "difference"]),
        scope=scope,
        given=sparse(datum),
    ),
    kind(
        "position",
        of=plain_measure,
        satisfied=sparse(number, odds=2),
        unallowed=sparse(number, odds=2),
        best=best,
        scope=scope,
    ),
    kind("top_times", data=datum, top=st.integers(1, 3), best=best, scope=scope),
)
measure = plain_measure | relative_measure


def step(sign: str) -> st.SearchStrategy[Plain]:
    signed = gain.map(lambda text: text if text == "0" else sign + text)
    return part(per=positive, points=signed, limit=sparse(signed, odds=2))


any_step = step("") | step("-")
scale = st.one_of(
    kind("direct"),
    kind("proportional", full_at=positive),
    kind("threshold", reach=span, otherwise=amount),
    kind(
        "bands",
        bands=st.lists(part(within=span, points=amount), min_size=1, max_size=3),
        otherwise=amount,
    ),
    kind(
        "steps",
        origin=number,
        base=amount,
        above=sparse(any_step, odds=2),
        below=sparse(any_step, odds=2),
        whole=st.booleans(),
        nothing_in=sparse(span),
    ),
    kind("deduct", each=amount, free=one_of(["0", "1", "0.5"])),
    kind("credit", each=amount),
    kind("places", points=st.lists(amount, min_size=1, max_size=3), otherwise=amount),
    kind("per_place", each=amount),
    kind("between", low=amount, high=amount),
    kind(
        "progressive",
        width=positive,
        unit=positive,
        divisors=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    ),
)

# ------------------------------------------------------------------ conditions


def combined(single: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
    several = st.lists(single, min_size=1, max_size=2)
    return st.one_of(
        single, single, kind("not", of=single), kind("all", of=several), kind("any", of=several)
    )


on_data = kind("data", data=datum, within=span)
on_tag = kind("tag", tag=one_of(TAGS))
on_mark = kind("mark", item=st.integers(0, 9), within=span, take=one_of(["points", "share"]))
premise = combined(st.one_of(on_data, on_tag, on_mark))
"""A mark test says a number here; ``pointed`` makes it one of the items before."""


def pointed(said: Any, before: list[str]) -> Any:  # noqa: ANN401 - plain data
    """A condition or rule whose mark tests look at items before it, at the unit where none are."""
    if isinstance(said, list):
        return [pointed(each, before) for each in said]
    if not isinstance(said, dict):
        return said
    if said.get("kind") == "mark" and not before:
        return {"kind": "tag", "tag": TAGS[0]}
    if said.get("kind") == "mark":
        return {**said, "item": before[said["item"] % len(before)]}
    return {name: pointed(each, before) for name, each in said.items()}


def about_marks(codes: list[str]) -> st.SearchStrategy[Plain]:
    return st.one_of(
        on_data,
        on_tag,
        kind("mark", item=one_of(codes), within=span, take=one_of(["points", "share"])),
    )


def about_standing(codes: list[str]) -> st.SearchStrategy[Plain]:
    ends = one_of(["first", "last"])
    ranked = kind("rank", count=st.integers(1, 3), end=ends, scope=scope)
    return combined(st.one_of(about_marks(codes), kind("total", within=total_span), ranked))


def about_results(codes: list[str]) -> st.SearchStrategy[Plain]:
    tiers = st.lists(one_of(TIERS), unique=True, min_size=1, max_size=2)
    held = kind("tier", tiers=tiers, years=st.integers(1, 3))
    return combined(held | about_standing(codes))


total_span = one_of(["≥5", ">5", "≥1", "≥2.5", "≥10", ">0", "[2,5]", "(,)"])

# ------------------------------------------------------------------ items

missing = part(
    kind=one_of(
        ["refuse", "zero", "zero", "full", "group_mean", "other_mean", "all_mean", "not_applicable"]
    ),
    group=one_of(GROUPS[:1]),
)
rule = part(
    measure=measure, scale=scale, factor=sparse(datum), only_if=sparse(premise), missing=missing
)
variant = part(groups=st.lists(one_of(GROUPS), min_size=1, max_size=2), rule=rule)
lower = one_of(["none", "0", "-1", "20%", "-50%"])
upper = one_of(["none", "2.5", "50%", "100%", "120%"])
"""Never above one another, whatever the full mark."""
points = one_of(["5", "10", "2.5", "0", "3"])
audience = part(
    groups=sparse(some(GROUPS), odds=2),
    units=sparse(some(NAMES), odds=2),
    tags=sparse(some(TAGS), odds=2),
)
events_table = part(
    levels=st.just({"国家级": "2", "省级": "1", "通报": "-0.5"}),
    classes=st.just({"一等": "1", "二等": "1/3"}),
    tag_factors=sparse(st.just({"山区": "1.5"})),
    once_per_matter=st.booleans(),
    requires=sparse(some(["document", "notice", "signature"])),
    notice_days=one_of([0, 5]),
    counts_from=sparse(st.just("2026-01-01")),
    counts_to=sparse(st.just("2026-06-30")),
    restored=one_of(["0", "0.5"]),
)
leaf = part(
    points=points,
    points_by_group=sparse(st.dictionaries(one_of(GROUPS), points, max_size=2)),
    audience=sparse(audience),
    rule=rule,
    variants=sparse(st.lists(variant, max_size=1)),
    events=events_table,
    floor=sparse(lower),
    cap=sparse(upper),
)


def category(inside: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
    return part(
        points=points,
        audience=sparse(audience),
        combine=one_of(["sum", "mean"]),
        items=st.lists(inside, min_size=1, max_size=3),
        floor=sparse(lower),
        cap=sparse(upper),
    )


tree = st.lists(st.one_of(leaf, leaf, category(leaf | category(leaf))), min_size=1, max_size=3)
simple = {"points": "10", "cap": "none", "floor": "none"}
simple_tree = st.lists(st.just(simple), min_size=1, max_size=2)


def coded(items: list[Plain], *, letter: str, before: list[str]) -> list[Plain]:
    """The items with codes and names by place; ``before`` grows by each as it is complete."""
    found = []
    for place, item in enumerate(items, start=1):
        code = f"{letter}{place}"
        inner = coded(item.get("items", []), letter=f"{code}.", before=before)
        said = pointed({name: item[name] for name in item if name != "items"}, before)
        found.append({**said, "code": code, "name": code, "items": inner})
        before.append(code)
    return found
