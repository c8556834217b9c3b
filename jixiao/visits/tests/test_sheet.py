"""Is the mark sheet what was recorded, complete or with every gap named, and what was given back said?"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.results.explain import explain_unit
from jixiao.results.pipeline import evaluate
from jixiao.schemes.exchange.marksheet import read_marksheet
from jixiao.schemes.exchange.template import write_template
from jixiao.schemes.tests.factories import ITEMS, scheme
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sheet import Row, Sheet
from jixiao.visits.sheet import (
    NO_MARK,
    NOT_IN,
    NOT_PLANNED,
    OFFICE,
    UNDECIDED,
    Credit,
    Gap,
    Gathered,
    Kept,
    Seen,
    gaps,
    sheet_of,
)
from jixiao.visits.tasks import TaskBook

UNITS = ("云溪镇", "河口镇", "财政局")
WHOLE = {"1.1": {"迟报": 0}, "1.2": {"1.2": 80_000}, "2.1": {"2.1": 550_000}}
ROUNDS = [
    {"code": "h1", "name": "半年", "weight": "4", "optional": True},
    {"code": "h2", "name": "年终", "weight": "6"},
]


def seen(unit: str, kept: Mapping[str, Mapping[str, int]] = WHOLE, **said: Any) -> Seen:
    """A unit visited by the first team, everything recorded unless said otherwise."""
    rows = tuple(Kept(code, values) for code, values in kept.items())
    return Seen(**{"round": "", "unit": unit, "team": "第一组（何雨、郑启）", "kept": rows, **said})


def without(code: str) -> dict[str, dict[str, int]]:
    return {name: values for name, values in WHOLE.items() if name != code}


def gathered(of: Scheme, *units: Seen) -> Gathered:
    return Gathered(TaskBook.of(of), {each.key: each for each in units})


def test_the_sheet_is_what_was_recorded() -> None:
    found = sheet_of(scheme(), [seen(unit) for unit in UNITS])
    values = {"迟报": 0, "1.2": 80_000, "2.1": 550_000}
    assert found == Sheet(tuple(Row(unit, values) for unit in UNITS))


def test_a_complete_sheet_has_no_gaps() -> None:
    assert gaps(scheme(), [seen(unit) for unit in UNITS]) == ()


def test_every_gap_names_unit_item_and_who_owes_it() -> None:
    found = gaps(scheme(), [seen("云溪镇", without("1.2")), seen("河口镇"), seen("财政局")])
    assert found == (Gap("", "云溪镇", "1.2", "材料质量", "得分", "第一组（何雨、郑启）"),)


def test_what_a_keeper_owes_is_asked_of_the_keeper() -> None:
    data = [{"key": "迟报", "name": "迟报次数", "unit": "次", "provider": "县统计局"}]
    found = gaps(scheme(data=data), [seen(unit, without("1.1")) for unit in UNITS])
    assert {(each.item, each.owner) for each in found} == {("按时报送", "县统计局")}
    data[0] = {"key": "迟报", "name": "迟报次数", "counted": True}
    [first, *_] = gaps(scheme(data=data), [seen(unit, without("1.1")) for unit in UNITS])
    assert first.owner == OFFICE


def test_a_record_whose_versions_differ_is_a_gap_and_no_figure() -> None:
    differing = Seen("", "云溪镇", "", (Kept("1.2", {"1.2": 80_000}, is_differing=True),))
    found = gathered(scheme(), differing, seen("河口镇"), seen("财政局"))
    assert [each.label for each in found.gaps if each.code == "1.2"] == [UNDECIDED]
    assert found.sheet.rows[0].values == {}


def test_figures_of_which_no_mark_can_be_made_are_a_gap() -> None:
    share = {"kind": "ratio", "numerator": [{"data": "已查"}], "denominator": [{"data": "应查"}]}
    items = [{"code": "1", "name": "月自查", "points": "100", "rule": {"measure": share, "scale": {"kind": "proportional"}}}]  # fmt: skip
    data = [{"key": "已查", "name": "已查次数"}, {"key": "应查", "name": "应查次数"}]
    of = scheme(items=items, data=data)
    told = {"1": {"已查": 10_000, "应查": 10_000}}
    units = [
        seen("云溪镇", {"1": {"已查": 0, "应查": 0}}),
        seen("河口镇", told),
        seen("财政局", told),
    ]
    assert [(each.unit, each.label) for each in gaps(of, units)] == [("云溪镇", NO_MARK)]
    assert evaluate(of, sheet_of(of, units)).year["云溪镇"]["total"] is None


def test_a_unit_that_does_not_take_part_has_no_row_and_no_gap() -> None:
    found = gathered(
        scheme(), seen("云溪镇", {}, excuse="年中撤并"), seen("河口镇"), seen("财政局")
    )
    assert ([row.unit for row in found.sheet.rows], found.gaps) == (["河口镇", "财政局"], ())
    assert [each.excuse for each in found.excused] == ["年中撤并"]


def test_a_unit_that_nobody_planned_for_is_told() -> None:
    found = gaps(scheme(), [seen("云溪镇"), seen("河口镇")])
    assert [(each.unit, each.label, each.owner) for each in found] == [("财政局", NOT_IN, OFFICE)]


def test_a_round_that_may_be_left_out_leaves_no_gap_one_that_must_be_held_does() -> None:
    of = scheme(rounds=ROUNDS)
    year_end = [seen(unit, round="h2") for unit in UNITS]
    assert gaps(of, year_end) == ()
    assert len(sheet_of(of, year_end).rows) == 3
    [gap] = gaps(of, [seen(unit, round="h1") for unit in UNITS])
    assert (gap.round, gap.label) == ("年终", NOT_PLANNED)


def test_points_of_a_finding_put_right_come_back_up_to_the_full_mark_and_are_listed() -> None:
    found = gathered(
        scheme(), seen("云溪镇", credits=(Credit("1.2", 10_000), Credit("1.2", 30_000)))
    )
    assert found.sheet.rows[0].values["1.2"] == 100_000
    assert [each.words for each in found.restored] == [
        "整改到位恢复预扣1.0分", "整改到位恢复预扣1.0分（到满分为止）"
    ]  # fmt: skip


def test_where_figures_decide_nothing_is_added_silently() -> None:
    found = gathered(scheme(), seen("云溪镇", credits=(Credit("1.1", 10_000),)))
    assert found.sheet.rows[0].values["迟报"] == 0
    assert "没有自动加回" in found.restored[0].words


def test_the_workbook_of_the_sheet_reads_back_as_the_same_sheet(tmp_path: Path) -> None:
    of = scheme(rounds=ROUNDS)
    made = sheet_of(of, [seen(unit, round=code) for code in ("h1", "h2") for unit in UNITS])
    write_template(of, tmp_path / "记分表.xlsx", filled=made)
    assert read_marksheet(of, tmp_path / "记分表.xlsx") == (made, ())


def test_choices_fractions_and_earlier_tiers_read_back_too(tmp_path: Path) -> None:
    data = [{"key": "迟报", "name": "党建", "choices": {"好": "1", "差": "0"}}]
    when = {"kind": "tier", "tiers": ["达标"], "years": 2}
    said = {"kind": "ruling", "name": "约谈", "when": when}
    of = scheme(data=data, consequences=[said])
    figures = {"1.1": {"迟报": 10_000}, "1.2": {"1.2": 87_654}, "2.1": {"2.1": 3}}
    made = sheet_of(of, [seen(unit, figures) for unit in UNITS])
    made = Sheet(made.rows, history={"云溪镇": ("达标",), "河口镇": ("先进",)})
    write_template(of, tmp_path / "记分表.xlsx", filled=made)
    read, _ = read_marksheet(of, tmp_path / "记分表.xlsx")
    assert (read.rows, read.history["云溪镇"]) == (made.rows, ("达标",))


@st.composite
def recorded(draw: Callable[..., Any]) -> list[Seen]:
    """What teams may have recorded of the three units, gaps and give-backs included."""
    rows = []
    for unit in UNITS:
        figures = {
            "1.1": {"迟报": draw(st.integers(0, 50)) * 10_000},
            "1.2": {"1.2": draw(st.integers(0, 200)) * 500},
            "2.1": {"2.1": draw(st.integers(0, 1200)) * 500},
        }
        kept = {code: figures[code] for code in draw(st.sets(st.sampled_from(sorted(figures))))}
        back = draw(
            st.lists(st.builds(Credit, st.sampled_from(sorted(figures)), st.integers(1, 20_000)))
        )
        rows.append(seen(unit, kept, credits=tuple(back)))
    return rows


@settings(max_examples=60, deadline=None)
@given(recorded())
def test_marks_explained_are_the_marks_recorded(units: list[Seen]) -> None:
    made = gathered(scheme(), *units)
    result = evaluate(scheme(), made.sheet)
    for unit in UNITS:
        told = {each.code: each.mark for each in explain_unit(result, unit)}
        values = made.values.get(("", unit), {})
        tasks = made.book.tasks(unit)
        own = {task.code: mark for task in tasks if (mark := task.mark(values)) is not None}
        missing = {gap.code for gap in made.gaps if gap.unit == unit}
        assert told == own
        assert missing == {task.code for task in tasks} - own.keys()
        assert (result.year[unit]["total"] is None) == bool(missing)


def test_the_tests_scheme_still_has_the_items_written_above() -> None:
    assert [leaf["code"] for top in ITEMS for leaf in top["items"]] == list(WHOLE)  # type: ignore[attr-defined]
