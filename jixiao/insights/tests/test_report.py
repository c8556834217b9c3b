"""The page a leader reads: what it says, and what it must never contain."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from jixiao.insights.charts import BOTTOM, LEFT, RIGHT, TOP, histograms
from jixiao.insights.report import report, stretches, warmth
from jixiao.results.league import Cell, league
from jixiao.results.tests.county import TOWNS, county, run, scheme_data

VOID = {"meta", "hr", "br", "img", "link"}
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% x %}\"'&amp;"


class Page(HTMLParser):
    """Tags in order, text as read, and whether every tag is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@cache
def page() -> Page:
    return Page(report(county()))


def changed(**changes: object) -> Page:
    return Page(report(run(scheme_data() | changes)))


def test_the_heading_is_the_answer() -> None:
    assert "40个单位：先进16 · 达标23 · 未达标1；1个单位离线不超过0.5分" in page().text


def test_every_tag_is_closed_and_every_reading_has_a_heading() -> None:
    headings = [tag for tag, _ in page().tags if tag in ("h1", "h2")]
    assert (page().open, headings) == ([], ["h1"] + ["h2"] * 7)


def test_lines_run_through_the_league() -> None:
    assert "先进线 80以上4个单位" in re.sub(r"\s*\n\s*", "", page().text)


def test_boundary_units_say_what_would_move_them() -> None:
    assert "差0.02分进“先进”" in page().text
    assert re.search(r"失分最多：\S+失\d+\.\d\d分、", page().text)


def test_gates_items_and_consequences_are_told() -> None:
    for said in (
        "触发“弄虚作假”，按得分为先进",
        "40个单位全部得满分，没有区分度",
        "评为先进，16个：",
    ):
        assert said in page().text


def test_the_footer_carries_the_seal() -> None:
    assert county().outputs_digest in page().text
    assert "jixiao verify" in page().text


def test_nothing_is_loaded_or_run_from_the_page() -> None:
    names = {name for _, attributes in page().tags for name in attributes}
    assert not {tag for tag, _ in page().tags} & {"script", "link", "img", "iframe", "object"}
    assert not [
        name for name in names if name.startswith("on") or name in ("src", "href", "srcset")
    ]
    assert "url(" not in report(county())
    policy = next(a["content"] for _, a in page().tags if "http-equiv" in a)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_tables_say_which_header_belongs_to_what() -> None:
    headers = [attributes for tag, attributes in page().tags if tag == "th"]
    assert headers
    assert all(each.get("scope") in ("col", "row") for each in headers)


def test_colour_never_speaks_alone() -> None:
    cells = [a for tag, a in page().tags if tag == "td" and "low" in (a.get("class") or "").split()]
    assert cells
    assert page().text.count("▲") >= len(cells)


def test_hostile_names_are_literal_text() -> None:
    data = scheme_data()
    data["title"] = data["groups"][0]["name"] = data["items"][0]["name"] = HOSTILE
    data["tiers"][0]["name"] = data["gates"][0]["basis"] = HOSTILE
    data["consequences"] = [
        {"kind": "ruling", "name": HOSTILE, "when": {"kind": "tag", "tag": HOSTILE}}
    ]
    found = Page(report(run(data)))
    assert "script" not in {tag for tag, _ in found.tags}
    assert found.text.count(HOSTILE) >= 8


@pytest.mark.parametrize(
    "changes",
    [
        {"tiers": [], "gates": [], "consequences": []},
        {"rounds": []},
        {"adjustments": []},
        {"items": [{"code": "1.2", "name": "单项", "points": "100"}]},
        {
            "tiers": [{"name": "优秀", "quota": {"share": "30%"}}, {"name": "其他"}],
            "gates": [],
            "consequences": [],
        },
    ],
)
def test_schemes_of_any_shape_make_a_whole_page(changes: dict[str, Any]) -> None:
    found = changed(**changes)
    assert found.open == []
    assert "40个单位" in found.text


def test_units_without_totals_are_named_at_the_top() -> None:
    found = Page(report(run(scheme_data(), TOWNS.split())))
    assert "28个单位没有总分：县总工会、" in found.text


def test_stretches_keep_everybody_and_count_those_above() -> None:
    group = league(county())[0]
    parts = stretches(group)
    assert [each for part in parts for each in part.standings] == list(group.standings)
    assert [part.above for part in parts] == [4, 11, 12]


@pytest.mark.parametrize(
    ("mark", "shade"),
    [(90, "r90"), (89, "r80"), (70, "r70"), (60, "r60"), (59, "low"), (-5, "low")],
)
def test_shades_follow_the_mark_rate(mark: int, shade: str) -> None:
    assert warmth(Cell(mark, 100)) == shade


def test_a_gap_has_no_shade() -> None:
    assert warmth(Cell(None, None)) == ""


def test_columns_of_the_charts_hold_every_unit_once() -> None:
    charts = [chart for chart in histograms(league(county()), ["先进", "达标", "未达标"]) if chart]
    counts = [[int(each.text) for each in chart.counts] for chart in charts]
    assert counts[0] == [1, 1, 1, 3, 2, 1, 1, 1, 1]
    assert [sum(each) for each in counts] == [12, 4, 24]


def test_columns_of_the_charts_stand_inside_the_picture_on_the_axis() -> None:
    for chart in histograms(league(county()), ["先进", "达标", "未达标"]):
        assert chart is not None
        assert all(LEFT <= part.x <= part.x + part.width <= RIGHT for part in chart.parts)
        assert all(TOP <= part.y < part.y + part.height <= BOTTOM for part in chart.parts)
        assert max(part.y + part.height for part in chart.parts) == BOTTOM


def test_without_totals_there_is_no_chart() -> None:
    empty = [replace(group, standings=()) for group in league(county())]
    assert set(histograms(empty, [])) == {None}


def test_the_same_result_gives_the_same_bytes() -> None:
    assert report(county()) == report(county())
