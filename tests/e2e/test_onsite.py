"""Is nothing lost and nothing doubled on site: no network, killed pages, lost answers, two devices?"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from jixiao.cli.example_county import PASSWORD
from jixiao.results.tests.test_cases import CASES, scheme_of
from jixiao.schemes.exchange.files import read_scheme
from jixiao.scoring.columns import all_leaves
from jixiao.scoring.own import Formula, formula
from tests.e2e.conftest import SIGNED_IN, County
from tests.e2e.test_accessible import findings, needs_axe, overflows

HE, ZHENG = "何雨", "郑启"
TOWN, OTHER, THIRD, LAST = "柳湾乡", "云溪镇", "东岭乡", "河口镇"
SYNC = "**/onsite/sync.json"
SYNCED = "已全部同步"
COUNT = """SELECT count(*) FROM visits_entry JOIN visits_record ON record_id = visits_record.id
    WHERE visit_id = ? AND code = ?"""
CLOSED = """SELECT state, (SELECT count(*) FROM visits_confirmation WHERE visit_id = visits_visit.id)
    FROM visits_visit WHERE id = ?"""
PHOTO = """async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2200, height: 1600 });
    const pen = canvas.getContext('2d');
    const noise = pen.createImageData(2200, 1600);
    for (let at = 0; at < noise.data.length; at += 65536)
        crypto.getRandomValues(noise.data.subarray(at, at + 65536));
    for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
    pen.putImageData(noise, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
    const files = new DataTransfer();
    files.items.add(new File([blob], '档案柜.jpg', { type: 'image/jpeg' }));
    const input = document.querySelector('input[type=file][capture]');
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
}"""


@dataclass(frozen=True)
class Site:
    """The round of these tests: who goes, which towns."""

    county: County
    visits: dict[str, int]
    sessions: dict[str, str]

    def entries(self, town: str, code: str) -> int:
        """How many entries of an item the server has."""
        with sqlite3.connect(self.county.data / "绩效.sqlite3") as database:
            return int(database.execute(COUNT, (self.visits[town], code)).fetchone()[0])

    def told(self, town: str) -> tuple[str, int]:
        """How far the visit is on the server, and how many have confirmed."""
        with sqlite3.connect(self.county.data / "绩效.sqlite3") as database:
            row = database.execute(CLOSED, (self.visits[town],)).fetchone()
        return str(row[0]), int(row[1])

    def address(self, town: str, code: str = "") -> str:
        return f"/onsite/#/{self.visits[town]}" + (f"/{code}" if code else "")


@pytest.fixture(scope="session")
def site(county: County) -> Site:
    """four towns to which 何雨 and 郑启 go."""
    told = county.server.tell("visits")
    return Site(county, told["visits"], told["sessions"])


@pytest.fixture
def tablet_of(browser_of_anyone: Callable[..., BrowserContext], site: Site) -> Callable[..., Page]:
    """``tablet_of(HE)``: a device with the day on it, ready to lose the network."""

    def make(name: str, **options: object) -> Page:
        context = browser_of_anyone(**{"viewport": {"width": 1024, "height": 768}, **options})
        cookie = {"name": SIGNED_IN, "value": site.sessions[name], "url": site.county.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto("/onsite/")
        expect(page.locator(".visits")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        return page

    return make


def record(page: Page, address: str, value: str, reason: str = "") -> None:
    """One item, from the method to the button."""
    code = address.rpartition("/")[2]
    page.goto(address)
    expect(page.locator(".item-head h2")).to_contain_text(code)
    chip = page.locator(".chip", has_text="查资料")
    if not chip.locator("input").is_checked():
        chip.click()
    page.locator(".stepping input").first.fill(value)
    page.fill("#reason", reason)
    page.locator(".item-actions .primary").click()
    expect(page.locator(f"[data-focus='row-{code}'] b")).to_have_text(f"{float(value):.1f}")


def banner(page: Page, text: str) -> None:
    expect(page.locator(".banner")).to_contain_text(text)


def test_three_items_without_network_survive_a_killed_page_and_arrive_once(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    page = tablet_of(HE)
    page.context.set_offline(True)
    for code, value in (("1.1", "4"), ("2.1", "8")):
        record(page, site.address(TOWN, code), value)
    record(page, site.address(TOWN, "2.3"), "7.5", "一季度考评没有结果运用")
    page.goto(site.address(TOWN, "2.4"))
    page.locator(".chip", has_text="看现场").click()
    banner(page, "离线，已在本机保存 3 条，联网后自动同步")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(site.address(TOWN, "2.4"))
    banner(page, "离线，已在本机保存 3 条，联网后自动同步")
    expect(page.locator(".chip", has_text="看现场").locator("input")).to_be_checked()
    assert site.entries(TOWN, "2.3") == 0
    context.set_offline(False)
    banner(page, SYNCED)
    assert [site.entries(TOWN, code) for code in ("1.1", "2.1", "2.3")] == [1, 1, 1]


def test_an_answer_that_was_lost_and_a_restarted_server_double_nothing(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    page = tablet_of(HE)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(SYNC, lose)
    record(page, site.address(OTHER, "1.1"), "4")
    banner(page, "离线，已在本机保存 1 条，联网后自动同步")
    assert site.entries(OTHER, "1.1") == 1
    page.unroute(SYNC)
    site.county.server.stop()
    record(page, site.address(OTHER, "2.1"), "8")
    banner(page, "离线，已在本机保存 2 条，联网后自动同步")
    site.county.server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    banner(page, SYNCED)
    assert [site.entries(OTHER, code) for code in ("1.1", "2.1")] == [1, 1]


def test_the_same_sending_twice_counts_once(tablet_of: Callable[..., Page], site: Site) -> None:
    page = tablet_of(HE)

    def twice(route: Route) -> None:
        route.fetch()
        route.continue_()

    page.route(SYNC, twice)
    record(page, site.address(THIRD, "1.1"), "4")
    banner(page, SYNCED)
    assert site.entries(THIRD, "1.1") == 1


def test_two_devices_that_differ_show_both_versions_and_a_person_decides(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    first, second = tablet_of(HE), tablet_of(ZHENG)
    second.context.set_offline(True)
    record(first, site.address(THIRD, "2.1"), "8")
    banner(first, SYNCED)
    record(second, site.address(THIRD, "2.1"), "6", "缺原件")
    second.context.set_offline(False)
    banner(second, SYNCED)
    second.goto(site.address(THIRD, "2.1"))
    versions = second.locator(".versions")
    expect(versions).to_contain_text("何雨：8.0")
    expect(versions).to_contain_text("郑启：6.0")
    versions.locator("textarea").fill("复看后确实缺2份")
    versions.locator("div", has_text="郑启：6.0").get_by_role("button").last.click()
    expect(second.locator(".item-state")).to_contain_text("已同步")
    expect(second.locator("nav a[aria-current]")).to_contain_text("6.0")
    assert site.entries(THIRD, "2.1") == 2


def test_what_is_missing_is_said_and_the_draft_stays(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    page = tablet_of(HE)
    page.goto(site.address(THIRD, "2.3"))
    page.locator(".stepping input").first.fill("3")
    page.locator(".item-actions .primary").click()
    expect(page.locator(".faults")).to_contain_text("请选评估方法")
    expect(page.locator(".faults")).to_contain_text("扣分请写明理由")
    page.reload()
    expect(page.locator(".stepping input").first).to_have_value("3.0")
    assert site.entries(THIRD, "2.3") == 0


def test_an_expired_session_keeps_everything_and_nobody_else_sees_or_sends_it(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    page = tablet_of(HE)
    page.context.set_offline(True)
    record(page, site.address(OTHER, "2.3"), "10")
    page.context.clear_cookies(name=SIGNED_IN)
    page.context.set_offline(False)
    banner(page, "登录已过期，记录都在本机，登录后自动同步")
    for username, name in (("zhengqi", ZHENG), ("heyu", HE)):
        assert site.entries(OTHER, "2.3") == 0
        page.context.clear_cookies(name=SIGNED_IN)
        page.goto("/signin/?next=/onsite/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button.primary")
        expect(page.locator(".head")).to_contain_text(name)
        banner(page, SYNCED)
    assert site.entries(OTHER, "2.3") == 1


def test_a_photo_of_several_megabytes_goes_on_where_it_was_cut(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    page = tablet_of(HE)
    pieces: list[str] = []

    def cut(route: Route) -> None:
        pieces.append(route.request.url.partition("from=")[2])
        if len(pieces) == 3:
            page.context.set_offline(True)
            route.abort()
        else:
            route.continue_()

    page.route("**/onsite/files/*/?from=*", cut)
    page.goto(site.address(TOWN, "1.2"))
    page.evaluate(PHOTO)
    banner(page, "离线，已在本机保存 1 条")
    page.context.set_offline(False)
    expect(page.locator(".photos")).to_contain_text("已同步")
    assert pieces[:4] == ["0", "524288", "1048576", "1048576"]
    assert len(pieces) > 4


def sign(page: Page) -> None:
    """Two strokes in the first field, and done."""
    box = page.locator(".sign-box").first
    name = box.locator("h3").inner_text()
    expect(box.locator("canvas")).to_be_visible()
    field = box.locator("canvas").bounding_box()
    assert field is not None
    for x in (40, 90):
        page.mouse.move(field["x"] + x, field["y"] + 30)
        page.mouse.down()
        page.mouse.move(field["x"] + x + 30, field["y"] + 80, steps=4)
        page.mouse.up()
    box.get_by_text("签好了").click()
    expect(page.locator(".sign-box h3", has_text=name)).to_have_count(0)


def test_a_whole_visit_is_closed_without_network_and_arrives_in_order(
    tablet_of: Callable[..., Page], site: Site
) -> None:
    page = tablet_of(HE)
    page.context.set_offline(True)
    page.goto(site.address(LAST))
    for item in page.locator(".list a").all():
        item.click()
        page.locator(".chip", has_text="看现场").click()
        for each in page.locator(".stepping").all():
            each.get_by_role("button").last.click()
        for each in page.locator(".line:has([type=radio])").all():
            each.locator(".chip").first.click()
        if page.locator("#reason").is_visible():
            page.fill("#reason", "现场只看到一部分")
        page.locator(".item-actions .primary").click()
    page.get_by_role("button", name="与单位当面反馈", exact=True).click()
    page.locator(".chip", has_text="有不同意见").click()
    page.fill("#view", "有两份材料在路上，请再看一次")
    page.get_by_text("已当面反馈，请双方确认").click()
    for _ in (HE, ZHENG, "罗启明"):
        sign(page)
    page.context.set_offline(False)
    banner(page, SYNCED)
    expect(page.locator("main")).to_contain_text("已经办结")
    assert site.told(LAST) == ("closed", 3)


def formulas() -> list[Formula]:
    """Every formula of the example county's scheme and of the worked cases."""
    example, _ = read_scheme(Path("examples/清岚县/办法.yaml"))
    found = [
        formula(scheme, item, group.name)
        for scheme in (example, *map(scheme_of, CASES))
        for item in all_leaves(scheme)
        for group in scheme.groups
    ]
    return list(dict.fromkeys(each for each in found if each))


def test_the_page_works_out_the_same_marks_as_the_engine(tablet_of: Callable[..., Page]) -> None:
    some = (-15_000, 0, 1, 4_999, 5_000, 10_000, 12_345, 33_333, 75_000, 99_999, 800_000, 2**40)
    cases = [
        (each, dict.fromkeys(each.columns, rest) | {each.columns[0]: first})
        for each, first, rest in product(formulas(), some, (10_000, 33_333))
    ]
    script = """async (cases) => {
        const { mark } = await import('/static/visits/onsite/marks.js');
        return cases.map(([formula, values]) => mark(formula, values));
    }"""
    told = tablet_of(HE).evaluate(script, [[each.as_json(), values] for each, values in cases])
    assert len(cases) > 1_000
    assert told == [each.mark(values) for each, values in cases]


@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_work_with_the_page(
    tablet_of: Callable[..., Page], site: Site, theme: str
) -> None:
    page = tablet_of(HE, color_scheme=theme)
    wrong = []
    for address in ("/onsite/", site.address(TOWN, "1.1"), site.address(TOWN, "feedback")):
        page.goto(address)
        page.locator("main h2").first.wait_for()
        wrong += [f"{address} {each}" for each in (*findings(page), *overflows(page))]
    assert wrong == []
