"""Is nothing lost and nothing written twice, whatever happens while somebody writes?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from jixiao.access.permissions import Role
from jixiao.core.words import day
from tests.e2e.conftest import SIGNED_IN, County

WRITE, MINE, PLAN = "/opinions/write/", "/opinions/mine/", "/cycle/"
TEXT = "建议把季度考评的表并到月报里"


def test_what_was_typed_survives_an_expired_session(
    page_of: Callable[..., Page], county: County
) -> None:
    page = page_of(Role.OFFICE)
    page.goto(WRITE)
    page.fill("[name=text]", TEXT)
    page.uncheck("[name=hides_name]")
    page.context.clear_cookies(name=SIGNED_IN)
    page.click("main button.primary")
    county.sign_in(page, Role.OFFICE)
    expect(page).to_have_url(f"{county.url}{WRITE}")
    expect(page.locator(".kept")).to_contain_text("已恢复")
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    expect(page.locator("[name=hides_name]")).not_to_be_checked()
    page.click("main button.primary")
    expect(page.locator("#table")).to_contain_text(TEXT[:8])
    page.goto(WRITE)
    expect(page.locator("[name=text]")).to_have_value("")


def test_somebody_else_at_the_same_computer_sees_nothing_of_it(
    page_of: Callable[..., Page], county: County
) -> None:
    page = page_of(Role.OFFICE)
    page.goto(WRITE)
    page.fill("[name=text]", "只给自己看")
    page.context.clear_cookies(name=SIGNED_IN)
    page.goto(WRITE)
    county.sign_in(page, Role.CADRE)
    expect(page).to_have_url(f"{county.url}{WRITE}")
    expect(page.locator("[name=text]")).to_have_value("")


def test_without_a_network_nothing_is_sent_and_nothing_lost(page_of: Callable[..., Page]) -> None:
    page = page_of(Role.CADRE)
    page.goto(WRITE)
    page.fill("[name=text]", TEXT)
    page.context.set_offline(True)
    page.click("main button.primary")
    expect(page.locator(".fault")).to_contain_text("没有网络")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[name=text]")).to_have_value(TEXT)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_writes_once(page_of: Callable[..., Page], *, scripts: bool) -> None:
    page = page_of(Role.LIAISON, java_script_enabled=scripts)
    text = f"双击只算一次{'' if scripts else '，没有脚本也一样'}。"
    page.goto(WRITE)
    page.fill("[name=text]", text)
    page.dblclick("main button.primary", no_wait_after=True)
    page.wait_for_url(f"**{MINE}")
    page.goto(f"{MINE}?q={text}")
    expect(page.get_by_text(text, exact=True)).to_have_count(1)


def test_who_saves_second_sees_both_versions_and_loses_nothing(
    page_of: Callable[..., Page],
) -> None:
    first, second = page_of(Role.OFFICE), page_of(Role.OFFICE_HEAD)
    for page, reason, later in ((first, "先到的说明", 1), (second, "后到的说明", 2)):
        page.goto(PLAN)
        page.click("tbody tr:last-child a.button")
        until = date.fromisoformat(page.input_value("[name=until]")) + timedelta(days=later)
        page.fill("[name=until]", until.isoformat())
        page.fill("[name=reason]", reason)
    first.click("main button.primary")
    expect(first.locator("#messages .message")).to_be_visible()
    second.click("main button.primary")
    expect(second.locator(".problems")).to_contain_text("已被他人修改")
    expect(second.locator("main form")).to_contain_text(day(until - timedelta(days=1)))
    expect(second.locator("[name=until]")).to_have_value(until.isoformat())
    expect(second.locator("[name=reason]")).to_have_value("后到的说明")
    second.click("main button.primary")
    expect(second.locator("tbody tr:last-child")).to_contain_text("后到的说明")
