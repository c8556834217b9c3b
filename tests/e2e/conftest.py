"""A real browser on a running platform; left out aloud where there is no Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from jixiao.access.permissions import Role

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
AXE = ROOT / ".assets" / "test" / "axe.min.js"
SIZES = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs an event loop


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser."""
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="没有 Chromium，浏览器测试略过"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, once for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of its own; a request that leaves this machine fails the test."""
    made = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    strangers: list[str] = []
    made.on(
        "request",
        lambda r: (
            None
            if "localhost" in r.url or r.url.startswith(("data:", "blob:"))
            else strangers.append(r.url)
        ),
    )
    yield made
    made.close()
    assert strangers == [], "no request leaves the county's network"


@pytest.fixture
def page_of(
    context: BrowserContext, browser_of: Callable[..., Client], live_server: object
) -> Callable[..., Page]:
    """``page_of(Role.OFFICE)``: a signed-in page; script errors fail the test."""

    def make(role: Role, **where: object) -> Page:
        client = browser_of(role, **where)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.set_default_timeout(5_000)
        return page

    return make
