"""Can everybody read and work with every page? axe for WCAG 2.2 AA, on three widths, in the dark."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from jixiao.access.permissions import Role

AXE = Path(__file__).parents[2] / ".assets-test" / "axe.min.js"
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
WIDTHS = {1440: 900, 1024: 768, 390: 844}
BEYOND = "document.documentElement.scrollWidth - innerWidth"

needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="没有 axe（scripts/assets.py --test 取得），无障碍测试略过"
)


def findings(page: Page, rules: dict[str, Any] = WCAG) -> Iterator[str]:
    """What axe finds on the page: rule, how often, and where first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    for found in page.evaluate("(options) => axe.run(options)", options)["violations"]:
        nodes = found["nodes"]
        yield f"{found['id']} ×{len(nodes)}: {nodes[0]['target']} {nodes[0]['html'][:120]}"


def overflows(page: Page) -> Iterator[str]:
    """Widths at which the page would have to be pushed sideways."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        if (beyond := page.evaluate(BEYOND)) > 0:
            yield f"{beyond}px too wide at {width}"


def everything(page: Page) -> list[str]:
    """Barriers on a desktop, overflow at every width, barriers on a phone, contrast in the dark."""
    found = [*findings(page), *overflows(page), *findings(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in findings(page, CONTRAST)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def links(page: Page, within: str) -> list[str]:
    """The addresses that links lead to, without their questions."""
    script = "all => all.filter(a => !a.download).map(a => a.pathname)"
    return list(dict.fromkeys(page.eval_on_selector_all(f"{within} a[href^='/']", script)))


def pages(page: Page) -> Iterator[str]:
    """One page of every kind that links lead to; numbers and names in an address make no kind."""
    waiting, seen = ["/"], set()
    while waiting:
        way = waiting.pop(0)
        kind = re.sub(r"/(\d[^/]*|%[^/]*)", "/#", way)
        if kind in seen or "signout" in way or "workbook" in way or "/files/" in way:
            continue
        seen.add(kind)
        page.goto(way)
        waiting += links(page, "body")
        yield way


def assert_nothing(found: dict[str, list[str]]) -> None:
    """Every page without a finding; else each with what was found."""
    assert "\n".join(f"{way} {each}" for way, all_ in found.items() for each in all_) == ""


@needs_axe
@pytest.mark.parametrize("role", Role)
def test_every_page_of_the_navigation_is_within_reach_of_everybody(
    page_of: Callable[[Role], Page], role: Role
) -> None:
    page = page_of(role)
    page.goto("/")
    ways = links(page, "nav.nav")
    assert len(ways) >= 4
    found = {}
    for way in ways:
        page.goto(way)
        found[way] = list(findings(page))
    assert_nothing(found)


@needs_axe
@pytest.mark.parametrize("role", [Role.OFFICE_HEAD, Role.LIAISON])
def test_every_kind_of_page_is_within_reach_at_every_width_and_in_the_dark(
    page_of: Callable[[Role], Page], role: Role
) -> None:
    page = page_of(role)
    assert_nothing({way: everything(page) for way in pages(page)})


@needs_axe
def test_signing_in_is_within_reach_of_everybody(stranger: Page) -> None:
    stranger.goto("/signin/")
    assert everything(stranger) == []
