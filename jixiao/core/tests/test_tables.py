"""Does a list show what its address asks for, fast, and leave as a harmless workbook?"""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import RequestFactory

from jixiao.access.models import Account
from jixiao.core.signs import link
from jixiao.core.tables import Column, Filter, Shown, Table

ACCOUNTS = Table(
    name="账号",
    columns=(
        Column("username", "登录名", lambda a: link("/x", a.username), sort="username"),
        Column("name", "姓名", lambda a: a.name, sort="name"),
        Column("number", "编号", lambda a: a.pk, sort="pk", align="right"),
        Column("active", "可以登录", lambda a: a.is_active),
        Column("login", "上次登录", lambda a: a.last_login, sort="last_login"),
    ),
    filters=(Filter("active", "可以登录", (("True", "是"), ("False", "否")), lookup="is_active"),),
    search=("username__icontains", "name__icontains"),
    order="username",
    empty=("还没有账号", "请系统管理员开设。"),
)


@pytest.fixture
def accounts(db: None) -> None:  # noqa: ARG001 -- a fixture takes its fixtures by name
    Account.objects.bulk_create(
        Account(username=f"u{n:03}", name=f"<b>第{n}人", is_active=n % 5 != 0) for n in range(120)
    )


def shown(query: str = "") -> Shown:
    return ACCOUNTS.of(Account.objects.all(), RequestFactory().get(f"/账号?{query}"))


def names(query: str = "") -> list[str]:
    return [account.username for account in shown(query).page]


@pytest.mark.usefixtures("accounts")
class TestReading:
    def test_a_page_has_fifty_rows_in_the_usual_order(self) -> None:
        assert names()[:2] == ["u000", "u001"]
        assert len(names()) == 50

    @pytest.mark.parametrize(("page", "first"), [("3", "u100"), ("99", "u100"), ("x", "u000")])
    def test_a_page_that_is_not_there_gives_the_nearest(self, page: str, first: str) -> None:
        assert names(f"page={page}")[0] == first

    def test_the_sign_before_a_column_turns_its_order_around(self) -> None:
        assert names("sort=-username")[0] == "u119"

    @pytest.mark.parametrize("sort", ["password", "-active", "username;drop", "--"])
    def test_nobody_sorts_by_what_is_not_offered(self, sort: str) -> None:
        assert names(f"sort={sort}")[0] == "u000"

    def test_every_word_must_be_found_somewhere(self) -> None:
        assert names("q=U01 第11人") == ["u011"]
        assert names("q=Ｕ１１ 0") == ["u110"]

    def test_a_choice_narrows_and_a_made_up_choice_does_not(self) -> None:
        assert shown("active=False").page.paginator.count == 24
        assert shown("active=maybe").page.paginator.count == 120

    def test_two_queries_are_enough(self, django_assert_num_queries: Callable[..., object]) -> None:
        with django_assert_num_queries(2):  # type: ignore[attr-defined]
            shown("q=u&active=True&sort=-name").body()


@pytest.mark.usefixtures("accounts")
class TestDrawing:
    def test_the_first_cell_names_its_row_and_the_others_their_column(self) -> None:
        row = shown("q=u000").body()
        assert '<th scope="row" data-label="登录名"><a href="/x">u000</a></th>' in row
        assert '<td data-label="姓名">&lt;b&gt;第0人</td>' in row
        assert '<td data-label="上次登录">—</td>' in row

    def test_a_header_turns_the_order_and_keeps_the_rest_of_the_address(self) -> None:
        heads = {c.key: (url, way) for c, url, way in shown("q=u&sort=name&page=2").heads()}
        assert heads["name"] == ("?q=u&sort=-name", "ascending")
        assert heads["username"] == ("?q=u&sort=username", "")
        assert heads["active"] == ("", "")

    def test_page_numbers_keep_the_rest_of_the_address(self) -> None:
        assert list(shown("q=u").pages())[1] == (2, "?q=u&page=2")

    def test_the_page_offers_sorting_choices_and_export(self) -> None:
        page = shown("active=True").answer("core/components/table.html").content.decode()
        assert '<option value="True" selected>是</option>' in page
        assert "共 96 条" in page
        assert 'href="?active=True&amp;export=xlsx"' in page
        assert re.search(r'aria-sort="ascending"><a href="\?active=True&amp;sort=-username"', page)


@pytest.mark.django_db
def test_an_empty_list_says_what_to_do_next() -> None:
    page = shown().answer("core/components/table.html").content.decode()
    assert "还没有账号" in page
    assert "请系统管理员开设。" in page
    assert "<form" not in page


@pytest.mark.usefixtures("accounts")
def test_a_search_without_result_leads_back_to_all() -> None:
    page = shown("q=没有的").answer("core/components/table.html").content.decode()
    assert "没有符合条件的记录" in page
    assert 'value="没有的"' in page


def exported(query: str = "") -> list[tuple[object, ...]]:
    answer = shown(f"export=xlsx&{query}").answer("core/components/table.html")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)


@pytest.mark.usefixtures("accounts")
def test_the_workbook_has_everything_found_not_only_the_page() -> None:
    rows = exported("active=True")
    assert rows[0] == ("登录名", "姓名", "编号", "可以登录", "上次登录")
    assert len(rows) == 97
    assert rows[1][:2] == ("u001", "<b>第1人")
    assert isinstance(rows[1][2], int)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_text_becomes_a_formula(text: str) -> None:
    Account.objects.create(username="a", name=text)
    answer = shown("export=xlsx").answer("core/components/table.html")
    content = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    cell = openpyxl.load_workbook(content).active["B2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
