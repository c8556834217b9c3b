"""Which schemes and sheets can there be? Small random ones, full of ties, gaps and edges."""

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

from jixiao.scoring.events import Event
from jixiao.scoring.inputs import input_keys
from jixiao.scoring.scheme import Scheme, leaves
from jixiao.scoring.sheet import Row, Sheet
from jixiao.scoring.tests.oracle_measures import columns

Plain = dict[str, Any]
Case = tuple[Scheme, Sheet]

SINGLE = ("甲数", "乙数", "丙数")
SEVERAL = "各期"
DATA = (*SINGLE, SEVERAL)
TIERS = ("优秀", "良好", "一般")
NAMES = ("云溪镇", "河口镇", "石桥镇", "柳湾乡", "东岭乡", "枫林镇", "双井镇", "白塔乡")
GROUPS = ("甲组", "乙组", "丙组")
TAGS = ("山区", "沿河")
NUMBERS = ("-1", "0", "0.5", "1", "1.5", "2", "3", "1/3")
POSITIVE = ("0.5", "1", "2", "3", "2/3")
VALUES = (None, -20000, -5000, 0, 5000, 5001, 10000, 10000, 15000, 20000, 33333)


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
premise = combined(on_data | on_tag)


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
    return about_standing(codes) | combined(kind("tier", tiers=tiers, years=st.integers(1, 3)))


total_span = one_of(["≥5", ">5", "≥1", "≥2.5", "≥10", ">0", "[2,5]", "(,)"])

# ------------------------------------------------------------------ items

missing = part(
    kind=one_of(["refuse", "zero", "zero", "full", "group_mean", "other_mean", "not_applicable"]),
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
    requires=sparse(st.just(["document"])),
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


def coded(items: list[Plain], *, letter: str) -> list[Plain]:
    """The items with codes and names by place."""
    found = []
    for place, item in enumerate(items, start=1):
        code = f"{letter}{place}"
        inner = coded(item["items"], letter=f"{code}.") if "items" in item else []
        found.append({**item, "code": code, "name": code, "items": inner})
    return found


def codes_of(items: list[Plain]) -> list[str]:
    return [code for item in items for code in (item["code"], *codes_of(item["items"]))]


# ------------------------------------------------------------------ the scheme around the items


@st.composite
def groups(draw: Callable[..., Any]) -> list[Plain]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    names = iter([*NAMES, *(f"{name}二村" for name in NAMES)])
    tags = some(TAGS)
    return [
        {
            "name": GROUPS[place],
            "units": [{"name": next(names), "tags": draw(tags)} for _ in range(size)],
            "ranked": draw(one_of([True, True, True, False])),
        }
        for place, size in enumerate(sizes)
    ]


@st.composite
def several(draw: Callable[..., Any]) -> Plain:
    times, take = draw(st.integers(1, 3)), draw(one_of(["mean", "sum", "last", "highest"]))
    weights = take == "mean" and draw(st.booleans())
    found = {"weights": draw(st.lists(positive, min_size=times, max_size=times))} if weights else {}
    return {"key": SEVERAL, "times": times, "take": take, **found}


def quota() -> st.SearchStrategy[Plain]:
    counted = part(count=st.integers(0, 3), scope=scope, ties=one_of(["include", "exclude"]))
    shared = part(
        share=one_of(["0.3", "1/3", "0.5"]),
        rounding=one_of(["floor", "ceil", "half_up"]),
        scope=scope,
        ties=one_of(["include", "exclude"]),
    )
    return counted | shared


def tier_table(codes: list[str]) -> st.SearchStrategy[list[Plain]]:
    rows = [
        part(
            name=st.just(name),
            within=sparse(total_span, odds=2),
            quota=sparse(quota(), odds=2),
            when=sparse(about_standing(codes)),
        )
        for name in TIERS
    ]
    return st.tuples(*rows).map(list)


def gate(codes: list[str]) -> st.SearchStrategy[Plain]:
    def effect(name: str, when: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
        said = st.just(name)
        return part(name=said, when=when, effect=said, tier=one_of(TIERS), steps=st.integers(1, 2))

    later = [effect(name, about_standing(codes)) for name in ("lowest", "bar", "down", "set")]
    return st.one_of(effect("zero", combined(about_marks(codes))), *later)


def consequence(codes: list[str]) -> st.SearchStrategy[Plain]:
    when = about_results(codes)
    addition = part(when=when, add=positive)
    return kind("ruling", name=st.just("措施"), when=when) | kind(
        "rate",
        name=st.just("比例"),
        by_tier=st.just({"优秀": "0.2"}),
        additions=st.lists(addition, min_size=1, max_size=2),
    )


def rounds(*, most: int) -> st.SearchStrategy[list[Plain]]:
    row = part(weight=positive, optional=st.booleans())
    names = ("半年", "年终", "抽查")
    found = st.lists(row, max_size=most).map(lambda rows: zip(names, rows, strict=False))
    return found.map(lambda rows: [{**row, "code": name, "name": name} for name, row in rows])


@st.composite
def schemes(
    draw: Callable[..., Any],
    *,
    items: st.SearchStrategy[list[Plain]],
    standing: bool,
    most_rounds: int = 0,
) -> Scheme:
    """A scheme around such items, with tiers, gates and consequences where ``standing``."""
    main = coded(draw(items), letter="A")
    bonus = coded(draw(st.lists(leaf, max_size=1)), letter="B") if not standing else []
    codes = codes_of([*main, *bonus])
    tie = part(item=one_of(codes), best=best) | part(data=datum, best=best)
    said: Plain = {
        "title": "考核办法",
        "full": draw(one_of(["10", "100"])),
        "decimals": draw(st.integers(0, 3)),
        "groups": draw(groups()),
        "data": [{"key": key} for key in SINGLE] + [draw(several())],
        "items": main,
        "adjustments": bonus,
        "adjust_low": draw(sparse(st.just("-1"))),
        "adjust_high": draw(sparse(one_of(["1", "0"]))),
        "not_applicable": draw(one_of(["omit", "rescale"])),
        "rounds": draw(rounds(most=most_rounds)),
        "ties": draw(st.lists(tie, max_size=2)),
    }
    if standing:
        said["tiers"] = draw(tier_table(codes))
        said["gates"] = draw(st.lists(gate(codes), max_size=3))
        said["consequences"] = draw(st.lists(consequence(codes), max_size=3))
    return Scheme.model_validate(said)


# ------------------------------------------------------------------ the sheet


@st.composite
def sheets(draw: Callable[..., Any], scheme: Scheme) -> Sheet:
    """A sheet for the scheme; only optional rounds lack some units."""
    units = [unit.name for group in scheme.groups for unit in group.units]
    names = [name for key in input_keys(scheme) for name in columns(scheme, key)]
    value = one_of(draw(st.permutations(VALUES))[:5])
    rows = []
    for code, optional in [(each.code, each.optional) for each in scheme.rounds] or [("", False)]:
        absent = draw(some(units[1:], most=3)) if optional and units[1:] else []
        present = [unit for unit in units if unit not in absent]
        rows += [Row(unit, {name: draw(value) for name in names}, code) for unit in present]
    history = st.dictionaries(one_of(units), st.lists(one_of(["", *TIERS]), max_size=2))
    return Sheet(tuple(draw(st.permutations(rows))), draw(events(scheme)), draw(history))


def events(scheme: Scheme) -> st.SearchStrategy[tuple[Event, ...]]:
    event = part(
        unit=one_of([unit.name for group in scheme.groups for unit in group.units]),
        item=one_of([item.code for item in leaves((*scheme.items, *scheme.adjustments))]),
        matter=one_of(["某事", "另一事"]),
        level=one_of(["国家级", "省级", "通报", "不在册"]),
        grade=one_of(["", "一等", "二等"]),
        times=one_of(["1", "2"]),
        share=one_of(["1", "0.5"]),
        rectified=st.booleans(),
        document=one_of(["", "某发1号"]),
        round=one_of([each.code for each in scheme.rounds] or [""]),
    )
    rows = st.lists(event.map(Event.model_validate), max_size=4)
    return rows.map(tuple)


@st.composite
def cases(draw: Callable[..., Any], scheme: st.SearchStrategy[Scheme]) -> Case:
    """A scheme with a sheet."""
    found = draw(scheme)
    return found, draw(sheets(found))


one_item = cases(schemes(items=leaf.map(lambda item: [item]), standing=False))
"""One item in all its variety."""
whole_tree = cases(schemes(items=tree, standing=False, most_rounds=3))
"""Categories, gaps and rounds."""
whole_standing = cases(schemes(items=simple_tree, standing=True, most_rounds=2))
"""Plain marks; ties, tiers, gates, consequences."""
