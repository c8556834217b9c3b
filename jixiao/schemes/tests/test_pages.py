"""Do the pages of schemes show, edit, move and compare, with and without a browser's help?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao.access.permissions import Role
from jixiao.schemes.editing import as_text, plain, with_part
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import (
    KeptRemarkFactory,
    SchemeReturnFactory,
    SchemeVersionFactory,
    scheme,
)
from jixiao.scoring.scheme import Scheme

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]
VAGUE = {"code": "1.2", "name": "材料质量", "points": "10", "note": "认真落实"}


@pytest.fixture
def browser(browser_of: Browsers) -> Client:
    """Somebody of the performance office."""
    return browser_of(Role.OFFICE, name="陆宁")


@pytest.fixture
def draft() -> SchemeVersion:
    return SchemeVersionFactory()


def edit(draft: SchemeVersion, path: str = "items.0.items.0") -> str:
    return f"{reverse('scheme_edit', args=[draft.pk])}?part={path}"


def posted(draft: SchemeVersion, path: str = "items.0.items.0", **changed: str) -> dict[str, str]:
    """What the form of 1.1 sends."""
    return {
        "path": path, "version": str(draft.version), "编码": "1.1", "名称": "按时报送", "分值": "30",
        "规则.计量.方法": "填报", "规则.计量.数据": "迟报", "规则.计分.方法": "每次扣", "规则.计分.每次扣": "0.5",
        **changed,
    }  # fmt: skip


def now(draft: SchemeVersion) -> Scheme:
    """What is kept."""
    return SchemeVersion.objects.get(pk=draft.pk).scheme


# ------------------------------------------------------------------ reading


def test_everybody_reads_what_is_published_and_nobody_else_drafts(browser_of: Browsers) -> None:
    public, hidden = SchemeVersionFactory(state=State.PUBLISHED), SchemeVersionFactory()
    liaison = browser_of(Role.LIAISON, key="1")
    assert public.digest in liaison.get(reverse("scheme", args=[public.pk])).content.decode()
    for name in ("scheme", "scheme_compare"):
        assert liaison.get(reverse(name, args=[hidden.pk])).status_code == 404
    assert liaison.get(reverse("scheme_file", args=[hidden.pk, "yaml"])).status_code == 404
    assert hidden.line.name not in liaison.get(reverse("schemes")).content.decode()


def test_the_page_says_every_rule_in_words(browser: Client) -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED)
    page = browser.get(reverse("scheme", args=[version.pk])).content.decode()
    for words in (
        "按迟报次数，每1次扣0.5分；扣完为止",
        "80分以上（含）",
        "云溪镇、河口镇",
        "清绩委〔2026〕1号",
    ):
        assert words in page


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_runs_as_many_queries_for_few_as_for_many(
    browser: Client, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    SchemeVersionFactory.create_batch(count, state=State.PUBLISHED)
    with django_assert_max_num_queries(15):
        assert browser.get(reverse("schemes")).status_code == 200


@pytest.mark.parametrize("name", ["scheme", "scheme_edit", "scheme_compare"])
def test_the_pages_of_a_version_run_few_queries(
    browser: Client, draft: SchemeVersion, django_assert_max_num_queries: Callable[..., Any], name: str
) -> None:  # fmt: skip
    SchemeVersionFactory(line=draft.line, year=2025, state=State.PUBLISHED)
    for number in range(5):
        KeptRemarkFactory(of=draft, key=f"vague:{number}")
        SchemeReturnFactory(of=draft)
    with django_assert_max_num_queries(15):
        assert browser.get(reverse(name, args=[draft.pk])).status_code == 200


def test_two_versions_are_compared_place_by_place(browser: Client) -> None:
    old = SchemeVersionFactory(state=State.PUBLISHED)
    new = SchemeVersionFactory(
        line=old.line, year=2027, of=scheme(title="清岚县2027年度绩效办法"), based_on=old
    )
    page = browser.get(reverse("scheme_compare", args=[new.pk])).content.decode()
    assert "<del>清岚县2026年度绩效办法</del>" in page
    assert "<ins>清岚县2027年度绩效办法</ins>" in page
    assert browser.get(f"{reverse('scheme_compare', args=[new.pk])}?with=x").status_code == 200


def test_a_line_without_another_version_says_so(browser: Client, draft: SchemeVersion) -> None:
    page = browser.get(reverse("scheme_compare", args=[draft.pk])).content.decode()
    assert "还没有另一版" in page


# ------------------------------------------------------------------ editing


def test_the_editor_shows_tree_sentence_trial_health_burden_and_sheet(
    browser: Client, draft: SchemeVersion
) -> None:
    page = browser.get(edit(draft)).content.decode()
    for words in (
        "3 项 · 2 类", "40+60 = 100", "按迟报次数，每1次扣0.5分", "试算", "办法体检", "0.2</strong>", "记分表预览",
    ):  # fmt: skip
        assert words in page


def test_a_part_is_saved_by_a_plain_post(browser: Client, draft: SchemeVersion) -> None:
    answer = browser.post(edit(draft), posted(draft, **{"规则.计分.每次扣": "1"}), follow=True)
    assert "已保存" in answer.content.decode()
    assert now(draft).items[0].items[0].rule.scale.each.value == 1


def test_what_is_wrong_stands_beside_its_gap_and_what_was_typed_stays(
    browser: Client, draft: SchemeVersion
) -> None:
    answer = browser.post(edit(draft), posted(draft, 分值="三十", 名称="准时报送"))
    page = answer.content.decode()
    assert "没有保存" in page
    assert "■ “三十”不是数" in page
    assert 'value="准时报送"' in page
    assert now(draft) == draft.scheme


def test_a_stale_form_shows_both_and_the_second_time_counts(
    browser: Client, draft: SchemeVersion
) -> None:
    sent = posted(draft, 名称="准时报送")
    browser.post(edit(draft), posted(draft, 名称="及时报送"))
    page = browser.post(edit(draft), sent).content.decode()
    assert "已被他人修改" in page
    assert "现在是：及时报送" in page
    assert 'value="准时报送"' in page
    current = SchemeVersion.objects.get()
    assert f'name="version" value="{current.version}"' in page
    browser.post(edit(draft), {**sent, "version": str(current.version)})
    assert now(draft).items[0].items[0].name == "准时报送"


def test_a_part_that_is_gone_is_said_to_be_gone(browser: Client, draft: SchemeVersion) -> None:
    page = browser.post(edit(draft), posted(draft, path="items.7")).content.decode()
    assert "办法里没有这一处" in page
    assert browser.get(edit(draft, "items.7")).status_code == 302


def test_a_new_item_is_added_at_the_end_of_its_category(
    browser: Client, draft: SchemeVersion
) -> None:
    form = browser.get(edit(draft, "items.0.items.new")).content.decode()
    assert 'value="1.3"' in form
    sent = {"path": "items.0.items.new", "version": "1", "编码": "1.3", "名称": "简报", "分值": "5"}
    answer = browser.post(edit(draft), sent)
    assert answer["Location"].endswith("part=items.0.items.2")
    assert now(draft).items[0].items[2].name == "简报"


@pytest.mark.parametrize(
    "path",
    [
        *("", "groups.0", "data.0", "items.0", "tiers.0"),
        *(f"{section}.new" for section in (
            "groups", "excluded", "data", "items", "adjustments", "rounds", "ties", "tiers", "gates",
            "consequences", "share_rules",
        )),
    ],
)  # fmt: skip
def test_every_kind_of_part_has_its_form(browser: Client, draft: SchemeVersion, path: str) -> None:
    page = browser.get(edit(draft, path)).content.decode()
    assert f'name="path" value="{path}"' in page
    assert "part-form" in page


def test_another_kind_takes_another_shape_without_saving(
    browser: Client, draft: SchemeVersion
) -> None:
    sent = posted(draft, **{"规则.计分.方法": "门槛", "reshape": "1"})
    whole = browser.post(edit(draft), sent).content.decode()
    part = browser.post(edit(draft), sent, headers={"HX-Request": "true"}).content.decode()
    for page in (whole, part):
        assert 'name="规则.计分.达标范围"' in page
        assert 'aria-invalid="true"' not in page
    assert "<html" in whole
    assert "<html" not in part
    assert now(draft) == draft.scheme


def test_the_preview_tries_the_rule_and_saves_nothing(
    browser: Client, draft: SchemeVersion
) -> None:
    sent = posted(draft, **{"规则.计分.每次扣": "2", "试算.甲.迟报": "3"})
    url = reverse("scheme_preview", args=[draft.pk])
    page = browser.post(url, sent).content.decode()
    assert "30−3×2=24" in page
    assert "每1次扣2分" in page
    assert now(draft) == draft.scheme


def test_the_preview_of_what_is_not_finished_says_what_is_missing(
    browser: Client, draft: SchemeVersion
) -> None:
    url = reverse("scheme_preview", args=[draft.pk])
    page = browser.post(url, posted(draft, **{"规则.计分.每次扣": ""})).content.decode()
    assert "还没写完" in page
    assert "缺少“每次扣”" in page


def test_a_part_moves_and_goes(browser: Client, draft: SchemeVersion) -> None:
    sent = {"path": "items.0.items.0", "version": "1", "way": "down"}
    answer = browser.post(reverse("scheme_move", args=[draft.pk]), sent)
    assert answer["Location"].endswith("part=items.0.items.1#at")
    sent = {"path": "items.0.items.1", "version": "2"}
    browser.post(reverse("scheme_remove", args=[draft.pk]), sent)
    assert [item.code for item in now(draft).items[0].items] == ["1.2"]


def test_a_stale_move_moves_nothing_and_says_so(browser: Client, draft: SchemeVersion) -> None:
    sent = {"path": "items.0.items.0", "version": "9", "way": "down"}
    url = reverse("scheme_move", args=[draft.pk])
    assert "别人刚改过这份草稿" in browser.post(url, sent, follow=True).content.decode()
    assert now(draft) == draft.scheme


def test_a_reminder_is_kept_with_its_reason(browser: Client) -> None:
    vague = with_part(scheme(), "items.0.items.1", VAGUE)
    draft = SchemeVersionFactory(of=vague)
    url = reverse("scheme_keep", args=[draft.pk])
    page = browser.post(url, {"key": "vague:1.2", "reason": ""}, follow=True).content.decode()
    assert "请写明为什么保留" in page
    page = browser.post(url, {"key": "vague:1.2", "reason": "有附件"}, follow=True).content.decode()
    assert "保留：有附件" in page


def test_a_published_version_has_no_editor(browser: Client) -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED)
    answer = browser.get(edit(version), follow=True)
    assert answer.redirect_chain == [(reverse("scheme", args=[version.pk]), 302)]
    assert "不能再改" in answer.content.decode()
    browser.post(edit(version), posted(version, 名称="改"))
    assert now(version) == version.scheme


# ------------------------------------------------------------------ moving on


def test_a_draft_is_started_from_the_form(browser: Client) -> None:
    answer = browser.post(reverse("scheme_start"), {"name": "新办法", "year": "2027", "base": ""})
    version = SchemeVersion.objects.get()
    assert answer["Location"] == reverse("scheme_edit", args=[version.pk])
    again = browser.post(reverse("scheme_start"), {"name": "新办法", "year": "2027", "base": ""})
    assert "已在起草" in again.content.decode()


def test_a_locked_move_stands_beside_its_conditions(browser: Client) -> None:
    draft = SchemeVersionFactory(of=scheme(full="90"))
    page = browser.get(reverse("scheme", args=[draft.pk])).content.decode()
    assert "提醒都改好，或写明保留理由（还有1处）" in page
    url = reverse("scheme_submit", args=[draft.pk])
    assert "还不能送审" in browser.post(url, {"version": "1"}).content.decode()


def test_a_scheme_goes_through_two_pairs_of_hands(browser: Client, browser_of: Browsers) -> None:
    year = timezone.localdate().year
    period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
    draft = SchemeVersionFactory(year=year, of=scheme(period=period))
    head = browser_of(Role.OFFICE_HEAD)
    steps = (
        (browser, "submit", {}),
        (head, "approve", {"document_number": "清绩委〔2026〕9号"}),
        (head, "publish", {"effective_on": timezone.localdate().isoformat()}),
    )
    for version, (who, name, facts) in enumerate(steps, start=1):
        url = reverse(f"scheme_{name}", args=[draft.pk])
        assert who.post(url, {"version": str(version), **facts}).status_code == 302
    assert SchemeVersion.objects.get().state == State.PUBLISHED
    page = browser.get(reverse("scheme", args=[draft.pk])).content.decode()
    assert "起草修订稿" in page


def test_a_refused_move_keeps_what_was_typed(browser_of: Browsers) -> None:
    version = SchemeVersionFactory(state=State.APPROVED)
    url = reverse("scheme_publish", args=[version.pk])
    page = browser_of(Role.OFFICE_HEAD).post(url, {"version": "1", "effective_on": "2020-01-01"})
    assert "施行日期不能早于今天" in page.content.decode()
    assert 'value="2020-01-01"' in page.content.decode()


@pytest.mark.parametrize("name", ["send_back", "discard", "amend"])
def test_moves_that_need_a_reason_ask_for_it(browser_of: Browsers, name: str) -> None:
    states = {"send_back": State.SUBMITTED, "discard": State.DRAFT, "amend": State.PUBLISHED}
    version = SchemeVersionFactory(state=states[name])
    url = reverse(f"scheme_{name}", args=[version.pk])
    head = browser_of(Role.OFFICE_HEAD)
    assert head.post(url, {"version": "1", "reason": ""}).status_code == 200
    assert head.post(url, {"version": "1", "reason": "有原因"}).status_code == 302
    assert head.get(url)["Location"] == reverse("scheme", args=[version.pk])


def test_the_same_form_sent_twice_counts_once(browser: Client, draft: SchemeVersion) -> None:
    sent = posted(draft, once="a" * 32, 名称="准时报送")
    for _ in range(2):
        assert browser.post(edit(draft), sent).status_code == 302
    assert SchemeVersion.objects.get().version == 2
    assert as_text(now(draft)) != as_text(draft.scheme)
    assert plain(now(draft))["items"][0]["items"][0]["name"] == "准时报送"
