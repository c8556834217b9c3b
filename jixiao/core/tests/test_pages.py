"""Are the frame and the error pages whole, without anything inline, and light?"""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client, RequestFactory

from jixiao.access.permissions import Role

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_need_no_request_and_say_the_next_step(name: str) -> None:
    page = get_template(name).render()
    assert '<html lang="zh-Hans">' in page
    assert re.search(r"请.+。", page)
    assert 'href="/"' in page


def test_a_refusal_says_why_in_chinese() -> None:
    request = RequestFactory().get("/")
    refused = get_template("403.html").render({"exception": "您没有“看办法”的权限"}, request)
    assert "您没有“看办法”的权限。" in refused
    assert "Forbidden" not in get_template("403.html").render({"exception": "Forbidden"}, request)


@pytest.fixture
def home(browser_of: Callable[..., Client]) -> str:
    return browser_of(Role.OFFICE).get("/").content.decode()


def test_the_frame_has_its_landmarks_in_reading_order(home: str) -> None:
    marks = [
        'class="skip"',
        "<nav",
        "<header",
        'role="search"',
        "<main",
        "<h1>",
    ]
    places = [home.index(mark) for mark in marks]
    assert places == sorted(places)


def test_whoever_is_signed_in_can_say_something_and_leave(home: str) -> None:
    assert re.search(r'href="[^"]+\?from=/"', home)
    assert re.search(r'<form method="post" action="[^"]+" data-signs-out>', home)


def test_nothing_stands_inline(home: str) -> None:
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son\w+=", home)


def test_the_first_page_is_lighter_than_150_kilobytes(home: str) -> None:
    linked = re.findall(r'(?:src|href)="/static/([^"#]+)', home)
    files = {path for path in (finders.find(name) for name in linked) if path}
    weight = len(gzip.compress(home.encode()))
    weight += sum(len(gzip.compress(Path(path).read_bytes())) for path in files)
    assert len(files) >= 6
    assert weight < 150_000
