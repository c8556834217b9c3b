"""Do offices that are not on site tell their figures once, of their own items only, cell by cell checked?"""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.tests.factories import UnitFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.visits import actions
from jixiao.visits.actions.data import Provided
from jixiao.visits.models import Entry, Record, Round, Visit
from jixiao.visits.queries.data import RoundItem
from jixiao.visits.states import RoundState, VisitState
from jixiao.visits.tests.factories import RoundFactory, VisitFactory

pytestmark = pytest.mark.django_db
DATA = [
    {
        "key": "迟报",
        "name": "迟报次数",
        "unit": "次",
        "low": "0",
        "high": "50",
        "provider": "县统计局",
    }
]
ITEM = "1.1"


@pytest.fixture
def round_() -> Round:
    """An open round of three units whose item 1.1 the bureau of statistics tells."""
    made = RoundFactory(
        version_of=SchemeVersionFactory(state=State.PUBLISHED, of=scheme(data=DATA))
    )
    for place, (name, group) in enumerate(
        (("云溪镇", "乡镇"), ("河口镇", "乡镇"), ("财政局", "部门"))
    ):
        VisitFactory(round=made, unit=UnitFactory(name=name, group=group), order=place)
    return made


@pytest.fixture
def keeper(actor: Callable[..., Actor]) -> Actor:
    """The bureau's person, responsible for item 1.1."""
    return actor(Role.ITEM_KEEPER, key=ITEM)


@pytest.fixture
def browser(browser_of: Callable[..., Client]) -> Client:
    """The same at a browser."""
    return browser_of(Role.ITEM_KEEPER, key=ITEM)


def unit(name: str) -> int:
    return Visit.objects.get(name=name).unit_id


def tell(round_: Round, by: Actor, times: int | None = 3, code: str = ITEM, **said: Any) -> None:
    row = Provided(
        **{"unit_id": unit("云溪镇"), "values": {"迟报": times and times * 10_000}, **said}
    )
    actions.provide_data(RoundItem(round_.pk, code), by=by, rows=[row])


def test_a_keeper_tells_the_figures_of_the_own_item_and_no_visit_begins(
    round_: Round, keeper: Actor
) -> None:
    tell(round_, keeper)
    record = Record.objects.get()
    assert (record.values, record.mark, record.visit.state) == (
        {"迟报": 30_000}, 285_000, VisitState.PLANNED
    )  # fmt: skip
    assert Entry.objects.get().device == "报数"
    assert Event.objects.get(action="visits.provide_data").actor == keeper.name


def test_another_items_keeper_tells_nothing_here(
    round_: Round, actor: Callable[..., Actor]
) -> None:
    with pytest.raises(DeniedError):
        tell(round_, actor(Role.ITEM_KEEPER, key="1.2"))


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR])
def test_who_keeps_no_figures_tells_none(
    round_: Round, actor: Callable[..., Actor], role: Role
) -> None:
    with pytest.raises(DeniedError):
        tell(round_, actor(role))


def test_the_office_tells_any_item_but_none_that_is_found_on_site(
    round_: Round, actor: Callable[..., Actor]
) -> None:
    tell(round_, actor(Role.OFFICE))
    with pytest.raises(RefusedError, match="由评估组在现场记录"):
        tell(round_, actor(Role.OFFICE), code="1.2")


def test_a_later_figure_replaces_the_earlier_also_where_assessors_mark_alone(
    round_: Round, keeper: Actor, actor: Callable[..., Actor]
) -> None:
    Round.objects.update(is_double=True)
    tell(round_, keeper)
    tell(round_, actor(Role.OFFICE), 4, base=1)
    record = Record.objects.get()
    assert (record.values["迟报"], record.state, record.version) == (40_000, "standing", 2)


def test_who_did_not_see_the_latest_figure_overwrites_nothing(round_: Round, keeper: Actor) -> None:
    tell(round_, keeper)
    with pytest.raises(RefusedError, match="刚被别人改过"):
        tell(round_, keeper, 4)
    assert Record.objects.get().values == {"迟报": 30_000}


def test_figures_may_come_after_the_unit_confirmed_but_not_after_the_round_ended(
    round_: Round, keeper: Actor
) -> None:
    at, by = round_.opened_at, round_.opened_by
    begun = {f"{name}_{end}": each for name in ("started", "fed_back", "closed") for end, each in (("at", at), ("by", by))}  # fmt: skip
    Visit.objects.update(state=VisitState.CLOSED, **begun)
    tell(round_, keeper)
    Round.objects.update(state=RoundState.CLOSED, closed_at=at, closed_by=by)
    with pytest.raises(RefusedError, match="没有在进行"):
        tell(round_, keeper, 4, base=1)


def test_a_figure_out_of_range_is_refused_with_the_units_name_and_nothing_is_saved(
    round_: Round, keeper: Actor
) -> None:
    with pytest.raises(RefusedError, match="云溪镇：“迟报次数”不能高于50"):
        tell(round_, keeper, 51)
    assert not Record.objects.exists()


def test_a_unit_that_is_excused_is_not_asked(round_: Round, keeper: Actor, browser: Client) -> None:
    Visit.objects.filter(name="云溪镇").update(state=VisitState.EXCUSED, excuse="撤并")
    with pytest.raises(RefusedError, match="云溪镇不参加本轮"):
        tell(round_, keeper)
    assert "云溪镇" not in browser.get(f"/data/{round_.pk}/{ITEM}/").content.decode()


@pytest.mark.usefixtures("round_")
def test_the_list_says_what_is_owed_and_by_whom(browser: Client) -> None:
    shown = browser.get("/data/").content.decode()
    assert "1 项数据还没有报齐" in shown
    assert "县统计局" in shown
    assert "0 / 3 个单位" in shown


def sent(**typed: str) -> dict[str, str]:
    """What the browser sends: units by name, all bases as nothing known."""
    found = {"once": "1"}
    for name, text in typed.items():
        found |= {f"v-{unit(name)}-0": text, f"b-{unit(name)}": "0"}
    return found


def test_the_table_saves_what_changed_and_says_how_many(round_: Round, browser: Client) -> None:
    answer = browser.post(
        f"/data/{round_.pk}/{ITEM}/", sent(云溪镇="2", 河口镇="", 财政局="０"), follow=True
    )
    assert "改了2个单位的数" in answer.content.decode()
    assert set(Record.objects.values_list("visit__name", "mark")) == {
        ("云溪镇", 290_000), ("财政局", 300_000)
    }  # fmt: skip


def test_a_wrong_cell_is_told_where_it_stands_and_what_was_typed_stays(
    round_: Round, browser: Client
) -> None:
    answer = browser.post(f"/data/{round_.pk}/{ITEM}/", sent(云溪镇="两次", 河口镇="1"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="两次"' in shown
    assert "有1处要改" in shown
    assert not Record.objects.exists()


def workbook(browser: Client, round_: Round) -> openpyxl.Workbook:
    answer = browser.get(f"/data/{round_.pk}/workbook/{ITEM}/")
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def upload(book: openpyxl.Workbook) -> SimpleUploadedFile:
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("数据.xlsx", target.getvalue())


def test_the_workbook_has_the_units_and_reads_back_as_a_preview_first(
    round_: Round, browser: Client
) -> None:
    book = workbook(browser, round_)
    sheet = book.active
    assert [cell.value for cell in sheet[3]] == ["单位", "组别", "迟报次数（次）"]
    sheet["C4"], sheet["C6"] = 5, "０"
    answer = browser.post(f"/data/{round_.pk}/{ITEM}/", {"file": upload(book)})
    assert "已读入，还没有保存：2 个单位" in answer.content.decode()
    assert not Record.objects.exists()


def test_every_error_of_a_workbook_is_told_at_once_with_its_cell(
    round_: Round, browser: Client
) -> None:
    book = workbook(browser, round_)
    sheet = book.active
    sheet["C4"], sheet["C5"], sheet["A6"] = "三", 99, "财政厅"
    shown = browser.post(f"/data/{round_.pk}/{ITEM}/", {"file": upload(book)}).content.decode()
    assert "第4行C列" in shown
    assert "超过最大值50" in shown
    assert "第6行A列" in shown


def test_a_blank_cell_of_a_workbook_changes_nothing(
    round_: Round, keeper: Actor, browser: Client
) -> None:
    tell(round_, keeper)
    book = workbook(browser, round_)
    assert book.active["C4"].value == 3
    book.active["C4"] = None
    book.active["C5"] = 1
    answer = browser.post(f"/data/{round_.pk}/{ITEM}/", {"file": upload(book)})
    assert "1 个单位的数有变" in answer.content.decode()


@pytest.mark.parametrize("units", [70, 700])
def test_the_pages_ask_the_database_as_often_for_700_units(
    browser: Client, units: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    names = [f"第{number}村" for number in range(units)]
    groups = [{"name": "乡镇", "units": [{"name": name} for name in names]}]
    of = scheme(data=DATA, groups=groups)
    made = RoundFactory(version_of=SchemeVersionFactory(state=State.PUBLISHED, of=of))
    for name in names:
        VisitFactory(round=made, unit=UnitFactory(name=name, group="乡镇"), worker=None)
    for address in ("/data/", f"/data/{made.pk}/{ITEM}/"):
        with django_assert_max_num_queries(15):
            assert browser.get(address).status_code == 200
