"""Does a scheme go its way, in the hands of two persons, and never change once it is published?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.schemes import actions
from jixiao.schemes.editing import plain, spot_at
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.queries import in_force
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import AccountFactory, SchemeVersionFactory, scheme

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]
NUMBER = "清绩委〔2026〕9号"


def this_year(**changed: object) -> SchemeVersion:
    """A draft whose period is the present year."""
    year = timezone.localdate().year
    period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
    return SchemeVersionFactory(year=year, of=scheme(period=period, **changed))


def published(office: Actor, head: Actor, **changed: object) -> SchemeVersion:
    """The present year's scheme in force from today."""
    version = actions.submit(this_year(**changed), by=office)
    version = actions.approve(version, by=head, document_number=NUMBER)
    return actions.publish(version, by=head, effective_on=timezone.localdate())


def test_a_scheme_is_submitted_approved_and_published(office: Actor, head: Actor) -> None:
    version = published(office, head)
    assert version.state == State.PUBLISHED
    assert version.scheme.document == NUMBER == version.document_number
    assert [version.submitted_by.name, version.approved_by.name] == ["周明岚", "韩松"]
    labels = list(Event.objects.order_by("id").values_list("label", flat=True))
    assert labels == ["送审", "审定", "发布办法"]


def test_who_submitted_does_not_approve(head: Actor) -> None:
    version = actions.submit(this_year(), by=head)
    with pytest.raises(RefusedError, match="由送审人以外的人审定"):
        actions.approve(version, by=head, document_number=NUMBER)


def test_the_database_wants_two_persons_too() -> None:
    one = AccountFactory()
    with pytest.raises(Error), transaction.atomic():
        SchemeVersionFactory(state=State.APPROVED, submitted_by=one, approved_by=one)


@pytest.mark.parametrize("role", [Role.LEADER, Role.LIAISON, Role.AUDIT_ADMIN])
def test_only_the_office_drafts(actor: Actors, role: Role) -> None:
    by = actor(role, key="1" if role == Role.LIAISON else "")
    with pytest.raises(DeniedError):
        actions.start_draft("绩效办法", by=by, year=2027)


def test_only_the_head_approves_and_publishes(office: Actor) -> None:
    version = actions.submit(this_year(), by=office)
    with pytest.raises(DeniedError):
        actions.approve(version, by=office, document_number=NUMBER)
    with pytest.raises(DeniedError):
        actions.publish(version, by=office, effective_on=timezone.localdate())


def test_a_veto_without_basis_blocks(office: Actor) -> None:
    gate = {"name": "失实", "when": {"kind": "total", "within": "<60"}, "effect": "lowest"}
    with pytest.raises(RefusedError, match="必须改的都改好（还有1处）"):
        actions.submit(this_year(gates=[gate]), by=office)


def test_a_reminder_blocks_until_it_is_kept_with_a_reason(office: Actor) -> None:
    version = this_year(full="90")
    with pytest.raises(RefusedError, match="提醒都改好，或写明保留理由（还有1处）"):
        actions.submit(version, by=office)
    key = actions.health(version).reminders[0].key
    actions.keep_remark(version, by=office, key=key, reason="十分另行加给")
    assert actions.submit(version, by=office).state == State.SUBMITTED


def test_what_must_be_put_right_cannot_be_kept(office: Actor) -> None:
    gate = {"name": "失实", "when": {"kind": "total", "within": "<60"}, "effect": "lowest"}
    version = this_year(gates=[gate])
    with pytest.raises(RefusedError, match="必须改，不能保留"):
        actions.keep_remark(version, by=office, key="groundless:失实", reason="一直如此")


def test_keeping_needs_a_reason_and_a_reminder_that_is_there(office: Actor) -> None:
    version = this_year(full="90")
    key = actions.health(version).reminders[0].key
    with pytest.raises(RefusedError, match="请写明为什么保留"):
        actions.keep_remark(version, by=office, key=key, reason=" ")
    with pytest.raises(RefusedError, match="已经没有这条提醒"):
        actions.keep_remark(version, by=office, key="vague:9", reason="不改")


def test_a_reason_can_be_put_better(office: Actor) -> None:
    version = this_year(full="90")
    key = actions.health(version).reminders[0].key
    for reason in ("因为", "十分另行加给"):
        actions.keep_remark(version, by=office, key=key, reason=reason)
    assert [each.reason for each in version.kept.all()] == ["十分另行加给"]


def test_sending_back_adds_a_round_and_clears_nothing(office: Actor, head: Actor) -> None:
    version = actions.submit(this_year(), by=office)
    version = actions.send_back(version, by=head, reason="分值再核一遍")
    assert (version.state, version.submitted_by.name) == (State.DRAFT, "周明岚")
    version = actions.submit(version, by=office)
    version = actions.send_back(version, by=head, reason="还有一处")
    assert [each.reason for each in version.returns.all()] == ["还有一处", "分值再核一遍"]


def test_sending_back_needs_a_reason(office: Actor, head: Actor) -> None:
    version = actions.submit(this_year(), by=office)
    with pytest.raises(RefusedError, match="请写明退回的理由"):
        actions.send_back(version, by=head, reason="")


def test_what_was_approved_may_still_be_sent_back_and_approved_again(
    office: Actor, head: Actor
) -> None:
    version = actions.submit(this_year(), by=office)
    version = actions.approve(version, by=head, document_number=NUMBER)
    version = actions.send_back(version, by=head, reason="文号写错")
    version = actions.submit(version, by=office)
    assert actions.approve(version, by=head, document_number="清绩委〔2026〕10号").approved_at


def test_approving_needs_a_document_number_of_its_own(office: Actor, head: Actor) -> None:
    version = actions.submit(this_year(), by=office)
    with pytest.raises(RefusedError, match="请写明批准文件的文号"):
        actions.approve(version, by=head, document_number=" ")
    SchemeVersionFactory(
        line=version.line, year=2020, state=State.PUBLISHED, document_number=NUMBER
    )
    with pytest.raises(RefusedError, match="已用在这个办法的另一版上"):
        actions.approve(version, by=head, document_number=NUMBER)


def test_a_draft_is_discarded_with_a_reason_and_stays(office: Actor) -> None:
    version = actions.discard(this_year(), by=office, reason="并入另一个办法")
    assert SchemeVersion.objects.get().state == State.DISCARDED
    assert actions.start_draft(version.line.name, by=office, year=version.year).number == 2


EDITS = {
    "change": lambda v, by: actions.change_part(v, by=by, path="", part=plain(v.scheme)),
    "add": lambda v, by: actions.add_part(v, by=by, path="tiers", part={"name": "末等"}),
    "move": lambda v, by: actions.move_part(v, by=by, path="items.1", way="up"),
    "remove": lambda v, by: actions.remove_part(v, by=by, path="items.1"),
    "replace": lambda v, by: actions.replace_document(v, by=by, document=plain(scheme())),
    "keep": lambda v, by: actions.keep_remark(v, by=by, key="check:x", reason="不改"),
    "submit": lambda v, by: actions.submit(v, by=by),
    "send_back": lambda v, by: actions.send_back(v, by=by, reason="退"),
    "approve": lambda v, by: actions.approve(v, by=by, document_number="另一号"),
    "publish": lambda v, by: actions.publish(v, by=by, effective_on=timezone.localdate()),
    "discard": lambda v, by: actions.discard(v, by=by, reason="不要了"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("state", [State.PUBLISHED, State.SUPERSEDED])
def test_nothing_can_be_done_to_a_published_text(
    head: Actor, edit: Callable[..., object], state: State
) -> None:
    version = SchemeVersionFactory(state=state)
    with pytest.raises(RefusedError):
        edit(version, head)
    assert SchemeVersion.objects.get().digest == version.digest


@pytest.mark.parametrize(
    "change",
    [
        {"document": "{}"}, {"digest": "x"}, {"effective_on": date(2026, 5, 1)}, {"number": 9},
        {"document_number": "别的号"}, {"state": State.DRAFT, "published_at": None, "published_by": None},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_the_database_refuses_to_change_what_was_published(change: dict[str, object]) -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED)
    with pytest.raises(Error, match="已发布的办法不再改动"), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(**change)


def test_the_database_refuses_to_remove_what_was_published() -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED)
    with pytest.raises(Error, match="已发布的办法不再改动"), transaction.atomic():
        version.delete()
    SchemeVersionFactory().delete()


def test_an_amendment_supersedes_and_governs_from_its_day_on(office: Actor, head: Actor) -> None:
    first = published(office, head)
    today = timezone.localdate()
    tomorrow = min(today + timedelta(1), date(today.year, 12, 31))
    draft = actions.amend(first, by=office, reason="新增一个园区")
    part = plain(spot_at(draft.scheme, "groups.1").part) | {"units": [{"name": "审计局"}]}
    draft = actions.change_part(draft, by=office, path="groups.1", part=part)
    draft = actions.submit(draft, by=office)
    draft = actions.approve(draft, by=head, document_number="清绩委〔2026〕12号")
    second = actions.publish(draft, by=head, effective_on=tomorrow)
    first.refresh_from_db()
    assert (first.state, second.number) == (State.SUPERSEDED, 2)
    before = in_force(today.year, tomorrow - timedelta(1))
    after = in_force(today.year, tomorrow)
    assert (before, after) == ([first if tomorrow > today else second], [second])


def test_a_year_before_its_first_day_of_force_is_governed_by_the_first_version() -> None:
    version = SchemeVersionFactory(state=State.PUBLISHED, effective_on=date(2026, 3, 1))
    assert in_force(2026, date(2026, 1, 5)) == [version]
    assert in_force(2027, date(2027, 1, 5)) == []


def test_an_amendment_needs_a_reason_and_a_published_version(office: Actor) -> None:
    with pytest.raises(RefusedError, match="请写明为什么修订"):
        actions.amend(SchemeVersionFactory(state=State.PUBLISHED), by=office, reason="")
    with pytest.raises(RefusedError, match="只有已发布的一版可以修订；这一版是草稿"):
        actions.amend(SchemeVersionFactory(), by=office, reason="改")


def test_there_is_one_open_draft_a_year(office: Actor) -> None:
    first = SchemeVersionFactory(state=State.PUBLISHED)
    actions.amend(first, by=office, reason="改一处")
    with pytest.raises(RefusedError, match="已有一份修订稿没有办完"):
        actions.amend(first, by=office, reason="再改一处")
    with pytest.raises(RefusedError, match="已在起草"):
        actions.start_draft(first.line.name, by=office, year=2026)


def test_what_is_published_is_amended_not_drafted_anew(office: Actor) -> None:
    first = SchemeVersionFactory(state=State.PUBLISHED)
    with pytest.raises(RefusedError, match="已经发布，要改请用“修订”"):
        actions.start_draft(first.line.name, by=office, year=2026)


def test_nothing_comes_into_force_before_today_or_after_the_period(
    office: Actor, head: Actor
) -> None:
    version = actions.submit(this_year(), by=office)
    version = actions.approve(version, by=head, document_number=NUMBER)
    today = timezone.localdate()
    for day, told in (
        (today - timedelta(1), "施行日期不能早于今天"),
        (date(today.year + 1, 1, 1), "不能晚于考核期止日"),
    ):
        with pytest.raises(RefusedError, match=told) as found:
            actions.publish(version, by=head, effective_on=day)
        assert found.value.field == "effective_on"


def test_an_amendment_leaves_rounds_alone(office: Actor, head: Actor) -> None:
    rounds = [{"code": "半年", "name": "半年"}, {"code": "全年", "name": "全年", "weight": "0.5"}]
    first = published(office, head, rounds=[rounds[0]])
    draft = actions.amend(first, by=office, reason="加一轮")
    draft = actions.add_part(draft, by=office, path="rounds", part=rounds[1])
    for each in actions.health(draft).reminders:
        actions.keep_remark(draft, by=office, key=each.key, reason="按比例折算")
    draft = actions.approve(
        actions.submit(draft, by=office), by=head, document_number="清绩委〔2026〕12号"
    )
    with pytest.raises(RefusedError, match="轮次和权重不能改"):
        actions.publish(draft, by=head, effective_on=timezone.localdate())
