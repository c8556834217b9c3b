"""Do the pages lead a run and an objection through, and does everybody see just what is theirs?"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.results.actions import Approval, adopt_result, decide_review, score_rounds
from jixiao.results.models import Review, SealedResult
from jixiao.results.queries import latest_result, others_in_force, year_before
from jixiao.results.tests.conftest import Keep, through_review
from jixiao.results.tests.county import run, scheme_data
from jixiao.results.tests.factories import ReviewFactory
from jixiao.results.tests.told import (
    REJECTED,
    announced,
    applied,
    over,
    part,
    scored_again,
    tell,
    told,
    upheld,
)
from jixiao.schemes.models import SchemeLine
from jixiao.schemes.tests.factories import scheme
from jixiao.visits.tests.marked import marked, published

pytestmark = pytest.mark.django_db
Actors, Browsers = Callable[..., Actor], Callable[..., Client]
QUERIES = 15


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def way(kept: SealedResult) -> str:
    return reverse("result_way", args=[kept.pk])


def press(client: Client, route: str, row: SealedResult | Review, **said: object) -> str:
    """The page after a form was sent."""
    row.refresh_from_db()
    sent = {"version": row.version, "once": f"{route}{row.version}", **said}
    return client.post(reverse(route, args=[row.pk]), sent, follow=True).content.decode()


def liaison(browser_of: Browsers, name: str = "云溪镇") -> Client:
    return browser_of(Role.LIAISON, key=Unit.objects.get(name=name).pk)


# ── The way of a run ───────────────────────────────────────────────────────────────────────


def test_a_run_goes_its_whole_way_on_its_page(actor: Actors, browser_of: Browsers) -> None:
    kept = score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终评估")
    office, head = browser_of(Role.OFFICE), browser_of(Role.OFFICE_HEAD)
    assert "已办理：已审核" in press(head, "result_review", kept, note="逐个看过")
    assert "申请复核到" in text(office, way(kept))
    terms = {"apply": "5", "decide": "10", "appeal": "3"}
    assert "已办理：已告知" in press(office, "result_notify", kept, **terms)
    over(kept)
    meeting = {"meeting": "县绩效管理委员会会议", "met_on": str(timezone.localdate())}
    assert "已办理：已审定" in press(head, "result_approve", kept, **meeting, document="1号")
    assert "已办理：已公布" in press(office, "result_publish", kept)
    page = text(office, way(kept))
    for words in ("逐个看过", "县绩效管理委员会会议", "申请 5 个工作日", "重算一致"):
        assert words in page


def test_the_locked_step_stands_beside_what_it_needs(actor: Actors, browser_of: Browsers) -> None:
    kept = told(actor)
    applied(kept, actor)
    page = text(browser_of(Role.OFFICE_HEAD), way(kept))
    for words in (
        "申请复核的期限",
        "复核申诉都已办结（还有1件）",
        "disabled",
        "云溪镇 1.2 材料质量",
    ):
        assert words in page


def test_a_refused_step_says_why_and_keeps_what_was_typed(
    actor: Actors, browser_of: Browsers
) -> None:
    kept = told(actor)
    sent = {"meeting": "委员会第3次会议", "met_on": "2026-01-01", "document": ""}
    page = press(browser_of(Role.OFFICE_HEAD), "result_approve", kept, **sent)
    assert "还不能登记审定" in page


def test_sending_back_and_revoking_need_a_reason(actor: Actors, browser_of: Browsers) -> None:
    kept = announced(told(actor), actor)
    SealedResult.objects.update(state="approved", published_at=None, published_by=None)
    head = browser_of(Role.OFFICE_HEAD)
    assert "请填写这一项" in press(head, "result_revoke", kept, reason="")
    assert "已办理：已告知" in press(head, "result_revoke", kept, reason="发现漏了一份材料")


def test_the_deadline_is_shown_for_other_days_before_anything_is_sent(
    actor: Actors, browser_of: Browsers
) -> None:
    kept = score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终评估")
    press(browser_of(Role.OFFICE_HEAD), "result_review", kept)
    office = browser_of(Role.OFFICE)
    days = {re.search(r"申请复核到 <strong>(.*?)<", text(office, f"{way(kept)}?apply={each}"))[1]
            for each in (3, 4, 30)}  # type: ignore[index]  # fmt: skip
    assert len(days) == 3
    for wrong in ("0", "-1", "999999999999", "abc", "²"):
        assert "请填1到60的整数" in text(office, f"{way(kept)}?apply={wrong}")


def test_movements_are_shown_before_and_after(actor: Actors, browser_of: Browsers) -> None:
    new = scored_again(told(actor), actor)
    page = text(browser_of(Role.OFFICE), way(new))
    for words in ("92.0 → <strong>93.5", "1 → <strong>2", "要告知", "复核成立：云溪镇1.2"):
        assert words in page


def test_the_button_scores_again_and_leads_to_the_new_run(
    actor: Actors, browser_of: Browsers
) -> None:
    kept = told(actor)
    upheld(kept, actor)
    page = press(browser_of(Role.OFFICE), "result_rescore", kept)
    new = SealedResult.objects.latest("pk")
    assert "已重算并封存" in page
    assert f"第{new.pk}号" in page
    again = press(browser_of(Role.OFFICE), "result_rescore", kept, once="again")
    assert "重算还没有告知，请先作废" in again


def test_the_half_year_is_scored_from_the_page(browser_of: Browsers) -> None:
    rounds = [{"code": "h1", "name": "半年"}, {"code": "h2", "name": "年终"}]
    version = published(scheme(rounds=rounds))
    marked(version, code="h1")
    address = reverse("rounds_score", args=[version.pk])
    office = browser_of(Role.OFFICE)
    assert "还不能计分" in text(office, address)
    assert "数都齐了" in text(office, f"{address}?through=h1")
    sent = {"name": "半年评估", "through": "h1", "once": "1"}
    assert "已计分并封存" in office.post(address, sent, follow=True).content.decode()
    assert SealedResult.objects.get().through == "h1"
    assert "没有可以只算到的轮次" in text(office, f"{address}?through=h9")


# ── Who sees what when ─────────────────────────────────────────────────────────────────────


def test_a_unit_sees_its_own_card_when_told_and_tiers_when_published(
    actor: Actors, browser_of: Browsers
) -> None:
    kept = told(actor)
    client = liaison(browser_of)
    card = reverse("result_unit", args=[kept.pk, part(kept).unit_id])
    assert "申请复核的权利" in text(client, card)
    assert client.get(reverse("result", args=[kept.pk])).status_code == 404
    announced(kept, actor)
    assert client.get(reverse("result", args=[kept.pk])).status_code == 200


@pytest.mark.parametrize("role", [Role.PERSONNEL, Role.LEADER])
def test_who_acts_on_results_sees_what_the_committee_approved(
    actor: Actors, browser_of: Browsers, role: Role
) -> None:
    kept, client = told(actor), browser_of(role)
    league = reverse("result", args=[kept.pk])
    card = reverse("result_unit", args=[kept.pk, part(kept).unit_id])
    assert [client.get(each).status_code for each in (league, card)] == [404, 404]
    announced(kept, actor)
    assert [client.get(each).status_code for each in (league, card)] == [200, 200]


def test_results_of_other_schemes_are_never_compared(keep: Keep, actor: Actors) -> None:
    data = scheme_data() | {"period": {"start": "2025-01-01", "end": "2025-12-31"}}
    before = keep(run(data | {"title": "另一个办法"}), year=2025)
    kept = keep(run(scheme_data()))
    assert year_before(kept) is None
    line = SchemeLine.objects.create(name="绩效")
    SealedResult.objects.filter(pk=kept.pk).update(line=line)
    other = through_review(score_rounds(marked().version_of, by=actor(Role.OFFICE), name="年终"),
                           actor)  # fmt: skip
    kept.refresh_from_db()
    assert kept.is_published  # another scheme's run supersedes nothing
    assert others_in_force(kept) == [other]
    SealedResult.objects.filter(pk=before.pk).update(line=line)
    assert year_before(kept) == before
    assert year_before(other) is None


def test_of_a_year_the_whole_comes_before_a_stage(keep: Keep) -> None:
    whole = keep(run(scheme_data()))
    stage = keep(run(scheme_data() | {"decimals": 1}), is_published=False)
    SealedResult.objects.filter(pk=stage.pk).update(through="h1")
    office = SealedResult.objects.get(pk=whole.pk).loaded_by
    SealedResult.objects.filter(pk=stage.pk).update(
        state="published", published_at=timezone.now() + timedelta(hours=1), published_by=office,
        reviewed_at=timezone.now(), reviewed_by=whole.approved_by, meeting="会议",
        notified_at=timezone.now(), notified_by=office, apply_until=timezone.localdate(),
        approved_at=timezone.now(), approved_by=whole.approved_by, met_on=timezone.localdate(),
    )  # fmt: skip
    SealedResult.objects.filter(pk=whole.pk).update(state="published")
    assert latest_result() == whole


# ── Objections ─────────────────────────────────────────────────────────────────────────────


def test_a_unit_objects_from_its_card_and_reads_the_decision(
    actor: Actors, browser_of: Browsers
) -> None:
    kept, client = told(actor), liaison(browser_of)
    apply = reverse("review_apply", args=[kept.pk, part(kept).unit_id])
    item = reverse("result_item", args=[kept.pk, part(kept).unit_id, "1.2"])
    assert f"{apply}?code=1.2" in text(client, item)
    file = SimpleUploadedFile("原件.pdf", b"%PDF-1.7 x")
    sent = {"code": "1.2", "claim": "有原件", "asked": "改为9.5", "files": [file], "once": "1"}
    page = client.post(apply, sent, follow=True).content.decode()
    for words in ("已收到申请", "原件.pdf", "有原件", "撤回申请"):
        assert words in page
    made = Review.objects.get()
    body = {"outcome": "granted", "text": "查到", "basis": "第十条", "value_0": "９.５"}
    assert "已办理" in press(browser_of(Role.OFFICE), "review_decide", made, **body)
    page = text(client, reverse("review", args=[made.pk]))
    for words in ("决定：成立", "查到", "第十条", "8 → <strong>9.5", "等县绩效办重算"):
        assert words in page


def test_a_refused_decision_keeps_what_was_typed(actor: Actors, browser_of: Browsers) -> None:
    made = applied(told(actor), actor)
    body = {"outcome": "granted", "text": "查到一份", "basis": "第十条", "value_0": "7"}
    page = press(browser_of(Role.OFFICE), "review_decide", made, **body)
    for words in ("不因申请复核而加重扣分", "查到一份", 'value="7"'):
        assert words in page


def test_the_page_of_a_case_shows_rule_figures_and_who_marked_it(
    actor: Actors, browser_of: Browsers
) -> None:
    made = applied(told(actor), actor)
    page = text(browser_of(Role.OFFICE), reverse("review", args=[made.pk]))
    for words in ("规则", "申请时的得分 8.0", "谁评的", "现场评估，甲组", "现在是8分；不变的不填"):
        assert words in page


def test_what_units_write_is_text_and_never_a_page(actor: Actors, browser_of: Browsers) -> None:
    kept, client = told(actor), liaison(browser_of)
    apply = reverse("review_apply", args=[kept.pk, part(kept).unit_id])
    sent = {"code": "", "claim": "<script>x</script>", "asked": "<b>改</b>", "once": "1"}
    page = client.post(apply, sent, follow=True).content.decode()
    assert "<script>x" not in page
    assert "&lt;b&gt;改" in page


def test_a_late_one_leads_to_the_office(actor: Actors, browser_of: Browsers) -> None:
    kept = told(actor)
    over(kept)
    card = reverse("result_unit", args=[kept.pk, part(kept).unit_id])
    page = text(liaison(browser_of), card)
    assert "请向县绩效办说明" in page
    assert reverse("review_apply", args=[kept.pk, part(kept).unit_id]) not in page
    take = reverse("review_take", args=[kept.pk, part(kept).unit_id])
    office = browser_of(Role.OFFICE)
    assert take in text(office, card)
    sent = {"code": "1.2", "claim": "有", "asked": "改", "late_reason": "漏登", "once": "1"}
    assert "逾期受理" in office.post(take, sent, follow=True).content.decode()


def test_everybody_finds_their_own_cases_in_the_list(actor: Actors, browser_of: Browsers) -> None:
    kept = told(actor)
    ours, theirs = applied(kept, actor), ReviewFactory(part=part(kept, "河口镇"), item="月自查")
    page = text(liaison(browser_of), reverse("reviews"))
    assert ours.item in page
    assert theirs.item not in page
    assert liaison(browser_of).get(reverse("review", args=[theirs.pk])).status_code == 403
    page = text(browser_of(Role.OFFICE), reverse("reviews"))
    assert page.index(theirs.item) < page.index(ours.item)  # due today, due in ten days
    assert "2 件等决定" in page


def test_the_home_pages_say_what_waits(actor: Actors, browser_of: Browsers) -> None:
    kept = told(actor)
    client, office = liaison(browser_of), browser_of(Role.OFFICE)
    assert "有异议可以在" in text(client, "/")
    made = applied(kept, actor)
    assert "1 件复核申诉等决定" in text(office, "/")
    assert "等县里决定" in text(client, "/")
    decide_review(made, by=actor(Role.OFFICE), decision=REJECTED)
    assert "前可以申诉" in text(client, "/")


def test_a_card_after_a_re_run_says_what_moved(actor: Actors, browser_of: Browsers) -> None:
    new = tell(scored_again(told(actor), actor), actor)
    card = reverse("result_unit", args=[new.pk, part(new, "河口镇").unit_id])
    page = text(liaison(browser_of, "河口镇"), card)
    assert "名次 1 → 2" in page
    item = reverse("result_item", args=[new.pk, part(new).unit_id, "1.2"])
    page = text(liaison(browser_of), item)
    assert "复核成立" in page
    assert reverse("review", args=[Review.objects.get().pk]) in page


# ── Queries ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_as_often_for_many_cases_as_for_one(
    actor: Actors, browser_of: Browsers, django_assert_max_num_queries: Callable[..., object],
    count: int,
) -> None:  # fmt: skip
    names = [{"name": f"第{number}村"} for number in range(30)]
    version = marked(published(scheme(groups=[{"name": "乡镇", "units": names}]))).version_of
    kept = told(actor, version)
    for each in kept.units.all()[:count]:
        ReviewFactory(part=each, code="1.2", item="材料质量")
    office, row = browser_of(Role.OFFICE), Review.objects.all()[0]
    client = liaison(browser_of, row.part.name)
    for each in (office, client):
        each.get("/")
    card = reverse("result_unit", args=[kept.pk, row.part.unit_id])
    for each, url in (
        (office, way(kept)), (office, reverse("reviews")), (office, reverse("results_kept")),
        (office, reverse("review", args=[row.pk])), (office, "/"), (client, "/"), (client, card),
        (client, f"{card}1.2/"), (client, reverse("review", args=[row.pk])),
        (client, reverse("review_apply", args=[kept.pk, row.part.unit_id])),
    ):  # fmt: skip
        with django_assert_max_num_queries(QUERIES):
            assert each.get(url).status_code == 200


def test_an_adopted_result_needs_the_document(keep: Keep, actor: Actors) -> None:
    kept = keep(run(scheme_data()), is_published=False)
    with pytest.raises(Exception, match="文号"):
        adopt_result(kept, by=actor(Role.OFFICE_HEAD),
                     approval=Approval("会议", timezone.localdate()))  # fmt: skip
