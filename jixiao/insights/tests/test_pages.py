"""Does the page try a draft on earlier marks, and is a wrong file only a sentence?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jixiao.access.permissions import Role
from jixiao.schemes.exchange.files import read_scheme
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.scoring.scheme import Tier

pytestmark = pytest.mark.django_db
FOLDER = Path("examples/清岚县")
COUNTY = read_scheme(FOLDER / "办法.yaml")[0]
STRICT = COUNTY.model_copy(
    update={"tiers": (Tier.model_validate({"name": "先进", "within": "≥85"}), *COUNTY.tiers[1:])}
)


@pytest.fixture
def browser(browser_of: Callable[..., Client]) -> Client:
    """Somebody of the performance office."""
    return browser_of(Role.OFFICE)


@pytest.fixture
def base() -> SchemeVersion:
    return SchemeVersionFactory(of=COUNTY, state=State.PUBLISHED)


def tried(browser: Client, base: SchemeVersion, name: str, content: bytes) -> str:
    """The page after a mark sheet was handed in for a stricter draft."""
    draft = SchemeVersionFactory(of=STRICT, year=2027, line=base.line)
    sent = {"base": str(base.pk), "file": SimpleUploadedFile(name, content)}
    answer = browser.post(reverse("scheme_simulate", args=[draft.pk]), sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stricter_line_shows_who_falls_below_it(browser: Client, base: SchemeVersion) -> None:
    page = tried(browser, base, "记分表.xlsx", (FOLDER / "记分表.xlsx").read_bytes())
    assert "43 个单位中" in page
    assert "等次有变" in page
    assert "先进 →" in page


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("记分表.xlsx", b"PK\x03\x04", "文件已损坏"),
        ("记分表.pdf", b"%PDF-1.7", "PDF"),
        ("记分表.csv", "单位\n云溪镇\n".encode(), "缺少"),
        ("x" * 300 + ".xlsx", b"x", "不是"),
    ],
    ids=["damaged", "pdf", "without columns", "long name"],
)
def test_a_wrong_file_is_only_a_sentence(
    browser: Client, base: SchemeVersion, name: str, content: bytes, told: str
) -> None:
    assert told in tried(browser, base, name, content)


def test_nothing_chosen_is_asked_for(browser: Client, base: SchemeVersion) -> None:
    answer = browser.post(reverse("scheme_simulate", args=[base.pk]), {"kept": "", "base": ""})
    assert "请选一次结果" in answer.content.decode()


def test_whoever_makes_no_schemes_tries_none(browser_of: Callable[..., Client]) -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED)
    url = reverse("scheme_simulate", args=[version.pk])
    assert browser_of(Role.LEADER).get(url).status_code == 403
