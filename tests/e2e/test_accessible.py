"""Can everybody read and work with every page? axe for WCAG 2.2 AA, on three widths, in the dark."""

import re
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from jixiao.access.permissions import Role

AXE = Path(__file__).parents[2] / ".assets-test" / "axe.min.js"
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
WIDTHS = {1440: 900, 1024: 768, 390: 844}
THROUGHOUT = (Role.OFFICE_HEAD, Role.LIAISON)
"""Whose pages are all looked at below."""
BEYOND = "document.documentElement.scrollWidth - innerWidth"
WIDEST = """[...document.querySelectorAll('main *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(each => each.tagName + '.' + each.className).join(' ')"""

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


def in_the_dark(page: Page) -> Iterator[str]:
    """What cannot be read in the dark."""
    page.emulate_media(color_scheme="dark")
    yield from (f"in the dark: {each}" for each in findings(page, CONTRAST))
    page.emulate_media(color_scheme="light")


def overflows(page: Page) -> Iterator[str]:
    """Widths at which the page would have to be pushed sideways."""
    before = page.viewport_size
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        if (beyond := page.evaluate(BEYOND)) > 0:
            yield f"{beyond}px too wide at {width}: {page.evaluate(WIDEST)}"
    page.set_viewport_size(before)


def links(page: Page, within: str) -> list[str]:
    """The addresses that links lead to, without their questions."""
    script = "all => all.filter(a => !a.hasAttribute('download')).map(a => a.pathname)"
    return list(dict.fromkeys(page.eval_on_selector_all(f"{within} a[href^='/']", script)))


def pages(page: Page) -> Iterator[str]:
    """One page of every kind that links lead to, once the one before is open; numbers and names in
    an address make no kind.
    """
    waiting, seen = ["/"], set()
    while waiting:
        way = waiting.pop(0)
        kind = re.sub(r"/(\d[^/]*|%[^/]*)", "/#", way)
        if kind in seen or "signout" in way or "workbook" in way or "/files/" in way:
            continue
        seen.add(kind)
        yield way
        waiting += links(page, "body")


def open_all(page: Page, ways: Iterable[str], look: Callable[[Page], Iterable[str]]) -> None:
    """Every page opens, and nothing is found on it."""
    found = []
    for way in ways:
        answer = page.goto(way)
        if answer and answer.status != HTTPStatus.OK:
            found.append(f"{way} {answer.status}")
        found += [f"{way} {each}" for each in look(page)]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@needs_axe
@pytest.mark.parametrize("role", [each for each in Role if each not in THROUGHOUT])
def test_every_page_of_the_navigation_is_within_reach_of_everybody(
    page_of: Callable[..., Page], role: Role
) -> None:
    page = page_of(role)
    page.goto("/")
    ways = links(page, "nav.nav")
    assert len(ways) >= 4
    open_all(page, ways, findings)


@needs_axe
def test_every_kind_of_page_of_the_office_is_within_reach_fits_every_width_and_the_dark(
    page_of: Callable[..., Page],
) -> None:
    page = page_of(Role.OFFICE_HEAD)
    look = lambda page: [*findings(page), *in_the_dark(page), *overflows(page)]  # noqa: E731
    open_all(page, pages(page), look)


@needs_axe
def test_every_kind_of_page_of_a_unit_is_within_reach_on_a_phone(
    page_of: Callable[..., Page],
) -> None:
    page = page_of(Role.LIAISON, viewport={"width": 390, "height": 844})
    open_all(page, pages(page), findings)


@needs_axe
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_every_kind_of_page_of_the_administrators_is_within_reach(
    page_of: Callable[..., Page], role: Role
) -> None:
    page = page_of(role)
    own = (way for way in pages(page) if way.startswith(("/system", "/security")))
    open_all(page, own, lambda page: [*findings(page), *overflows(page)])


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_is_within_reach_of_everybody(stranger: Page, scheme: str) -> None:
    stranger.emulate_media(color_scheme=scheme)
    open_all(stranger, ["/signin/"], lambda page: [*findings(page), *overflows(page)])
