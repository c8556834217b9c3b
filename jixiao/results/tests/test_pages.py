"""Does everybody see exactly what is theirs: own marks, others' tiers, nothing before it is published?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.org.models import Unit
from jixiao.results.actions import Approval, adopt_result
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.result import Result, to_bytes
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import county, run, scheme_data
from jixiao.scoring.numbers import mark_text

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
ADMINS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def total(name: str) -> str:
    return mark_text(county().year[name]["total"], 2)


def card_of(kept: SealedResult, name: str) -> str:
    return reverse("result_unit", args=[kept.pk, unit(name).pk])


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICE_HEAD, Role.LEADER])
def test_office_and_leaders_see_every_mark(keep: Keep, browser_of: Browsers, role: Role) -> None:
    kept, client = keep(county()), browser_of(role)
    page = text(client, reverse("result", args=[kept.pk]))
    assert all(total(name) in page for name in ("云溪镇", "东岭乡"))
    assert total("东岭乡") in text(client, card_of(kept, "东岭乡"))


def test_a_unit_sees_its_own_card_and_not_another_one(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    client = browser_of(Role.LIAISON, key=unit("云溪镇").pk)
    assert total("云溪镇") in text(client, card_of(kept, "云溪镇"))
    assert client.get(card_of(kept, "河口镇")).status_code == 403
    item = reverse("result_item", args=[kept.pk, unit("河口镇").pk, "2.2"])
    assert client.get(item).status_code == 404


def test_a_unit_sees_the_others_tiers_but_no_mark_of_anybody(
    keep: Keep, browser_of: Browsers
) -> None:
    kept = keep(county())
    client = browser_of(Role.UNIT_LEAD, key=unit("云溪镇").pk)
    page = text(client, reverse("result", args=[kept.pk]))
    assert "河口镇" in page
    assert not [name for name in county().year if total(name) in page]


def test_tiers_are_listed_in_the_schemes_order_so_that_no_rank_can_be_read_off(
    keep: Keep, browser_of: Browsers
) -> None:
    kept = keep(county())
    page = text(browser_of(Role.CADRE, key=unit("云溪镇").pk), reverse("result", args=[kept.pk]))
    listed = [each.name for each in county().scheme.groups[0].units]
    best = [name for name in listed if county().tier_of(name) == "达标"]
    positions = [page.index(name) for name in best]
    assert positions == sorted(positions)


def test_a_cadre_sees_tiers_only(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    client = browser_of(Role.CADRE, key=unit("云溪镇").pk)
    assert client.get(card_of(kept, "云溪镇")).status_code == 403


def test_a_group_contact_sees_the_marks_of_that_group(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    client = browser_of(Role.GROUP_CONTACT, key="群团组织")
    page = reverse("result", args=[kept.pk])
    assert total("县妇联") in text(client, f"{page}?group=群团组织")
    assert total("云溪镇") not in text(client, f"{page}?group=乡镇园区")
    assert client.get(card_of(kept, "云溪镇")).status_code == 403


@pytest.mark.parametrize("role", ADMINS)
def test_administrators_see_no_mark_and_no_tier(
    keep: Keep, browser_of: Browsers, role: Role
) -> None:
    kept, client = keep(county()), browser_of(role)
    pages = [reverse("results"), reverse("result", args=[kept.pk]), card_of(kept, "云溪镇")]
    pages += [reverse("result_workbook", args=[kept.pk]), reverse("results_kept")]
    assert [client.get(page).status_code for page in pages] == [403] * 5


@pytest.mark.parametrize("role", [Role.LEADER, Role.LIAISON])
def test_before_publication_only_the_office_sees_anything(
    keep: Keep, browser_of: Browsers, role: Role
) -> None:
    kept = keep(county(), is_published=False)
    where = {"key": unit("云溪镇").pk} if role == Role.LIAISON else {}
    client = browser_of(role, **where)
    assert "还没有公布的得分等次" in text(client, reverse("results"))
    assert client.get(reverse("result", args=[kept.pk])).status_code == 404
    assert client.get(card_of(kept, "云溪镇")).status_code == 404
    assert "委员会审定" in text(browser_of(Role.OFFICE), reverse("result", args=[kept.pk]))


def test_the_tier_lines_run_through_the_table(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    page = text(browser_of(Role.OFFICE), reverse("result", args=[kept.pk]))
    assert "先进线 80.00" in page
    assert page.index("先进线 80.00") < page.index("达标线 60.00")


def test_a_card_says_what_was_lost_why_and_what_comes_next(
    keep: Keep, browser_of: Browsers
) -> None:
    kept = keep(county())
    page = text(browser_of(Role.LEADER), card_of(kept, "石桥镇"))
    assert "再得多少分可进档" in page
    assert "信息报送条数" in page  # the figure behind 4.2
    assert "组内平均" in page


def test_an_explanation_has_rule_inputs_arithmetic_and_the_recomputation(
    keep: Keep, browser_of: Browsers
) -> None:
    kept = keep(county())
    item = reverse("result_item", args=[kept.pk, unit("云溪镇").pk, "4.2"])
    page = text(browser_of(Role.LIAISON, key=unit("云溪镇").pk), item)
    for words in ("为什么是", "信息报送条数", "各轮合成", "与公布的分数一致"):
        assert words in page


def test_an_item_that_is_not_there_is_not_found(keep: Keep, browser_of: Browsers) -> None:
    kept = keep(county())
    item = reverse("result_item", args=[kept.pk, unit("云溪镇").pk, "9.9"])
    assert browser_of(Role.OFFICE).get(item).status_code == 404


def before() -> Result:
    """The year before, by the same scheme."""
    data: dict[str, Any] = scheme_data()
    data["period"] = {"start": "2025-01-01", "end": "2025-12-31"}
    return run(data)


def test_a_unit_is_compared_with_itself_even_under_another_name(
    keep: Keep, browser_of: Browsers
) -> None:
    keep(before(), year=2025)
    kept = keep(county())
    ResultUnit.objects.filter(result__year=2025, name="云溪镇").update(name="云溪乡")
    ResultUnit.objects.filter(result__year=2025, name="河口镇").update(name="云溪镇")
    ResultUnit.objects.filter(result__year=2025, name="云溪乡").update(name="河口镇")
    page = text(browser_of(Role.OFFICE), card_of(kept, "云溪镇"))
    was = before().year["河口镇"]["rank"]
    assert f"去年第 {was}" in page


def test_whoever_sees_all_marks_takes_them_along_as_a_workbook(
    keep: Keep, browser_of: Browsers
) -> None:
    url = reverse("result_workbook", args=[keep(county()).pk])
    answer = browser_of(Role.LEADER).get(url)
    assert b"".join(answer).startswith(b"PK")  # type: ignore[arg-type]
    assert browser_of(Role.LIAISON, key=unit("云溪镇").pk).get(url).status_code == 404
    entry = Event.objects.get(action="access.export")
    assert entry.actor.startswith(Role.LEADER.label)
    assert entry.subject_label.endswith("得分表.xlsx")


def test_a_file_is_loaded_on_the_page_and_a_wrong_one_refused_beside_its_field(
    keep: Keep, browser_of: Browsers, tmp_path: Path
) -> None:
    keep(before(), year=2025)
    client, path = browser_of(Role.OFFICE), tmp_path / "结果.json"
    for content, words in ((b"{}", "得分结果文件"), (to_bytes(county()), "已录入并重算一致")):
        path.write_bytes(content)
        with path.open("rb") as file:
            sent = {"file": file, "year": "2026", "round_name": "年终评估"}
            page = client.post(reverse("result_load"), sent, follow=True).content.decode()
        assert words in page


def test_publishing_takes_two_people_also_on_the_page(
    keep: Keep, browser_of: Browsers, actor: Callable[..., Actor]
) -> None:
    kept = keep(county(), is_published=False)
    approval = Approval("县绩效管理委员会会议", timezone.localdate(), "清绩委〔2027〕1号")
    adopt_result(kept, by=actor(Role.OFFICE_HEAD), approval=approval)
    publish = reverse("result_publish", args=[kept.pk])
    sent = {"version": SealedResult.objects.get().version}
    page = browser_of(Role.OFFICE).post(publish, sent | {"once": "a1"}, follow=True)
    assert "已办理：已公布" in page.content.decode()
    sent = {"version": SealedResult.objects.get().version}
    again = browser_of(Role.OFFICE).post(publish, sent | {"once": "a2"}, follow=True)
    assert "现在是“已公布”" in again.content.decode()


def many(count: int) -> Result:
    names = [f"第{number}单位" for number in range(count)]
    groups = [{"name": "乡镇园区", "units": [{"name": name} for name in names]}]
    return run(scheme_data() | {"groups": groups}, names)


def test_a_very_large_group_comes_in_pages(keep: Keep, browser_of: Browsers) -> None:
    league = reverse("result", args=[keep(many(70)).pk])
    client = browser_of(Role.OFFICE)
    assert text(client, league).count('<th scope="row"><a') == 60
    assert text(client, f"{league}?page=2").count('<th scope="row"><a') == 10


@pytest.mark.parametrize("count", [70, 700])
def test_the_pages_ask_the_database_equally_often_for_70_and_700_units(
    keep: Keep, browser_of: Browsers, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    kept = keep(many(count))
    client = browser_of(Role.OFFICE)
    number = kept.units.all()[0].unit_id
    card = reverse("result_unit", args=[kept.pk, number])
    item = reverse("result_item", args=[kept.pk, number, "4.2"])
    client.get("/")  # the first visit notes the session
    for url in (reverse("result", args=[kept.pk]), card, item, reverse("results_kept")):
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
