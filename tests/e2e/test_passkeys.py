"""Does a passkey open the door without a password, and stand in for the code of an app?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from jixiao.access.permissions import Role
from tests.e2e.conftest import County

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
"""A virtual authenticator of the browser: a laptop with a fingerprint reader, always touched."""
WHO = Role.LEADER


@pytest.fixture
def page(chromium: Browser, county: County) -> Iterator[Page]:
    """A browser with a fingerprint reader, at an address with a name; passkeys need one."""
    context = chromium.new_context(
        base_url=county.url.replace("127.0.0.1", "localhost"), locale="zh-CN"
    )
    made = context.new_page()
    made.set_default_timeout(15_000)
    plug_in(made, DEVICE)
    yield made
    context.close()


def plug_in(page: Page, device: dict[str, object]) -> None:
    """Give the browser an authenticator."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


@pytest.fixture
def with_key(page: Page, county: County) -> Iterator[Page]:
    """Signed in with a password, with a passkey added; in the end it is removed again."""
    page.goto("/signin/?next=/security/")
    county.sign_in(page, WHO)
    expect(page.locator("h1")).to_have_text("您的账号只有密码保护")
    page.goto("/security/passkeys/add/")
    page.fill("[name=name]", "办公室电脑")
    page.click("#passkey-button")
    expect(page.locator("h1")).to_have_text("还有 10 个恢复码")
    yield page
    page.goto("/security/")
    page.click("text=删除")
    page.click("button.danger")
    expect(page.locator("h1")).to_have_text("您的账号只有密码保护")


def sign_out(page: Page) -> None:
    """Through the page that asks."""
    page.goto("/signout/")
    page.click("main button.primary")


def test_with_a_passkey_nobody_needs_a_password(with_key: Page) -> None:
    sign_out(with_key)
    with_key.goto("/signin/?next=/security/")
    with_key.click("#passkey-button")
    expect(with_key.locator("h1")).to_have_text("您的账号有两步验证保护")
    expect(with_key.locator("main")).to_contain_text("办公室电脑")


def test_a_passkey_is_the_second_step_after_a_password(with_key: Page, county: County) -> None:
    sign_out(with_key)
    with_key.goto("/signin/?next=/security/")
    county.sign_in(with_key, WHO)
    expect(with_key.locator("h1")).to_have_text("还差一步：验证")
    with_key.click("#passkey-button")
    expect(with_key.locator("h1")).to_have_text("您的账号有两步验证保护")


def test_a_device_without_a_key_of_ours_is_told_in_words(page: Page) -> None:
    page.goto("/signin/")
    page.click("#passkey-button")
    expect(page.locator("[data-passkey-error]")).to_contain_text("没有完成")


def test_a_numbered_address_offers_no_passkey(stranger: Page) -> None:
    stranger.goto("/signin/")
    expect(stranger.locator("#passkey-button")).to_be_hidden()
