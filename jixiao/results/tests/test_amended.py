"""Is a sheet put right in just the cells that are named, and a scheme cut after just the round that is named?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.results.amended import Change, amended, lacking, sheet_up_to, up_to
from jixiao.results.pipeline import evaluate
from jixiao.results.result import Result, from_bytes, scheme_json, to_bytes
from jixiao.results.tests.county import TOWNS, county, run, scheme_data
from jixiao.scoring.scheme import Scheme, SchemeError
from jixiao.scoring.sheet import digest

RIGHT = Change("云溪镇", "h2", "2.2", 110_000)


def small() -> Result:
    return run(scheme_data(), TOWNS.split()[:3])


def test_no_change_gives_the_same_seal() -> None:
    again = evaluate(county().scheme, amended(county().sheet, ()))
    assert to_bytes(again) == to_bytes(county())


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(["2.1", "2.2", "5.1"])), st.sampled_from(["h1", "h2"]))
def test_putting_in_what_stands_there_gives_the_same_sheet(columns: set[str], code: str) -> None:
    sheet = small().sheet
    row = next(each for each in sheet.rows if each.unit == "河口镇" and each.round == code)
    same = [Change("河口镇", code, name, row.values[name] or 0) for name in sorted(columns)]
    assert amended(sheet, same) == sheet


def test_one_cell_is_put_right_and_the_old_sheet_stays() -> None:
    old = small().sheet
    before = digest(old.as_json())
    new = amended(old, [RIGHT])
    changed = [
        (row.unit, row.round, name)
        for row, was in zip(new.rows, old.rows, strict=True)
        for name in row.values
        if row.values[name] != was.values[name]
    ]
    assert changed == [("云溪镇", "h2", "2.2")]
    assert digest(old.as_json()) == before


def test_the_last_decision_about_a_cell_counts() -> None:
    later = Change("云溪镇", "h2", "2.2", 120_000)
    sheet = amended(small().sheet, [RIGHT, later])
    assert lacking(sheet, [RIGHT, later]) == ()
    assert lacking(small().sheet, [RIGHT, later]) == (later,)


def test_a_unit_that_took_no_part_cannot_be_put_right() -> None:
    with pytest.raises(SchemeError, match="云海镇没有参加要更正的那一轮"):
        amended(small().sheet, [Change("云海镇", "h2", "2.2", 0)])


def test_a_stage_is_the_frozen_scheme_with_its_first_rounds() -> None:
    whole = Scheme.model_validate(scheme_data())
    data = scheme_data()
    by_hand = Scheme.model_validate(data | {"rounds": data["rounds"][:1]})
    assert digest(scheme_json(up_to(whole, "h1"))) == digest(scheme_json(by_hand))
    assert up_to(whole, "") is whole


def test_the_marks_of_a_stage_are_those_of_its_rounds() -> None:
    whole = small()
    scheme = up_to(whole.scheme, "h1")
    stage = evaluate(scheme, sheet_up_to(whole.sheet, scheme))
    assert stage.rounds["h1"] == whole.rounds["h1"]
    assert stage.year["云溪镇"]["mark:2.2"] == whole.rounds["h1"]["云溪镇"]["mark:2.2"]
    assert {row.round for row in stage.sheet.rows} == {"h1"}
    assert from_bytes(to_bytes(stage), name="x") == stage


def test_events_of_later_rounds_are_left_out_of_a_stage() -> None:
    whole = small()
    assert {event.round for event in whole.sheet.events} == {"h2"}
    assert sheet_up_to(whole.sheet, up_to(whole.scheme, "h1")).events == ()


@pytest.mark.parametrize("code", ["h2", "h9"])
def test_the_last_round_is_the_whole_year_and_an_unknown_one_is_none(code: str) -> None:
    with pytest.raises(SchemeError, match="没有可以只算到的轮次"):
        up_to(Scheme.model_validate(scheme_data()), code)
