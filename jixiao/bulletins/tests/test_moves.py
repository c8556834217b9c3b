"""Does a bulletin go out only when everything is right, by two people, under a number of its own?"""

import hashlib
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.bulletins.actions import (
    Audience,
    Numbered,
    discard_bulletin,
    issue_bulletin,
    keep_reminder,
    recall_bulletin,
    redraft_bulletin,
    rewrite_bulletin,
    send_back_bulletin,
    set_audience,
    sign_off_bulletin,
    start_bulletin,
    submit_bulletin,
    withdraw_bulletin,
)
from jixiao.bulletins.actions.moving import FORMS
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import Desk, bulletin
from jixiao.bulletins.states import BulletinKind, BulletinState, Level
from jixiao.bulletins.tests.factories import BulletinFactory, text
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.results.models import SealedResult
from jixiao.results.states import ResultState
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import county

pytestmark = pytest.mark.django_db
Issue = Callable[..., Bulletin]


def supersede(result: SealedResult) -> None:
    SealedResult.objects.filter(pk=result.pk).update(state=ResultState.SUPERSEDED)


def again(row: Bulletin) -> Bulletin:
    found = bulletin(row.pk)
    assert found
    return found


# ── The whole way ──────────────────────────────────────────────────────────────────────────


def test_it_is_written_submitted_signed_by_another_and_issued(
    draft: Bulletin, issue: Issue
) -> None:
    row = issue(draft, serial=3)
    assert row.state == BulletinState.ISSUED
    assert row.number == f"清绩委〔{timezone.localdate().year}〕3号"
    assert [each.kind for each in row.steps.all()] == ["submit", "sign_off", "issue"]


def test_the_issued_files_carry_number_and_date_and_have_their_digests(
    draft: Bulletin, issue: Issue
) -> None:
    row = again(issue(draft))
    kept = {each.kind: each for each in row.files.all()}
    assert set(kept) == {"docx", "pdf"}
    for each in kept.values():
        assert each.digest == f"sha256:{hashlib.sha256(bytes(each.content)).hexdigest()}"
        assert each.size == len(bytes(each.content))
    assert bytes(kept["pdf"].content).startswith(b"%PDF")
    assert str(Desk(row).document.number) == row.number


def test_the_issued_bytes_can_be_made_again(draft: Bulletin, issue: Issue) -> None:
    row = again(issue(draft))
    for each in row.files.all():
        assert FORMS[each.kind](Desk(row).document)[0] == bytes(each.content)


def test_every_unit_gets_a_notice_to_sign_for(draft: Bulletin, issue: Issue) -> None:
    row = issue(draft)
    assert row.notice
    assert row.notice.receipts.count() == Unit.objects.open().assessed().count()
    assert row.number in row.notice.title


# ── Two people ─────────────────────────────────────────────────────────────────────────────


def test_whoever_wrote_it_does_not_sign_it(result: SealedResult, head: Actor) -> None:
    row = start_bulletin(result, by=head, kind=BulletinKind.ANNUAL)
    row = submit_bulletin(row, by=head)
    with pytest.raises(RefusedError, match="您经手过这一稿"):
        sign_off_bulletin(row, by=head)


def test_whoever_changed_a_word_does_not_sign_it(
    draft: Bulletin, office: Actor, head: Actor, actor: Callable[..., Actor]
) -> None:
    row = rewrite_bulletin(draft, by=head, content=text("对{单位数}个单位进行了评估。"))
    row = submit_bulletin(row, by=office)
    with pytest.raises(RefusedError, match="您经手过这一稿"):
        sign_off_bulletin(row, by=head)
    assert sign_off_bulletin(row, by=actor(Role.OFFICE_HEAD)).state == BulletinState.APPROVED


def test_the_database_refuses_a_signature_of_the_drafter(draft: Bulletin) -> None:
    draft.approved_at, draft.approved_by = timezone.now(), draft.drafted_by
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


# ── What blocks ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("评出先进单位99个。", "必须改"),
        ("{没有这个引用}", "必须改"),
        ("{名单：不存在的档}", "必须改"),
        ("", "必须改"),
        ("共开展评估7.5次。", "提醒"),
    ],
)
def test_what_is_wrong_blocks_submitting(
    draft: Bulletin, office: Actor, words: str, wrong: str
) -> None:
    row = rewrite_bulletin(draft, by=office, content=text("{分档名单}。", words))
    with pytest.raises(RefusedError, match=wrong):
        submit_bulletin(row, by=office)


def test_a_reminder_is_kept_with_a_reason_and_a_must_is_not(draft: Bulletin, office: Actor) -> None:
    row = rewrite_bulletin(draft, by=office, content=text("开展评估7.5次，评出先进单位99个。"))
    must, note = sorted(Desk(row).open, key=lambda each: not each.must)
    with pytest.raises(RefusedError, match="必须改"):
        keep_reminder(row, by=office, key=must.key, reason="就这样")
    with pytest.raises(RefusedError, match="为什么保留"):
        keep_reminder(row, by=office, key=note.key, reason=" ")
    keep_reminder(row, by=office, key=note.key, reason="会议记录第三页")
    assert [each.must for each in Desk(row).open] == [True]
    assert Desk(row).settled[0].kept


def test_a_reason_counts_for_the_words_it_was_given_for(draft: Bulletin, office: Actor) -> None:
    row = rewrite_bulletin(draft, by=office, content=text("开展评估7.5次。"))
    keep_reminder(row, by=office, key=Desk(row).open[0].key, reason="会议记录")
    row = rewrite_bulletin(row, by=office, content=text("开展评估8.5次。"))
    assert len(Desk(row).open) == 1


def test_a_result_without_approval_can_be_written_about_but_not_signed(
    draft: Bulletin, office: Actor, head: Actor
) -> None:
    SealedResult.objects.filter(pk=draft.result_id).update(
        state=ResultState.NOTIFIED, published_at=None, published_by=None
    )
    row = submit_bulletin(again(draft), by=office)
    with pytest.raises(RefusedError, match="还没有审定"):
        sign_off_bulletin(again(row), by=head)


def test_a_superseded_result_stops_signing_and_issuing(
    draft: Bulletin, office: Actor, head: Actor
) -> None:
    row = submit_bulletin(draft, by=office)
    supersede(draft.result)
    with pytest.raises(RefusedError, match="已被取代"):
        sign_off_bulletin(again(row), by=head)
    SealedResult.objects.filter(pk=draft.result_id).update(state=ResultState.PUBLISHED)
    row = sign_off_bulletin(again(row), by=head)
    supersede(draft.result)
    with pytest.raises(RefusedError, match="已被取代"):
        issue_bulletin(again(row), by=office, number=Numbered("清绩委", 1))


def test_a_result_that_nobody_reviewed_is_not_written_about(keep: Keep, office: Actor) -> None:
    made = keep(county(), is_published=False)
    with pytest.raises(RefusedError, match="还没有审核"):
        start_bulletin(made, by=office, kind=BulletinKind.ANNUAL)


def test_nothing_changes_once_it_is_submitted(draft: Bulletin, office: Actor) -> None:
    row = submit_bulletin(draft, by=office)
    with pytest.raises(RefusedError, match="退回修改以后"):
        rewrite_bulletin(row, by=office, content=text())
    with pytest.raises(RefusedError, match="退回修改以后"):
        set_audience(row, by=office, audience=Audience(Level.PUBLIC))


def test_what_was_altered_behind_the_platform_is_not_issued(
    draft: Bulletin, office: Actor, head: Actor
) -> None:
    row = sign_off_bulletin(submit_bulletin(draft, by=office), by=head)
    Bulletin.objects.filter(pk=row.pk).update(printed=row.printed.replace("评估", "考核"))
    with pytest.raises(RefusedError, match="与签发时不同"):
        issue_bulletin(again(row), by=office, number=Numbered("清绩委", 1))


# ── Back ───────────────────────────────────────────────────────────────────────────────────


def test_it_is_sent_back_with_a_reason_and_signed_anew(
    draft: Bulletin, office: Actor, head: Actor
) -> None:
    row = submit_bulletin(draft, by=office)
    with pytest.raises(RefusedError, match="原因"):
        send_back_bulletin(row, by=head, reason=" ")
    row = send_back_bulletin(row, by=head, reason="第二段太长")
    assert row.state == BulletinState.DRAFT
    row = sign_off_bulletin(submit_bulletin(row, by=office), by=head)
    row = recall_bulletin(row, by=head, reason="领导另有意见")
    with pytest.raises(RefusedError, match="先送审"):
        issue_bulletin(row, by=office, number=Numbered("清绩委", 1))


def test_a_draft_is_discarded_and_an_issued_one_withdrawn_with_a_reason(
    draft: Bulletin, office: Actor, head: Actor, issue: Issue
) -> None:
    other = start_bulletin(draft.result, by=office, kind=BulletinKind.TOPIC)
    assert discard_bulletin(other, by=office, reason="不发了").state == BulletinState.DISCARDED
    row = withdraw_bulletin(issue(draft), by=head, reason="附件有误")
    assert row.state == BulletinState.WITHDRAWN
    assert row.files.count() == 2
    told = Unit.objects.open().assessed().first()
    assert told
    assert "附件有误" in told.receipts.order_by("-id")[0].notice.body


def test_a_correction_takes_the_place_of_the_one_before(
    draft: Bulletin, office: Actor, issue: Issue
) -> None:
    first = issue(draft)
    second = redraft_bulletin(first, by=office, ground=draft.result)
    issue(second, serial=2)
    assert again(first).state == BulletinState.SUPERSEDED
    assert again(first).files.count() == 2


# ── Numbers ────────────────────────────────────────────────────────────────────────────────


def test_a_number_is_given_once_a_code_and_year(
    draft: Bulletin, office: Actor, head: Actor, issue: Issue
) -> None:
    issue(draft, serial=7)
    other = BulletinFactory(result=draft.result)
    other = sign_off_bulletin(submit_bulletin(other, by=office), by=head)
    with pytest.raises(RefusedError, match="已经用过"):
        issue_bulletin(other, by=office, number=Numbered("清绩委", 7))
    assert issue_bulletin(again(other), by=office, number=Numbered("清绩办", 7)).number_serial == 7


@pytest.mark.parametrize("number", [Numbered("", 1), Numbered("清" * 21, 1), Numbered("清绩委", 0)])
def test_a_number_that_cannot_be_is_refused(
    draft: Bulletin, office: Actor, head: Actor, number: Numbered
) -> None:
    row = sign_off_bulletin(submit_bulletin(draft, by=office), by=head)
    with pytest.raises(RefusedError):
        issue_bulletin(row, by=office, number=number)


# ── Who it goes to ─────────────────────────────────────────────────────────────────────────


def test_some_units_or_a_group_only(draft: Bulletin, office: Actor, issue: Issue) -> None:
    with pytest.raises(RefusedError, match="哪些单位"):
        set_audience(draft, by=office, audience=Audience(Level.UNIT))
    two = list(Unit.objects.filter(name__in=("云溪镇", "河口镇")))
    row = set_audience(draft, by=office, audience=Audience(Level.UNIT), units=two)
    assert {each.unit for each in issue(row).units.all()} == set(two)


def test_a_group_gets_it_whole(draft: Bulletin, office: Actor, issue: Issue) -> None:
    with pytest.raises(RefusedError, match="哪一组"):
        set_audience(draft, by=office, audience=Audience(Level.GROUP))
    row = set_audience(draft, by=office, audience=Audience(Level.GROUP, group="群团组织"))
    assert issue(row).units.count() == 4
