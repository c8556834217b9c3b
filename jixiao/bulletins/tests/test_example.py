"""Has the example county a bulletin that went the whole way without a typed figure, and one in work?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.bulletins.example import load_example
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import Desk
from jixiao.bulletins.states import BulletinState
from jixiao.org.tests.factories import UnitFactory
from jixiao.results import example as results
from jixiao.schemes.exchange.files import read_scheme

pytestmark = pytest.mark.django_db
COUNTY = Path(__file__).parents[3] / "examples" / "清岚县"


def test_last_year_s_is_issued_and_one_is_being_written(actor: Callable[..., Actor]) -> None:
    year = timezone.localdate().year - 1
    office, head = actor(Role.OFFICE), actor(Role.OFFICE_HEAD)
    for group in read_scheme(COUNTY / "办法.yaml")[0].groups:
        for unit in group.units:
            UnitFactory(name=unit.name, group=group.name)
    results.load_example(COUNTY, year=year, loader=office, publisher=head)
    load_example(COUNTY, year=year, office=office, head=head)
    annual, topic = Bulletin.objects.order_by("id")
    assert (annual.state, topic.state) == (BulletinState.ISSUED, BulletinState.DRAFT)
    assert annual.number == f"清绩委〔{year + 1}〕3号"
    assert (Desk(annual).typed, Desk(annual).open) == (0, ())
    assert str(year) in annual.title
    assert len(Desk(topic).open) == 1
