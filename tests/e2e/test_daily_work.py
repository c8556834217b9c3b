"""Do keys, search, tables, themes and paper work as people expect?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from jixiao.access.permissions import Role

UNITS = "/org/"
FOCUSED = "document.activeElement"


def rows(page: Page) -> list[str]:
    """The first cell of every row of the table."""
    return [
        text.strip() for text in page.locator("#table tbody tr > :first-child").all_inner_texts()
    ]


def test_slash_goes_to_the_search_and_initials_find_a_town(page_of: Callable[..., Page]) -> None:
    page = page_of(Role.LIAISON)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("yxz")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("云溪镇")
    page.get_by_role("link", name="云溪镇", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("云溪镇")


def test_the_first_key_leads_past_the_navigation(page_of: Callable[..., Page]) -> None:
    page = page_of(Role.CADRE)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_every_step_with_the_tab_key_shows_where_it_is(page_of: Callable[..., Page]) -> None:
    page = page_of(Role.OFFICE_HEAD)
    page.goto("/")
    for _ in range(20):
        page.keyboard.press("Tab")
        style = page.evaluate(
            f"(s => s.outlineStyle + s.boxShadow + s.backgroundColor)(getComputedStyle({FOCUSED}))"
        )
        assert style != "nonenonergba(0, 0, 0, 0)", page.evaluate(f"{FOCUSED}.outerHTML")


def test_filter_and_order_stand_in_the_address_and_back_undoes_them(
    page_of: Callable[..., Page],
) -> None:
    page = page_of(Role.OFFICE)
    page.goto(UNITS)
    before = rows(page)
    page.select_option("[name=kind]", index=2)
    page.wait_for_url("**?kind=*")
    narrowed = rows(page)
    assert set(narrowed) < set(before)
    page.locator("thead a").first.click()
    page.wait_for_url("**sort=*")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    ordered = rows(page)
    assert sorted(ordered) == sorted(narrowed)
    page.reload()
    assert rows(page) == ordered
    page.go_back()
    page.wait_for_url(lambda url: "sort=" not in url)
    expect(page.locator("#table tbody tr")).to_have_count(len(narrowed))
    assert rows(page) == narrowed


def test_the_exported_workbook_holds_the_rows_that_are_shown(
    page_of: Callable[..., Page], tmp_path: Path
) -> None:
    page = page_of(Role.OFFICE)
    page.goto(f"{UNITS}?q=镇")
    with page.expect_download() as awaited:
        page.click("text=导出 Excel")
    awaited.value.save_as(tmp_path / "单位.xlsx")
    sheet = load_workbook(tmp_path / "单位.xlsx").active
    names = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert [name for name in names if name in rows(page)] == rows(page)
    assert "临港园区" not in names


def test_the_chosen_theme_survives_a_reload(page_of: Callable[..., Page]) -> None:
    page = page_of(Role.LEADER)
    page.goto("/")
    page.click(".menu summary")
    page.click("[data-theme-choice=dark]")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") != ""


@pytest.mark.parametrize("way", ["/", UNITS, "/results/"])
def test_paper_shows_the_page_without_its_navigation(
    page_of: Callable[..., Page], way: str
) -> None:
    page = page_of(Role.OFFICE)
    page.goto(way)
    page.emulate_media(media="print")
    for hidden in ("nav.nav", "header.topbar", ".skip"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_on_a_phone_the_navigation_opens_and_escape_closes_it(
    page_of: Callable[..., Page],
) -> None:
    page = page_of(Role.LIAISON, has_touch=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    entry = page.locator("nav.nav .side a", has_text="通知")
    expect(entry).not_to_be_in_viewport()
    page.locator(".nav-button").tap()
    expect(entry).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(entry).not_to_be_in_viewport()


@pytest.mark.parametrize("role", [Role.OFFICE_HEAD, Role.LEADER, Role.UNIT_LEAD])
def test_the_first_page_is_light(page_of: Callable[..., Page], role: Role) -> None:
    page = page_of(role)
    sizes: list[float] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    assert 10_000 < sum(sizes) < 150_000
