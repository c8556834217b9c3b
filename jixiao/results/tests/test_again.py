"""Does a granted objection make a new run, with the old one untouched and only those who moved told?"""

import zlib
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Notice
from jixiao.results.actions import (
    approve_result,
    decide_review,
    discard_result,
    load_result,
    notify_units,
    publish_result,
    rescore,
    review_result,
    score_rounds,
    units_to_tell,
)
from jixiao.results.models import Review, SealedResult
from jixiao.results.queries import card_page, may_read, reading
from jixiao.results.queries.reviews import right_of
from jixiao.results.queries.verifying import run_named, verified
from jixiao.results.queries.way_page import movements
from jixiao.results.result import to_bytes
from jixiao.results.states import ResultState
from jixiao.results.tests.told import (
    ASKED,
    MEETING,
    YESTERDAY,
    announced,
    applied,
    granted,
    lead,
    over,
    part,
    scored_again,
    tell,
    told,
    upheld,
)
from jixiao.schemes.tests.factories import scheme
from jixiao.visits.models import Record
from jixiao.visits.tests.marked import marked, published

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
ROUNDS = [
    {"code": "h1", "name": "半年", "weight": "4"},
    {"code": "h2", "name": "年终", "weight": "6"},
]


def total(kept: SealedResult, unit: str = "云溪镇") -> int | None:
    return reading(kept).result.year[unit]["total"]


# ── The new run ────────────────────────────────────────────────────────────────────────────


def test_a_granted_objection_makes_a_new_run_and_the_old_one_stays(actor: Actors) -> None:
    kept = told(actor)
    before = (bytes(kept.body), kept.seal, kept.version)
    new = scored_again(kept, actor)
    assert (total(kept), total(new)) == (920_000, 935_000)
    assert (new.follows, new.reason, new.state) == (kept, "复核成立：云溪镇1.2", ResultState.DRAFT)
    assert new.scheme_digest == kept.scheme_digest
    kept.refresh_from_db()
    assert (bytes(kept.body), kept.seal, kept.version) == before


def test_both_runs_still_verify(actor: Actors) -> None:
    kept = told(actor)
    new = scored_again(kept, actor)
    for each in (kept, new):
        checked = verified(SealedResult.objects.get(pk=each.pk))
        assert [one.words for one in checked.checks if not one.is_met] == []
        assert len(checked.checks) == 7


def test_the_objection_says_to_which_run_it_led(actor: Actors) -> None:
    new = scored_again(told(actor), actor)
    assert Review.objects.get().led_to == new


def test_without_a_granted_objection_nothing_is_scored_again(actor: Actors) -> None:
    kept = told(actor)
    applied(kept, actor)
    with pytest.raises(RefusedError, match="没有成立而还没有重算的复核"):
        rescore(kept, by=actor(Role.OFFICE))


def test_several_granted_ones_are_scored_together(actor: Actors) -> None:
    kept = told(actor)
    upheld(kept, actor)
    with pytest.raises(RefusedError, match=r"正在办理|已有复核决定"):
        upheld(kept, actor)
    town = Review(part=part(kept, "河口镇"), code="1.2", item="材料质量", claim="x", asked="y")
    town.applied_by_id, town.due_on = lead(actor, "河口镇").signature(), YESTERDAY
    town.save()
    decide_review(town, by=actor(Role.OFFICE), decision=granted(90_000))
    new = rescore(kept, by=actor(Role.OFFICE))
    assert (total(new), total(new, "河口镇"), total(new, "财政局")) == (935_000, 930_000, 920_000)


def test_only_the_office_scores_again(actor: Actors) -> None:
    kept = told(actor)
    upheld(kept, actor)
    with pytest.raises(DeniedError):
        rescore(kept, by=actor(Role.LEADER))


def test_one_re_run_at_a_time(actor: Actors) -> None:
    kept = told(actor)
    new = scored_again(kept, actor)
    Review.objects.update(led_to=None)
    with pytest.raises(RefusedError, match=f"第{new.pk}号重算还没有告知，请先作废"):
        rescore(kept, by=actor(Role.OFFICE))


def test_a_discarded_re_run_can_be_made_again(actor: Actors) -> None:
    kept = told(actor)
    first = scored_again(kept, actor)
    discard_result(first, by=actor(Role.OFFICE), reason="还有一件没有合并")
    assert Review.objects.get().led_to is None
    again = rescore(kept, by=actor(Role.OFFICE))
    assert (again.seal, again.pk == first.pk) == (first.seal, False)


def test_a_superseded_run_is_no_beginning(actor: Actors) -> None:
    kept = told(actor)
    tell(scored_again(kept, actor), actor)
    with pytest.raises(RefusedError, match="从已告知、没有被取代的结果重算"):
        rescore(kept, by=actor(Role.OFFICE))


# ── Who moved, who is told ─────────────────────────────────────────────────────────────────


def test_everybody_who_moved_is_shown_and_only_those_whose_place_moved_are_told(
    actor: Actors,
) -> None:
    new = scored_again(told(actor), actor)
    shown = {each.unit: (each.before.place, each.after.place) for each in movements(new)}
    assert shown == {"云溪镇": (1, 1), "河口镇": (1, 2)}
    assert [each.name for each in units_to_tell(new)] == ["河口镇"]
    tell(new, actor)
    notice = Notice.objects.latest("pk")
    assert [each.unit.name for each in notice.receipts.all()] == ["河口镇"]
    assert "名次或等次有变动" in notice.body


def test_who_was_not_told_again_keeps_the_first_day(actor: Actors) -> None:
    kept = told(actor)
    new = tell(scored_again(kept, actor), actor)
    SealedResult.objects.filter(pk=kept.pk).update(apply_until=YESTERDAY)
    today = new.apply_until
    assert today is not None
    rights = {name: right_of(part(new, name), today) for name in ("河口镇", "财政局")}
    assert {name: right and right.is_open for name, right in rights.items()} == {
        "河口镇": True, "财政局": False,
    }  # fmt: skip


def test_the_follower_supersedes_when_told_or_where_it_was_public_when_published(
    actor: Actors,
) -> None:
    kept = told(actor)
    new = tell(scored_again(kept, actor), actor)
    kept.refresh_from_db()
    assert kept.state == ResultState.SUPERSEDED
    new = announced(new, actor)
    late = SealedResult.objects.get(pk=new.pk)
    Record.objects.filter(visit__name="财政局", code="2.1").update(values={"2.1": 560_000})
    third = score_rounds(
        late.scheme_version, by=actor(Role.OFFICE), name="年终评估", reason="更正了财政局的记录"
    )
    tell(third, actor)
    late.refresh_from_db()
    assert late.state == ResultState.PUBLISHED
    announced(SealedResult.objects.get(pk=third.pk), actor)
    late.refresh_from_db()
    assert late.state == ResultState.SUPERSEDED


def test_a_superseded_card_is_read_by_the_office_and_by_whose_objection_led_on(
    actor: Actors,
) -> None:
    kept = told(actor)
    tell(scored_again(kept, actor), actor)
    old = {name: part(SealedResult.objects.get(pk=kept.pk), name) for name in ("云溪镇", "河口镇")}
    assert may_read(old["云溪镇"], actor(Role.OFFICE))
    assert may_read(old["云溪镇"], lead(actor))
    assert not may_read(old["河口镇"], lead(actor, "河口镇"))
    assert not may_read(old["云溪镇"], actor(Role.PERSONNEL))


# ── What is carried along ──────────────────────────────────────────────────────────────────


def test_scoring_the_rounds_later_carries_what_was_granted(actor: Actors) -> None:
    new = tell(scored_again(told(actor), actor), actor)
    Record.objects.filter(visit__name="财政局", code="2.1").update(values={"2.1": 560_000})
    version = new.scheme_version
    with pytest.raises(RefusedError, match="请写明为何重算"):
        score_rounds(version, by=actor(Role.OFFICE), name="年终评估")
    third = score_rounds(version, by=actor(Role.OFFICE), name="年终评估", reason="更正财政局2.1")
    assert (total(third), total(third, "财政局")) == (935_000, 930_000)
    assert (third.follows, third.reason) == (new, "更正财政局2.1")


def test_a_file_that_leaves_out_what_was_granted_is_refused(actor: Actors) -> None:
    kept = told(actor)
    upheld(kept, actor)
    SealedResult.objects.update(line=None)
    other = marked(published(scheme(title=kept.title, decimals=2))).version_of
    draft = score_rounds(other, by=actor(Role.OFFICE), name="年终评估")
    sealed = zlib.decompress(draft.body)
    discard_result(draft, by=actor(Role.OFFICE), reason="改为录入")
    with pytest.raises(RefusedError, match=r"没有放进复核更正的数：云溪镇 1\.2"):
        load_result(sealed, by=actor(Role.OFFICE), year=2026, round_name="年终评估")


def test_what_a_half_year_review_granted_counts_in_the_whole_year(actor: Actors) -> None:
    version = published(scheme(rounds=ROUNDS))
    marked(version, code="h1")
    office = actor(Role.OFFICE)
    half = tell(score_rounds(version, by=office, name="半年评估", through="h1"), actor)
    made = applied(half, actor)
    figure = granted().values[0]
    decision = granted().__class__("granted", "有原件", "办法", (figure.__class__("1.2", 95_000, "h1"),))  # fmt: skip
    decide_review(made, by=actor(Role.OFFICE), decision=decision)
    marked(version, code="h2")
    whole = score_rounds(version, by=office, name="年终评估")
    assert whole.follows is None
    assert reading(whole).result.rounds["h1"]["云溪镇"]["mark:1.2"] == 95_000
    assert reading(whole).result.rounds["h2"]["云溪镇"]["mark:1.2"] == 80_000


# ── The stage ──────────────────────────────────────────────────────────────────────────────


def test_a_half_year_is_scored_before_the_year_is_over(actor: Actors) -> None:
    version = published(scheme(rounds=ROUNDS))
    marked(version, code="h1")
    half = score_rounds(version, by=actor(Role.OFFICE), name="半年评估", through="h1")
    assert (half.through, total(half)) == ("h1", 920_000)
    assert [each.code for each in reading(half).result.scheme.rounds] == ["h1"]
    assert verified(SealedResult.objects.get(pk=half.pk)).is_sound
    with pytest.raises(RefusedError, match="还不能计分"):
        score_rounds(version, by=actor(Role.OFFICE), name="年终评估")


def test_a_published_half_year_is_not_superseded_by_the_year(actor: Actors) -> None:
    version = published(scheme(rounds=ROUNDS))
    marked(version, code="h1")
    office = actor(Role.OFFICE)
    half = score_rounds(version, by=office, name="半年评估", through="h1")
    half = announced(tell(half, actor), actor)
    marked(version, code="h2")
    announced(tell(score_rounds(version, by=office, name="年终评估"), actor), actor)
    half.refresh_from_db()
    assert half.state == ResultState.PUBLISHED


# ── Approving ──────────────────────────────────────────────────────────────────────────────


def refusal(kept: SealedResult, actor: Actors) -> str:
    with pytest.raises(RefusedError) as found:
        approve_result(kept, by=actor(Role.OFFICE_HEAD), approval=MEETING)
    return found.value.message


def test_nothing_is_approved_while_units_may_object_or_objections_wait(actor: Actors) -> None:
    kept = told(actor)
    assert "申请复核的期限" in refusal(kept, actor)
    made = applied(kept, actor)
    over(kept)
    assert "还有1件" in refusal(kept, actor)
    decide_review(made, by=actor(Role.OFFICE), decision=granted())
    assert "成立的复核都已重新计分（还有1件）" in refusal(kept, actor)


def test_nothing_is_approved_while_a_decision_can_be_appealed(actor: Actors) -> None:
    kept = told(actor)
    made = applied(kept, actor)
    decision = granted()
    decide_review(made, by=actor(Role.OFFICE),
                  decision=decision.__class__("rejected", "没有原件", "办法"))  # fmt: skip
    SealedResult.objects.filter(pk=kept.pk).update(apply_until=YESTERDAY)
    assert "申诉期限" in refusal(kept, actor)
    over(kept)
    assert approve_result(kept, by=actor(Role.OFFICE_HEAD), approval=MEETING).document


def test_objections_to_the_run_before_hold_up_the_one_after(actor: Actors) -> None:
    kept = told(actor)
    other = ASKED.__class__("多记了迟报", "按一次计", "1.1")
    waiting = applied(kept, actor, other)
    new = tell(scored_again(kept, actor), actor)
    over(new)
    assert "还有1件" in refusal(new, actor)
    values = (granted().values[0].__class__("迟报", 10_000),)
    decide_review(waiting, by=actor(Role.OFFICE),
                  decision=granted().__class__("partly", "一次不算", "办法", values))  # fmt: skip
    last = rescore(new, by=actor(Role.OFFICE))
    assert (last.follows, total(last)) == (new, 940_000)


def test_the_database_wants_a_reason_for_a_re_run(actor: Actors) -> None:
    new = scored_again(told(actor), actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedResult.objects.filter(pk=new.pk).update(reason="")


def test_publishing_and_approving_take_two_people_for_re_runs_too(actor: Actors) -> None:
    kept = told(actor)
    upheld(kept, actor)
    head = actor(Role.OFFICE_HEAD)
    new = rescore(kept, by=head)
    with pytest.raises(RefusedError, match="由计分人以外的人办理"):
        review_result(new, by=head)
    new = notify_units(review_result(new, by=actor(Role.OFFICE_HEAD)), by=actor(Role.OFFICE))
    over(new)
    second = actor(Role.OFFICE_HEAD)
    new = approve_result(new, by=second, approval=MEETING)
    with pytest.raises(RefusedError, match="由登记审定以外的人办理"):
        publish_result(new, by=second)


# ── Where it came from ─────────────────────────────────────────────────────────────────────


def test_the_explanation_of_a_figure_that_was_put_right_says_so(actor: Actors) -> None:
    new = scored_again(told(actor), actor)
    shown = card_page(part(new), code="1.2")
    assert shown is not None
    assert shown.why is not None
    assert [(each.before_words, each.after_words) for each in shown.why.amended] == [("8", "9.5")]
    assert shown.why.origins[0].restored == ()  # not told as a later change of the record
    old = card_page(part(new.follows or new), code="1.2")
    assert old is not None
    assert old.why is not None
    assert old.why.amended == ()


# ── Verifying ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("column", ["scheme_digest", "sheet_digest", "outputs_digest", "seal"])
def test_a_digest_changed_in_the_database_is_found(actor: Actors, column: str) -> None:
    kept = told(actor)
    SealedResult.objects.filter(pk=kept.pk).update(**{column: "sha256:" + "0" * 64})
    assert not verified(SealedResult.objects.get(pk=kept.pk)).is_sound


def test_a_body_changed_in_the_database_is_found(actor: Actors) -> None:
    kept = told(actor)
    other = to_bytes(reading(kept).result).replace(b"920000", b"930000")
    SealedResult.objects.filter(pk=kept.pk).update(body=zlib.compress(other))
    told_ = verified(SealedResult.objects.get(pk=kept.pk))
    assert "被改动" in told_.checks[0].words
    SealedResult.objects.filter(pk=kept.pk).update(body=b"rubbish")
    assert not verified(SealedResult.objects.get(pk=kept.pk)).is_sound


def test_a_scheme_that_is_not_the_published_one_is_found(actor: Actors) -> None:
    kept = told(actor)
    other = published(scheme(decimals=2))
    SealedResult.objects.filter(pk=kept.pk).update(scheme_version=other)
    found = verified(SealedResult.objects.get(pk=kept.pk))
    assert [each.words for each in found.checks if not each.is_met] == [
        f"封存的办法就是发布的{other}"
    ]


def test_a_run_is_named_by_its_number_or_its_digest(actor: Actors) -> None:
    kept = told(actor)
    names = (str(kept.pk), kept.seal, kept.outputs_digest[:20], kept.seal.removeprefix("sha256:"))
    assert [run_named(each) for each in names] == [kept] * 4
    assert [run_named(each) for each in ("", "sha256:", "0", "99", "xyz", "²")] == [None] * 6
