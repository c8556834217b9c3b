"""Is a draft edited part by part, never ill-formed, and never over somebody else's change?"""

from typing import Any

import pytest

from jixiao.access.actor import Actor
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError, StaleError
from jixiao.schemes import actions
from jixiao.schemes.editing import plain
from jixiao.schemes.exchange.layout import scheme_digest
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme

pytestmark = pytest.mark.django_db
QUALITY = {"code": "1.2", "name": "材料质量", "points": "9"}


@pytest.fixture
def draft() -> SchemeVersion:
    return SchemeVersionFactory()


def test_a_change_goes_into_the_document_its_digest_and_the_record(
    draft: SchemeVersion, office: Actor
) -> None:
    changed = actions.change_part(draft, by=office, path="items.0.items.1", part=QUALITY)
    stored = SchemeVersion.objects.get()
    assert stored.scheme.items[0].items[1].points == 9
    assert stored.digest == scheme_digest(stored.scheme) == changed.digest != draft.digest
    (change,) = Event.objects.get().changes
    assert change["after"]["changed"].endswith("分值：10 → 9")
    assert change["after"]["document"] == "（不记录内容）"


def test_a_draft_may_have_what_the_checker_remarks(draft: SchemeVersion, office: Actor) -> None:
    actions.change_part(draft, by=office, path="items.0.items.1", part=QUALITY)
    assert len(actions.health(SchemeVersion.objects.get()).reminders) == 1


def test_a_part_that_is_ill_formed_is_refused_with_its_place(
    draft: SchemeVersion, office: Actor
) -> None:
    part = {**QUALITY, "points": "很多"}
    with pytest.raises(RefusedError, match="分值：“很多”不是数"):
        actions.change_part(draft, by=office, path="items.0.items.1", part=part)
    assert SchemeVersion.objects.get().digest == draft.digest


@pytest.mark.parametrize(
    "part", [{"没有": 1}, {"points": 0.5}, {"items": "x"}, {"rule": {"scale": {"kind": "?"}}}, {}]
)
def test_whatever_a_program_sends_is_refused_in_words(
    draft: SchemeVersion, office: Actor, part: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError):
        actions.change_part(draft, by=office, path="items.0.items.1", part=part)


def test_parts_are_added_moved_and_removed(draft: SchemeVersion, office: Actor) -> None:
    part = {"code": "1.3", "name": "简报", "points": "0"}
    actions.add_part(draft, by=office, path="items.0.items", part=part)
    actions.move_part(draft, by=office, path="items.0.items.2", way="up")
    actions.remove_part(draft, by=office, path="items.0.items.0")
    items = SchemeVersion.objects.get().scheme.items[0].items
    assert [item.code for item in items] == ["1.3", "1.2"]


def test_a_stale_change_overwrites_nobody(draft: SchemeVersion, office: Actor) -> None:
    first = actions.change_part(draft, by=office, path="items.0.items.1", part=QUALITY)
    facts = {"path": "items.0.items.1", "part": {**QUALITY, "points": "8"}}
    with pytest.raises(StaleError) as found:
        actions.change_part(draft, by=office, **facts, version=draft.version)
    assert found.value.current.digest == first.digest


def test_what_changes_nothing_leaves_no_trace_in_the_version(
    draft: SchemeVersion, office: Actor
) -> None:
    same = actions.replace_document(draft, by=office, document=plain(draft.scheme))
    assert (same.version, same.changed) == (draft.version, "")


def test_a_whole_document_takes_the_drafts_place(draft: SchemeVersion, office: Actor) -> None:
    other = scheme(title="另一个办法")
    assert actions.replace_document(draft, by=office, document=plain(other)).scheme == other
    with pytest.raises(RefusedError, match="名称：没有写"):
        actions.replace_document(draft, by=office, document={"full": "100"})


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.DISCARDED])
def test_only_drafts_are_edited(office: Actor, state: State) -> None:
    closed = {} if state != State.DISCARDED else {"closed_at": "2026-01-01T00:00Z"}
    if closed:
        closed["closed_by"] = SchemeVersionFactory().drafted_by
    version = SchemeVersionFactory(state=state, **closed)
    with pytest.raises(RefusedError, match="只有草稿可以改"):
        actions.remove_part(version, by=office, path="items.1")


def test_a_draft_begins_blank_from_last_year_or_from_a_file(office: Actor) -> None:
    blank = actions.start_draft("甲办法", by=office, year=2027)
    base = SchemeVersionFactory(state=State.PUBLISHED)
    next_year = actions.start_draft("乙办法", by=office, year=2027, base=base)
    given = actions.start_draft(
        "丙办法", by=office, year=2027, document=plain(scheme(title="文件"))
    )
    titles = [each.scheme.title for each in (blank, next_year, given)]
    assert titles == ["清岚县2027年度甲办法", "清岚县2027年度绩效办法", "文件"]


def test_a_draft_needs_a_name(office: Actor) -> None:
    with pytest.raises(RefusedError, match="请写明办法的名称") as found:
        actions.start_draft(" ", by=office, year=2027)
    assert found.value.field == "name"
