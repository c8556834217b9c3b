"""Which schemes and sheets can there be? Small random ones, full of ties, gaps and edges."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from jixiao.scoring.events import Event
from jixiao.scoring.inputs import input_keys
from jixiao.scoring.scheme import Scheme, leaves
from jixiao.scoring.sheet import Row, Sheet
from jixiao.scoring.tests.oracle_measures import columns
from jixiao.scoring.tests.strategies_items import (
    GROUPS,
    NAMES,
    SEVERAL,
    SINGLE,
    TAGS,
    TIERS,
    Plain,
    about_marks,
    about_results,
    about_standing,
    best,
    coded,
    combined,
    datum,
    kind,
    leaf,
    one_of,
    part,
    positive,
    scope,
    simple_tree,
    some,
    sparse,
    total_span,
    tree,
)

Case = tuple[Scheme, Sheet]
VALUES = (None, -20000, -5000, 0, 5000, 5001, 10000, 10000, 15000, 20000, 33333)

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


def gate(codes: list[str], *, tiers: bool) -> st.SearchStrategy[Plain]:
    def effect(name: str, when: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
        said = st.just(name)
        return part(name=said, when=when, effect=said, tier=one_of(TIERS), steps=st.integers(1, 2))

    names = ("lowest", "bar", "down", "set", "honour") if tiers else ("honour",)
    later = [effect(name, about_standing(codes)) for name in names]
    return st.one_of(effect("zero", combined(about_marks(codes))), *later)


def consequence(codes: list[str], *, tiers: bool) -> st.SearchStrategy[Plain]:
    when = about_results(codes) if tiers else about_standing(codes)
    rate = kind(
        "rate",
        name=st.just("比例"),
        by_tier=st.dictionaries(one_of(TIERS), positive) if tiers else st.just({}),
        untiered=positive,
        additions=st.lists(part(when=when, add=positive), max_size=2),
        cap=sparse(positive, odds=2),
        people=sparse(datum, odds=2),
        rounding=one_of(["floor", "ceil", "half_up"]),
    )
    return kind("ruling", name=st.just("措施"), when=when) | rate


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
    codes: list[str] = []
    main = coded(draw(items), letter="A", before=codes)
    bonus = coded(draw(st.lists(leaf, max_size=1)), letter="B", before=codes)
    tie = part(item=one_of(codes), best=best) | part(data=datum, best=best)
    said: Plain = {
        "title": "考核办法",
        "full": draw(one_of(["10", "100"])),
        "full_by_group": draw(sparse(st.just({GROUPS[0]: "50"}))) or {},
        "decimals": draw(st.integers(0, 4)),
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
        tiers = draw(one_of([True, True, True, False]))
        said["tiers"] = draw(tier_table(codes)) if tiers else []
        said["gates"] = draw(st.lists(gate(codes, tiers=tiers), max_size=3))
        said["consequences"] = draw(st.lists(consequence(codes, tiers=tiers), max_size=3))
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
        notice_days=one_of([4, 5]),
        signed_by=one_of(["", "县长"]),
        on=one_of([None, "2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"]),
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
whole_year = cases(schemes(items=tree, standing=True, most_rounds=3))
"""Everything at once."""
