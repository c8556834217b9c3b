"""Does the platform, served as an office serves it, let people in through an identity provider?"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from jixiao.access.tests.provider import Provider, environment, identity_provider
from tests.e2e.conftest import free_port, wait_for

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "jixiao.cli.main"]
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
BUTTON = re.compile(r'<a class="button grow" href="([^"]+)">.*?用省统一身份认证登录</a>')


class Browser(requests.Session):
    """Somebody's browser on the platform at ``url``."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def open(self, path: str) -> requests.Response:
        """A page, wherever it leads."""
        return self.get(self.url + path, timeout=20)

    def fill_in(self, path: str, **fields: str) -> requests.Response:
        """The form of a page."""
        page = self.open(path)
        return self.post(page.url, {**dict(HIDDEN.findall(page.text)), **fields}, timeout=20)

    def press_button(self) -> requests.Response:
        """From the sign-in page to the provider and back."""
        found = BUTTON.search(self.open("/signin/").text)
        assert found, "there is no such button"
        return self.open(found[1].replace("&amp;", "&"))


@dataclass(frozen=True)
class Platform:
    """A platform that the environment tells of a provider, and its system administrator."""

    url: str
    provider: Provider
    administrator: Browser


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Served by `jixiao serve`; its three administrators were opened by `jixiao admin`."""
    data, port = tmp_path_factory.mktemp("platform"), free_port()
    with identity_provider() as provider:
        env = {
            **os.environ, **environment(provider, name="省统一身份认证"),
            "JIXIAO_DATA": str(data), "JIXIAO_DATABASE": f"sqlite:///{data}/绩效.sqlite3",
            "JIXIAO_MFA_REQUIRED": "", "DJANGO_SETTINGS_MODULE": "jixiao.config.settings",
        }  # fmt: skip
        told = subprocess.check_output([*COMMAND, "admin", "--json"], env=env, cwd=ROOT)
        serve = [*COMMAND, "serve", "--port", str(port)]
        with subprocess.Popen(serve, env=env, cwd=ROOT, start_new_session=True) as server:
            try:
                url = f"http://127.0.0.1:{port}"
                wait_for(f"{url}/signin/")
                yield Platform(url, provider, administrator(url, json.loads(told)))
            finally:
                os.killpg(server.pid, signal.SIGTERM)


def administrator(url: str, opened: list[dict[str, str]]) -> Browser:
    """The system administrator, signed in with a password of the own."""
    (account,) = (each for each in opened if each["role"] == "系统管理员")
    browser, password = Browser(url), account["password"]
    browser.fill_in("/signin/", login=account["username"], password=password)
    changed = {"now": password, "password": "Qing-2026-Lan", "again": "Qing-2026-Lan"}
    browser.fill_in("/security/password/", **changed)
    return browser


@pytest.fixture
def comes(platform: Platform) -> Callable[..., Any]:
    """``comes("zhangsan")``: a browser of somebody whom the provider knows by this name."""

    def make(username: str) -> tuple[Browser, requests.Response]:
        platform.provider.claims = {"sub": f"id of {username}", "preferred_username": username}
        browser = Browser(platform.url)
        return browser, browser.press_button()

    return make


def open_account(platform: Platform, username: str, name: str) -> None:
    """The system administrator opens an account."""
    answer = platform.administrator.fill_in("/system/accounts/open/", username=username, name=name)
    assert f"{name}的初始密码" in answer.text


def test_whose_account_was_opened_presses_the_button_and_is_at_home(
    platform: Platform, comes: Callable[..., Any]
) -> None:
    open_account(platform, "zhangsan", "张三")
    browser, page = comes("zhangsan")
    assert (page.status_code, page.url) == (200, f"{platform.url}/")
    assert "<strong>张三</strong>" in page.text
    assert browser.open("/help/").url == f"{platform.url}/help/"


def test_who_is_unknown_is_told_so_and_no_account_is_made(
    platform: Platform, comes: Callable[..., Any]
) -> None:
    browser, page = comes("stranger")
    assert page.status_code == 403
    assert "您在这里还没有账号" in page.text
    assert "/signin/" in browser.open("/").url
    assert "stranger" not in platform.administrator.open("/system/accounts/").text


def test_whose_account_is_disabled_stays_outside(
    platform: Platform, comes: Callable[..., Any]
) -> None:
    open_account(platform, "lisi", "李四")
    inside, _ = comes("lisi")
    accounts = platform.administrator.open("/system/accounts/").text
    (number,) = re.findall(r"/system/accounts/(\d+)/\">lisi", accounts)
    platform.administrator.fill_in(f"/system/accounts/{number}/disable/", reason="调离")
    assert "/signin/" in inside.open("/").url
    browser, page = comes("lisi")
    assert "这个账号已停用" in page.text
    assert "/signin/" in browser.open("/").url


def test_who_comes_back_with_the_state_of_another_session_is_not_signed_in(
    platform: Platform,
) -> None:
    platform.provider.claims = {"sub": "1", "preferred_username": "zhangsan"}
    mine, other = Browser(platform.url), Browser(platform.url)
    begun = other.get(
        f"{platform.url}/signin/gov/?process=login", allow_redirects=False, timeout=20
    )
    back = requests.get(begun.headers["Location"], allow_redirects=False, timeout=20)
    page = mine.get(back.headers["Location"], timeout=20)
    assert "这次没有登录" in page.text
    assert "/signin/" in mine.open("/").url
