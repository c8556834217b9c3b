"""Does a tablet without network give the mark that the engine gives?"""

from pathlib import Path

import pytest

from jixiao.results.tests.test_cases import CASES, result_of, scheme_of
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.own import formula
from jixiao.scoring.scheme import Scheme


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_where_the_own_figures_decide_the_mark_is_the_engines(path: Path) -> None:
    scheme, result = scheme_of(path), result_of(path)
    for row in result.sheet.rows:
        for item in all_leaves(scheme):
            found = formula(scheme, item, result.group_of(row.unit))
            mark = found and found.mark(row.values)
            if mark is not None:
                assert mark == result.rounds[row.round][row.unit][f"mark:{item.code}"], item.code


def test_the_cases_hold_enough_rules_that_the_own_figures_decide() -> None:
    decided = [
        item.code
        for path in CASES
        for item in all_leaves(scheme_of(path))
        if formula(scheme_of(path), item, scheme_of(path).groups[0].name)
    ]
    assert len(decided) > 40


def test_a_formula_is_plain_whole_numbers(small: Scheme) -> None:
    told = formula(small, small.items[0].items[0], "乡镇")
    assert told is not None
    assert told.as_json()["top"] == (("迟报", 1),)
    assert (-1, 2) in [piece["slope"] for piece in told.as_json()["pieces"]]
    assert told.mark({"迟报": 30_000}) == 285_000
    assert told.mark({"迟报": None}) is None


@pytest.fixture
def small() -> Scheme:
    """Thirty points, half a point off for each late report."""
    return Scheme.model_validate(
        {
            "title": "办法", "full": "30", "decimals": 1,
            "groups": [{"name": "乡镇", "units": [{"name": "云溪镇"}]}],
            "data": [{"key": "迟报", "name": "迟报次数"}],
            "items": [{"code": "1", "name": "报送", "items": [{
                "code": "1.1", "name": "按时报送", "points": "30",
                "rule": {"measure": {"kind": "reported", "data": "迟报"},
                         "scale": {"kind": "deduct", "each": "0.5"}},
            }]}],
        }
    )  # fmt: skip
