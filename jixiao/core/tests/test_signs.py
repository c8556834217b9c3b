"""Does every state have a shape and words, can no text break out, is every icon there?"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from jixiao.core import signs
from jixiao.core.templatetags.jixiao import if_chinese
from jixiao.portal.navigation import WAY
from scripts.assets import ICONS

PACKAGE = Path(signs.__file__).parents[1]
SHAPES = (PACKAGE / "core/static/core/shapes.svg").read_text("utf-8")


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("state", [s for s in get_args(signs.State) if s != "plain"])
def test_every_state_has_its_own_shape(state: signs.State) -> None:
    assert f'<symbol id="{state}"' in SHAPES
    assert f"shapes.svg#{state}" in signs.badge("词", state)


def test_a_shape_without_words_is_read_out() -> None:
    assert 'aria-label="低于 60%"' in signs.shape("risk", "低于 60%")
    assert 'aria-hidden="true"' in signs.shape("risk")


@pytest.mark.parametrize(
    ("days", "words", "state"),
    [
        (-5, "逾期 5 个工作日", "late"), (0, "今天到期", "risk"), (3, "剩 3 个工作日", "risk"),
        (4, "剩 4 个工作日", "current"), (None, "未定期限", "open"),
    ],
)  # fmt: skip
def test_a_term_tells_its_days_and_how_urgent_it_is(
    days: int | None, words: str, state: signs.State
) -> None:
    assert signs.due(days) == signs.badge(words, state)


def test_nothing_to_count_is_no_alarm() -> None:
    assert "late" in signs.count(3, "个单位逾期", "/x", "late")
    assert "late" not in signs.count(0, "个单位逾期", "/x", "late")


def test_a_bar_stays_within_its_scale_and_a_gap_grows_leftward() -> None:
    assert '<rect width="100" height="8"/><rect width="100" height="8"/>' in signs.bar(130, 100)
    assert 'M50.0 -2v12"' in signs.bar(1, 10, line=5)
    assert 'x="75.0" width="25.0"' in signs.gap(-2.5, 10)


@pytest.mark.parametrize("draw", [signs.badge, signs.tier, signs.figure])
def test_no_text_breaks_out_of_its_sign(draw: Callable[[str], str]) -> None:
    assert "&lt;script&gt;" in draw("<script>")


def test_the_same_signs_are_tags_of_the_templates() -> None:
    assert drawn('{% badge "已报齐" "done" %}') == signs.badge("已报齐", "done")
    assert drawn("{{ value|mark }} {{ none|day }}", value=-1, none=None) == "−1.0 —"


def test_a_card_holds_what_stands_between_its_tags() -> None:
    card = drawn('{% card title note="2 件" %}<p>里面</p>{% endcard %}', title="<等我>")
    assert "<h2>&lt;等我&gt;</h2>" in card
    assert "<p>里面</p></section>" in card


def test_tabs_mark_the_page_that_is_open(rf: RequestFactory) -> None:
    request = rf.get("/甲?b=1")
    tabs = drawn("{% tabs items %}", items=[("一", request.get_full_path(), 0)], request=request)
    assert 'aria-current="page"' in tabs
    assert "<span>0</span>" in tabs


def test_the_english_of_libraries_is_kept_from_users() -> None:
    assert if_chinese("Resolver404") == ""
    assert if_chinese("没有这一条") == "没有这一条"


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    pages = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("templates/**/*.html"))
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    named = set(re.findall(r'{% icon "([\w-]+)"', pages) + re.findall(r'\bicon\("([\w-]+)"', code))
    named |= {stop.icon for group in WAY for stop in group}
    assert named - set(ICONS) == set()
