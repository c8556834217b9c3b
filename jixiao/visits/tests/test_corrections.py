"""Can a confirmed record be put right by the right people only, and does everybody see it?"""

from collections.abc import Callable
from typing import Any

import pytest

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.notices.models import Receipt
from jixiao.visits import actions
from jixiao.visits.models import Correction, Record
from jixiao.visits.tests.scene import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(actor: Callable[..., Actor]) -> Scene:
    """Both sides have confirmed 8 of 10 points for 1.2."""
    there = scene(actor)
    there.record_all()
    there.close()
    return there


def correct(there: Scene, code: str = "1.2", **said: Any) -> Correction:
    usual = {"by": there.office, "reason": "复核找到1份原件", "document": "清绩办〔2026〕9号"}
    values = said.pop("values", {"1.2": 95_000})
    corrected = actions.Corrected(values, said.pop("reason_of_mark", "缺1份"))
    record = Record.objects.get(visit=there.visit, code=code)
    return actions.correct_record(record, corrected=corrected, **{**usual, **said})


def test_a_correction_keeps_what_was_and_what_is(closed: Scene) -> None:
    made = correct(closed)
    assert made.before == {"values": {"1.2": 80_000}, "mark": 80_000, "reason": "缺2份"}
    assert made.after == {"values": {"1.2": 95_000}, "mark": 95_000, "reason": "缺1份"}
    assert (made.record.mark, made.record.reason) == (95_000, "缺1份")


def test_the_unit_hears_that_something_changed_but_no_mark(closed: Scene) -> None:
    correct(closed)
    notice = Receipt.objects.get(unit=closed.visit.unit).notice
    assert "更正了1项" in notice.body
    assert "9.5" not in notice.body + notice.title


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"reason": " "}, "写明为什么更正"),
        ({"values": {"1.2": 100_001}}, r"不能高于10\.0"),
        ({"values": {}}, "请填“得分”"),
        ({"values": {"9.9": 1}}, "没有“9.9”"),
        ({"reason_of_mark": ""}, "扣分请写明理由"),
        ({"values": {"1.2": 80_000}, "reason_of_mark": "缺2份"}, "和现在的记录一样"),
        ({"reason": "长" * 501}, "最多500字"),
        ({"document": "长" * 81}, "最多80字"),
        ({"reason_of_mark": "长" * 501}, "最多500字"),
    ],
)
def test_a_correction_that_cannot_stand_is_refused(
    closed: Scene, said: dict[str, Any], word: str
) -> None:
    with pytest.raises(RefusedError, match=word):
        correct(closed, **said)
    assert not Correction.objects.exists()


def test_before_both_sides_confirmed_there_is_nothing_to_correct(
    actor: Callable[..., Actor],
) -> None:
    there = scene(actor)
    there.record_all()
    with pytest.raises(RefusedError, match="还没有双方确认"):
        correct(there)


def test_who_recorded_or_confirmed_does_not_correct(closed: Scene) -> None:
    closed.visit.records.filter(code="2.1").update(saved_by=closed.office.account_id)
    with pytest.raises(RefusedError, match="另一位同事"):
        correct(closed)


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.LEADER])
def test_only_the_office_corrects(closed: Scene, actor: Callable[..., Actor], role: Role) -> None:
    with pytest.raises(DeniedError):
        correct(closed, by=actor(role))


def test_the_record_of_writes_does_not_tell_the_marks(closed: Scene) -> None:
    correct(closed)
    told = str(Event.objects.get(action="visits.correct_record").changes)
    assert "95000" not in told
    assert "缺1份" not in told


def test_a_form_sent_once_corrects_and_tells_once(closed: Scene) -> None:
    from_form = type(closed.office)(
        closed.office.name, closed.office.account_id, closed.office.held, once="a" * 32
    )
    correct(closed, by=from_form)
    assert (Correction.objects.count(), Receipt.objects.count()) == (1, 1)
