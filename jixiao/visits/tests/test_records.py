"""Is every entry kept, none counted twice, and does a person decide where two devices disagree?"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.visits import actions
from jixiao.visits.actions.records import Entered, Outcome
from jixiao.visits.models import Entry, Record, Visit
from jixiao.visits.states import EntryState, Method, RecordState, VisitState

pytestmark = pytest.mark.django_db
ITEM = "1.2"
"""The test scheme's item of ten points that assessors mark themselves."""


def entered(mark: int = 80_000, **said: Any) -> Entered:
    """Eight points for the quality of the files, unless said otherwise."""
    usual = {"reason": "缺2份", "methods": (Method.READ,), "code": ITEM}
    return Entered(key=uuid.uuid4(), values={ITEM: mark}, **{**usual, **said})


def send(visit: Visit, by: Actor, *entries: Entered, device: str = "平板") -> list[Outcome]:
    visit.refresh_from_db()
    return actions.save_entries(visit, by=by, device=device, entries=entries)


def test_the_first_entry_starts_the_visit_and_is_the_record(visit: Visit, he: Actor) -> None:
    [told] = send(visit, he, entered())
    visit.refresh_from_db()
    record = Record.objects.get()
    assert (told.state, visit.state) == ("standing", VisitState.UNDERWAY)
    assert (record.mark, record.methods, record.version) == (80_000, "read", 1)


def test_the_same_entry_sent_twice_counts_once(visit: Visit, he: Actor) -> None:
    same = entered()
    send(visit, he, same)
    [again] = send(visit, he, same)
    assert (again.state, Entry.objects.count()) == ("standing", 1)


def test_a_deduction_without_reason_is_refused_and_the_others_are_kept(
    visit: Visit, he: Actor
) -> None:
    good = entered(600_000, code="2.1")
    good = Entered(key=good.key, code="2.1", values={"2.1": 600_000}, methods=(Method.HEAR,))
    bad, kept = send(visit, he, entered(reason=""), good)
    assert (bad.state, bad.message, kept.state) == ("refused", "扣分请写明理由", "standing")


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"mark": 100_001}, "不能高于10.0"),
        ({"mark": -1}, "不能低于0.0"),
        ({"methods": ()}, "请选评估方法"),
        ({"code": "9.9"}, "没有“9.9”"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    visit: Visit, he: Actor, said: dict[str, Any], word: str
) -> None:
    [told] = send(visit, he, entered(**said))
    assert told.state == "refused"
    assert word in told.message


def test_a_device_replaces_what_it_has_seen(visit: Visit, he: Actor, zheng: Actor) -> None:
    [first] = send(visit, he, entered())
    assert first.record is not None
    [second] = send(visit, zheng, entered(70_000, base=first.record.version), device="手机")
    assert (second.state, Record.objects.get().mark) == ("standing", 70_000)


def test_a_device_that_did_not_hear_the_answer_still_replaces_its_own(
    visit: Visit, he: Actor
) -> None:
    send(visit, he, entered())
    [told] = send(visit, he, entered(70_000, base=0))
    assert (told.state, Record.objects.get().mark) == ("standing", 70_000)


def test_two_devices_that_did_not_see_each_other_leave_both_versions(
    visit: Visit, he: Actor, zheng: Actor
) -> None:
    send(visit, he, entered())
    [told] = send(visit, zheng, entered(70_000), device="手机")
    record = Record.objects.get()
    assert (told.state, record.state, record.mark) == ("differing", RecordState.DIFFERING, 80_000)
    assert set(record.entries.values_list("mark", "state")) == {
        (80_000, EntryState.DIFFERING), (70_000, EntryState.DIFFERING)
    }  # fmt: skip


def test_two_devices_that_say_the_same_agree(visit: Visit, he: Actor, zheng: Actor) -> None:
    send(visit, he, entered())
    [told] = send(visit, zheng, entered(), device="手机")
    assert (told.state, Record.objects.get().state) == ("standing", RecordState.STANDING)


def test_a_person_decides_with_a_reason_and_the_other_version_stays(
    visit: Visit, he: Actor, zheng: Actor
) -> None:
    send(visit, he, entered())
    send(visit, zheng, entered(70_000), device="手机")
    other = Entry.objects.get(mark=70_000)
    settled = actions.settle_record(other.record, by=he, entry=other, reason="复看后少2份")
    assert (settled.state, settled.mark) == (RecordState.STANDING, 70_000)
    assert Entry.objects.get(mark=80_000).state == EntryState.DROPPED


def test_assessors_who_mark_alone_are_compared_and_do_not_overwrite_each_other(
    visit: Visit, he: Actor, zheng: Actor
) -> None:
    visit.round.is_double = True
    visit.round.save()
    [first] = send(visit, he, entered())
    assert first.record is not None
    [told] = send(visit, zheng, entered(70_000, base=first.record.version))
    assert told.state == "differing"


def test_an_entry_after_the_feedback_is_kept_but_not_used(visit: Visit, he: Actor) -> None:
    send(visit, he, entered())
    Visit.objects.update(state=VisitState.FED_BACK, fed_back_at=visit.round.opened_at,
                         fed_back_by=visit.round.opened_by)  # fmt: skip
    [told] = send(visit, he, entered(70_000))
    assert (told.state, Record.objects.get().mark) == ("late", 80_000)
    assert Entry.objects.get(mark=70_000).state == EntryState.DROPPED


def test_only_those_who_go_there_record(visit: Visit, actor: Callable[..., Actor]) -> None:
    with pytest.raises(DeniedError):
        send(visit, actor(Role.ASSESSOR), entered())


def test_a_round_that_is_not_open_takes_no_records(visit: Visit, he: Actor) -> None:
    type(visit.round).objects.update(state="planned", opened_at=None, opened_by=None, digest="")
    with pytest.raises(RefusedError, match="筹备"):
        send(Visit.objects.get(), he, entered())


def test_the_record_of_writes_does_not_tell_marks(visit: Visit, he: Actor) -> None:
    send(visit, he, entered())
    told = str(Event.objects.get(action="visits.save_entries").changes)
    assert "sha256:" in told
    assert "80000" not in told
    assert "缺2份" not in told


def test_the_same_entry_twice_in_one_sending_counts_once(visit: Visit, he: Actor) -> None:
    same = entered()
    told = send(visit, he, same, same)
    assert [each.state for each in told] == ["standing", "standing"]
    assert (str(told), Entry.objects.count()) == ("已记2条", 1)


def test_an_entry_after_the_feedback_is_kept_also_where_nothing_was_recorded(
    visit: Visit, he: Actor
) -> None:
    Visit.objects.update(state=VisitState.FED_BACK, fed_back_at=visit.round.opened_at,
                         fed_back_by=visit.round.opened_by, started_at=visit.round.opened_at,
                         started_by=visit.round.opened_by)  # fmt: skip
    late = entered()
    assert [send(visit, he, late)[0].state, send(visit, he, late)[0].state] == ["late", "late"]
    record = Record.objects.get()
    assert (record.state, record.mark, Entry.objects.get().mark) == (
        RecordState.BLANK, None, 80_000,
    )  # fmt: skip


def test_what_came_too_late_is_recorded_anew_once_the_visit_is_taken_back(
    visit: Visit, he: Actor
) -> None:
    test_an_entry_after_the_feedback_is_kept_also_where_nothing_was_recorded(visit, he)
    Visit.objects.update(state=VisitState.UNDERWAY, fed_back_at=None, fed_back_by=None)
    send(visit, he, entered(70_000))
    record = Record.objects.get()
    assert (record.state, record.mark) == (RecordState.STANDING, 70_000)
