"""Does signing in let the right people in, and tell the others what to do?"""

from playwright.sync_api import Page, expect

from jixiao.access.permissions import Role
from tests.e2e.conftest import County


def test_who_signs_in_arrives_where_he_wanted_to_go(stranger: Page, county: County) -> None:
    stranger.goto("/cycle/")
    county.sign_in(stranger, Role.CADRE)
    expect(stranger).to_have_url(f"{county.url}/cycle/")
    expect(stranger.locator(".menu .who")).to_be_visible()


def test_a_wrong_password_is_said_and_the_name_stays(stranger: Page, county: County) -> None:
    stranger.goto("/signin/")
    county.sign_in(stranger, Role.OFFICE, "wrong")
    expect(stranger.locator(".problems")).to_be_visible()
    expect(stranger.locator("[name=login]")).to_have_value(county.username(Role.OFFICE))
    expect(stranger.locator("[name=password]")).to_have_value("")


def test_five_wrong_passwords_lock_and_the_page_says_until_when(
    stranger: Page, county: County
) -> None:
    for _ in range(5):
        stranger.goto("/signin/")
        county.sign_in(stranger, Role.ASSESSOR, "wrong")
        stranger.wait_for_load_state()
    expect(stranger.locator("h1")).to_contain_text("暂时锁定")
    expect(stranger.locator("main strong")).to_contain_text(":")
    stranger.goto("/signin/")
    county.sign_in(stranger, Role.ASSESSOR)
    expect(stranger.locator("h1")).to_contain_text("暂时锁定")


def test_signing_out_leaves_nothing_to_go_back_to(stranger: Page, county: County) -> None:
    stranger.goto("/signin/")
    county.sign_in(stranger, Role.SYSTEM_ADMIN)
    stranger.click(".menu summary")
    stranger.click("[data-signs-out] button")
    expect(stranger.locator("[name=password]")).to_be_visible()
    stranger.goto("/system/accounts/")
    expect(stranger.locator("[name=password]")).to_be_visible()
