"""Does the page say how firm a result is, to those who stand behind it and to nobody else?"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.results.actions import score_rounds
from jixiao.results.models import SealedResult
from jixiao.results.queries.analysis import analysis, hands_of
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import county
from jixiao.results.tests.test_pages import many, text
from jixiao.schemes.tests.factories import scheme
from jixiao.visits.models import Record
from jixiao.visits.tests.marked import marked, published

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
DATA = [{"key": "迟报", "name": "迟报次数", "unit": "次", "provider": "县统计局"}]


def page_of(kept: SealedResult) -> str:
    return reverse("result_analysis", args=[kept.pk])


def scored(actor: Callable[..., Actor]) -> SealedResult:
    version = published(scheme(data=DATA))
    marked(version)
    return score_rounds(version, by=actor(Role.OFFICE), name="年终评估")


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICE_HEAD, Role.LEADER, Role.PERSONNEL])
def test_those_who_see_every_mark_see_it(keep: Keep, browser_of: Browsers, role: Role) -> None:
    page = text(browser_of(role), page_of(keep(county())))
    assert "县民政局由达标变为先进" in page
    assert "领导机构" in page  # the one item that tells nobody apart


@pytest.mark.parametrize("role", [Role.UNIT_LEAD, Role.LIAISON])
def test_a_unit_does_not_see_what_others_hang_on(
    keep: Keep, browser_of: Browsers, role: Role
) -> None:
    kept = keep(county())
    client = browser_of(role, key=Unit.objects.get(name="云溪镇").pk)
    assert client.get(page_of(kept)).status_code == 404


def test_before_it_is_published_the_office_looks(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county(), is_published=False)
    assert browser_of(Role.LEADER).get(page_of(kept)).status_code == 404
    assert "稳不稳" in text(browser_of(Role.OFFICE), page_of(kept))


def test_the_league_links_to_it_with_what_is_to_be_looked_at(
    keep: Keep, browser_of: Browsers
) -> None:
    kept = keep(county())
    page = text(browser_of(Role.OFFICE), reverse("result", args=[kept.pk]))
    assert page_of(kept) in page
    assert "1 条要看" in page


def test_the_amounts_are_chosen_and_nonsense_is_not(keep: Keep, browser_of: Browsers) -> None:
    kept, client = keep(county()), browser_of(Role.OFFICE)
    assert "满分的 10%，权重动 20%" in text(client, f"{page_of(kept)}?mark=10&weight=20")
    for wrong in ("mark=0", "mark=-5", "weight=1e9", "mark=<b>", "mark=%00"):
        assert "满分的 2%，权重动 10%" in text(client, f"{page_of(kept)}?{wrong}")


def test_hands_are_teams_and_for_the_office_whoever_recorded(actor: Callable[..., Actor]) -> None:
    kept = scored(actor)
    recorder = Record.objects.filter(code="1.2").first()
    assert recorder is not None
    told = {(each.kind, each.name) for each in hands_of(kept, names_people=True)}
    assert ("评估组", "甲组") in told
    assert ("记录人", recorder.saved_by.name) in told
    assert {each.kind for each in hands_of(kept, names_people=False)} == {"评估组"}


def test_what_offices_provided_is_in_no_assessors_hand(actor: Callable[..., Actor]) -> None:
    marks = {mark for each in hands_of(scored(actor), names_people=True) for mark in each.marks}
    assert {code for _, _, code in marks} == {"1.2", "2.1"}


def test_the_assessors_are_named_to_the_office_only(
    actor: Callable[..., Actor], browser_of: Browsers
) -> None:
    kept = scored(actor)
    assert "记录人" in {
        each.name for each in analysis(kept, actor(Role.OFFICE), mark=2, weight=10).kinds
    }
    leader = analysis(kept, actor(Role.LEADER), mark=2, weight=10)
    assert "记录人" not in {each.name for each in leader.kinds}
    assert "评估组" in text(browser_of(Role.OFFICE), page_of(kept))


@pytest.mark.parametrize("count", [70, 700])
def test_the_page_asks_the_database_equally_often_for_70_and_700_units(
    keep: Keep, browser_of: Browsers, count: int,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    kept, client = keep(many(count)), browser_of(Role.OFFICE)
    client.get("/")
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        assert client.get(page_of(kept)).status_code == 200
