"""Is only a whole, recomputable result of known units loaded, and does a second person publish it?"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jixiao.access.actor import Actor, DeniedError
from jixiao.access.permissions import Role
from jixiao.audit.models import Event
from jixiao.core.errors import RefusedError
from jixiao.org.models import Unit
from jixiao.org.tests.factories import AliasFactory, UnitFactory
from jixiao.results.actions import Approval, adopt_result, load_result, publish_result
from jixiao.results.models import SealedResult
from jixiao.results.queries import reading
from jixiao.results.result import Result, to_bytes
from jixiao.results.tests.conftest import Keep
from jixiao.results.tests.county import TOWNS, county, run, scheme_data
from jixiao.scoring.sheet import digest

pytestmark = pytest.mark.django_db
Actors = Callable[..., Actor]


def three() -> Result:
    """Three towns in one group."""
    names = TOWNS.split()[:3]
    groups = [{"name": "乡镇园区", "units": [{"name": name} for name in names]}]
    return run(scheme_data() | {"groups": groups}, names)


APPROVAL = Approval("县绩效管理委员会会议", date(2026, 11, 1), "清绩委〔2026〕9号")


def load(actor: Actor, sealed: bytes, year: int = 2026) -> SealedResult:
    return load_result(sealed, by=actor, year=year, round_name="年终评估")


def test_a_loaded_result_reads_as_it_was_sealed(keep: Keep) -> None:
    kept = keep(county())
    assert reading(kept).result == county()
    assert kept.outputs_digest == county().outputs_digest
    assert (kept.title, kept.units.count()) == ("清岚县2026年度绩效管理考评办法", 40)


def test_the_trail_names_the_result_and_not_its_body(keep: Keep) -> None:
    keep(three(), is_published=False)
    entry = Event.objects.get(action="results.load_result")
    assert entry.changes[0]["after"]["body"] == "（不记录内容）"
    assert len(entry.changes) == 4  # the result and its three units


def test_a_result_changed_after_sealing_is_refused_and_says_what_does_not_fit(
    actor: Actors,
) -> None:
    data: dict[str, Any] = json.loads(to_bytes(three()))
    data["outputs"]["year"]["云溪镇"]["total"] += 10_000
    with pytest.raises(RefusedError, match="得分、封条的摘要对不上") as found:
        load(actor(Role.OFFICE), json.dumps(data).encode())
    assert found.value.field == "file"
    assert not SealedResult.objects.exists()


def test_a_forged_result_with_fitting_digests_is_refused_because_it_does_not_recompute(
    actor: Actors,
) -> None:
    data: dict[str, Any] = json.loads(to_bytes(three()))
    data["outputs"]["year"]["云溪镇"]["total"] += 10_000
    told = data["digests"]
    told["outputs"] = digest(data["outputs"])
    parts = {key: told[key] for key in ("scheme", "sheet", "outputs")}
    told["seal"] = digest({**parts, "engine": data["engine"]})
    with pytest.raises(RefusedError, match="重算得不出文件里的得分"):
        load(actor(Role.OFFICE), json.dumps(data).encode())


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"PK\x03\x04", b"[]", b'{"format": "x"}', b"[" * 100_000, "得分".encode("gb18030")],
)
def test_a_file_that_is_no_result_is_refused_in_words(actor: Actors, rubbish: bytes) -> None:
    with pytest.raises(RefusedError, match="得分结果文件"):
        load(actor(Role.OFFICE), rubbish)


def test_units_that_the_county_does_not_know_are_named(actor: Actors) -> None:
    UnitFactory(name="云溪镇")
    with pytest.raises(RefusedError, match="机构库里没有：河口镇、石桥镇"):
        load(actor(Role.OFFICE), to_bytes(three()))


def test_a_unit_is_known_by_its_alias(actor: Actors) -> None:
    for name in ("云溪镇", "河口镇"):
        UnitFactory(name=name)
    renamed = UnitFactory(name="石桥街道")
    AliasFactory(unit=renamed, name="石桥镇")
    kept = load(actor(Role.OFFICE), to_bytes(three()))
    assert kept.units.get(name="石桥镇").unit == renamed


def test_two_names_of_one_unit_are_refused(actor: Actors) -> None:
    UnitFactory(name="云溪镇")
    AliasFactory(unit=UnitFactory(name="河口镇"), name="石桥镇")
    with pytest.raises(RefusedError, match="“河口镇”和“石桥镇”是同一个单位"):
        load(actor(Role.OFFICE), to_bytes(three()))


def test_the_year_must_be_that_of_the_scheme(actor: Actors) -> None:
    with pytest.raises(RefusedError, match="不是2025年度的结果"):
        load(actor(Role.OFFICE), to_bytes(three()), year=2025)


def test_the_same_result_is_not_loaded_twice(actor: Actors, keep: Keep) -> None:
    keep(three())
    with pytest.raises(RefusedError, match="已经录入过"):
        load(actor(Role.OFFICE), to_bytes(three()))


def test_whoever_loaded_a_result_does_not_publish_it(actor: Actors) -> None:
    for group in three().scheme.groups:
        for unit in group.units:
            UnitFactory(name=unit.name)
    one = actor(Role.OFFICE_HEAD)
    kept = load(one, to_bytes(three()))
    with pytest.raises(RefusedError, match="由计分人以外的人办理"):
        adopt_result(kept, by=one, approval=APPROVAL)
    adopted = adopt_result(kept, by=actor(Role.OFFICE_HEAD), approval=APPROVAL)
    assert publish_result(adopted, by=one).is_published


def test_a_result_is_published_once(actor: Actors, keep: Keep) -> None:
    kept = keep(three())
    with pytest.raises(RefusedError, match="现在是“已公布”"):
        publish_result(kept, by=actor(Role.OFFICE))


@pytest.mark.parametrize(
    "role", [Role.LEADER, Role.LIAISON, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]
)
def test_only_the_office_loads_results(actor: Actors, role: Role) -> None:
    unit: Unit = UnitFactory()
    where = {"key": unit.pk} if role == Role.LIAISON else {}
    with pytest.raises(DeniedError):
        load(actor(role, **where), to_bytes(three()))


@pytest.mark.parametrize("half", ["published_at", "published_by", "state"])
def test_a_result_is_published_by_somebody_on_a_day_or_not_at_all(keep: Keep, half: str) -> None:
    kept = keep(three(), is_published=False)
    whole = {"state": "published", "published_at": timezone.now(), "published_by": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedResult.objects.filter(pk=kept.pk).update(**{half: whole[half] or kept.loaded_by})


def test_the_database_too_wants_two_people(keep: Keep) -> None:
    kept = keep(three())
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedResult.objects.filter(pk=kept.pk).update(published_by=kept.approved_by)
