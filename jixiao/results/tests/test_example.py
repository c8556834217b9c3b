"""Do the example county's two years belong together?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.tests.factories import UnitFactory
from jixiao.results.example import load_example
from jixiao.results.models import Review
from jixiao.results.queries import published, reading
from jixiao.results.queries.way_page import movements
from jixiao.schemes.exchange.files import read_scheme

pytestmark = pytest.mark.django_db
COUNTY = Path(__file__).parents[3] / "examples" / "清岚县"


@pytest.fixture(autouse=True)
def _loaded(actor: Callable[..., Actor]) -> None:
    scheme, _ = read_scheme(COUNTY / "办法.yaml")
    for group in scheme.groups:
        for unit in group.units:
            UnitFactory(name=unit.name, group=group.name)
    load_example(COUNTY, year=2025, loader=actor(Role.OFFICE), publisher=actor(Role.OFFICE_HEAD))


def test_last_years_tiers_are_those_that_this_years_sheet_knows() -> None:
    this, last = published()
    history = reading(this).result.sheet.history
    found = reading(last)
    assert {unit: (each.tier,) for unit, each in found.standings.items()} == history


def test_units_moved_in_both_directions() -> None:
    this, last = (reading(each).standings for each in published())
    moves = [(last[unit].place or 0) - (now.place or 0) for unit, now in this.items()]
    assert sum(move > 0 for move in moves) > 5
    assert sum(move < 0 for move in moves) > 5


def test_one_review_was_rejected_and_one_led_to_a_run_that_units_were_told_of() -> None:
    found = {each.code: each for each in Review.objects.all()}
    assert {code: each.state for code, each in found.items()} == {
        "5.1": "rejected", "4.1": "granted",
    }  # fmt: skip
    again = found["4.1"].led_to
    assert again is not None
    assert (again.state, again.follows) == ("notified", published()[0])
    assert [each.unit for each in movements(again)][:1] != []


def test_both_years_recompute() -> None:
    assert [(each.year, reading(each).is_confirmed) for each in published()] == [
        (2025, True),
        (2024, True),
    ]
