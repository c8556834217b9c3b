"""A real browser on the real server with the example county; left out aloud without a Chromium."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from jixiao.access.permissions import Role
from jixiao.cli.example_county import PASSWORD

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
SIGNED_IN = "sessionid"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser."""
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="没有 Chromium，浏览器测试略过"))


@dataclass(frozen=True)
class County:
    """The example county as `jixiao serve --example` serves it, and who is signed in there."""

    url: str
    data: Path
    server: "Server"
    people: dict[str, tuple[str, str]]

    def username(self, role: Role) -> str:
        """With which name somebody of this role signs in."""
        return self.people[role][0]

    def sign_in(self, page: Page, role: Role, password: str = PASSWORD) -> None:
        """Fill in the sign-in page that is open."""
        page.fill("[name=login]", self.username(role))
        page.fill("[name=password]", password)
        page.click("main button.primary")


class Server:
    """The server that an office gets with `make run`; it can be stopped and started again."""

    def __init__(self, data: Path) -> None:
        others = {name: value for name, value in os.environ.items() if name != "JIXIAO_DATABASE"}
        self.env = {**others, "JIXIAO_DATA": str(data), "JIXIAO_DEMO": "1",
                    "DJANGO_SETTINGS_MODULE": "jixiao.config.settings"}  # fmt: skip
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve until stopped."""
        run = [sys.executable, "-m", "jixiao.cli.main", "serve", "--example"]
        command = [*run, "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.env, cwd=ROOT, start_new_session=True)
        wait_for(f"{self.url}/signin/")

    def stop(self) -> None:
        """The server, its workers, the sealer."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)

    def tell(self, module: str) -> Any:  # noqa: ANN401 - what the module says
        """What a module of these tests says, run in the server's surroundings."""
        command = [sys.executable, "-m", f"tests.e2e.{module}"]
        return json.loads(subprocess.check_output(command, env=self.env, cwd=ROOT))


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """The example county, with its strict CSP and packed files."""
    data = tmp_path_factory.mktemp("county")
    server = Server(data)
    try:
        server.start()
        yield County(server.url, data, server, server.tell("people"))
    finally:
        server.stop()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def wait_for(url: str, *, seconds: float = 240) -> None:
    """Until the page is there."""
    end = time.monotonic() + seconds
    while True:
        try:
            urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, once for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser_of_anyone(chromium: Browser, county: County) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of their own; a request that leaves this machine, a script error, a breach of the
    content policy fails the test.
    """
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def note(text: str, *, if_: bool = True) -> None:
        if if_:
            wrong.append(text)

    def watch(page: Page) -> None:
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: note(f"script error: {error}"))
        page.on("console", lambda line: note(line.text, if_="Content Security" in line.text))
        page.on("request", lambda request: note(request.url, if_=not is_ours(request.url)))

    def is_ours(url: str) -> bool:
        return url.startswith((county.url, "data:", "blob:"))

    def make(**options: object) -> BrowserContext:
        usual = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}
        context = chromium.new_context(base_url=county.url, **{**usual, **options})
        context.on("page", watch)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert wrong == []


@pytest.fixture
def stranger(browser_of_anyone: Callable[..., BrowserContext]) -> Page:
    """The page of somebody who has not signed in."""
    return browser_of_anyone().new_page()


@pytest.fixture
def page_of(
    browser_of_anyone: Callable[..., BrowserContext], county: County
) -> Callable[..., Page]:
    """``page_of(Role.OFFICE)``: a signed-in page in a browser of its own."""

    def make(role: Role, **options: object) -> Page:
        context = browser_of_anyone(**options)
        cookie = {"name": SIGNED_IN, "value": county.people[role][1], "url": county.url}
        context.add_cookies([cookie])
        return context.new_page()

    return make
