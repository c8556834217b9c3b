"""Can everybody read and work with every page of the navigation? axe, WCAG 2.2 AA."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from jixiao.access.actor import Actor, Held
from jixiao.access.permissions import ROLES, Extent, Role
from jixiao.org.tests.factories import UnitFactory
from jixiao.portal.navigation import navigation
from tests.e2e.conftest import AXE, SIZES

pytestmark = pytest.mark.django_db(transaction=True)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def findings(page: Page) -> list[str]:
    """What axe finds on the page: rule, and where."""
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        f"axe.run({{runOnly: {{type: 'tag', values: {json.dumps(RULES)}}}}})"
    )
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def ways(role: Role, key: str) -> list[str]:
    """The addresses of the navigation."""
    actor = Actor("某人", held=(Held(role, key),))
    return [entry.url for group in navigation(actor, "/", counts={}) for entry in group]


@pytest.mark.parametrize("role", Role)
def test_every_page_of_the_navigation_passes_axe(
    page_of: Callable[..., Page], live_server: Any, role: Role
) -> None:
    unit = UnitFactory(name="云溪镇")
    key = {Extent.UNIT: str(unit.pk), Extent.GROUP: "乡镇", Extent.ITEM: "1.1"}.get(
        ROLES[role].extent, ""
    )
    page = page_of(role, key=key)
    found = {}
    for way in ways(role, key):
        page.goto(f"{live_server.url}{way}")
        found[way] = findings(page)
    assert {way: each for way, each in found.items() if each} == {}


@pytest.mark.parametrize("size", SIZES)
def test_home_fits_every_width(page_of: Callable[..., Page], live_server: Any, size: str) -> None:
    page = page_of(Role.OFFICE_HEAD)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.goto(f"{live_server.url}/")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
