"""Do programs read and write findings with the reach of the screens, and never the points?"""

import base64
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from jixiao.access.permissions import Role
from jixiao.org.models import Unit
from jixiao.org.tests.factories import UnitFactory
from jixiao.periods.tests.clock import set_clock
from jixiao.rectification.models import Case, Proof
from jixiao.rectification.states import CaseState
from jixiao.rectification.tests.factories import CaseFactory, CaseStepFactory, ReminderFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


@pytest.fixture
def unit() -> Unit:
    """云溪镇."""
    return UnitFactory(name="云溪镇", group="乡镇")


def items(client: Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200, answer.json()
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def act(client: Client, name: str, **body: Any) -> dict[str, Any]:
    sent = client.post(f"/api/actions/rectification/{name}", body, "application/json")
    assert sent.status_code == 200, sent.json()
    told: dict[str, Any] = sent.json()
    return told


def test_a_unit_reads_its_own_findings_and_reminders(browser_of: Browsers, unit: Unit) -> None:
    for row in (CaseFactory, ReminderFactory):
        row()
    own = CaseFactory(unit=unit, state=CaseState.TOLD, due=-2, points=12_300)
    CaseFactory(unit=unit)  # not told
    CaseStepFactory(case=own, text="本周补")
    ReminderFactory(unit=unit, due=-2)
    client = browser_of(Role.LIAISON, key=unit.pk)
    [told] = items(client, "cases")
    assert (told["unit"], told["late"], "points" in told) == ("云溪镇", True, False)
    assert [each["late"] for each in items(client, "reminders")] == [True]
    card = client.get(f"/api/cases/{own.pk}").json()
    assert [each["text"] for each in card["steps"]] == ["本周补"]


def test_a_finding_of_another_unit_is_not_there(browser_of: Browsers, unit: Unit) -> None:
    foreign = CaseFactory(state=CaseState.TOLD)
    client = browser_of(Role.LIAISON, key=unit.pk)
    assert client.get(f"/api/cases/{foreign.pk}").status_code == 404


def test_a_program_raises_a_finding_and_hands_in_a_file(
    browser_of: Browsers, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, date(2026, 11, 11))
    found = {"item": "材料质量", "fact": "缺2份", "opinion": "补齐"}
    made = act(browser_of(Role.OFFICE), "raise_case", unit=unit.pk, found=found)
    client, content = browser_of(Role.LIAISON, key=unit.pk), base64.b64encode(b"%PDF-1.7")
    act(client, "report_plan", case=made["number"], text="本周补")
    files = [{"name": "原件.pdf", "content": content.decode()}]
    act(client, "report_proof", case=made["number"], text="已补", files=files)
    assert Proof.objects.get().file.read() == b"%PDF-1.7"
    assert Case.objects.get().state == CaseState.PROVEN
