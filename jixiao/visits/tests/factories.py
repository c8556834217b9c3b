"""Which rounds, teams, visits and records appear in tests? Whatever matters is said in the test."""

import uuid
from datetime import date
from typing import Any

import factory
from django.utils import timezone

from jixiao.access.models import Grant
from jixiao.access.permissions import Extent, Role
from jixiao.notices.tests.factories import AccountFactory
from jixiao.org.tests.factories import PersonFactory, UnitFactory
from jixiao.rectification.tests.factories import CaseFactory
from jixiao.schemes.states import State
from jixiao.schemes.tests.factories import SchemeVersionFactory
from jixiao.visits import models
from jixiao.visits.states import (
    DrawState,
    FileState,
    Manner,
    RoundKind,
    RoundState,
    Side,
    TieKind,
    VisitState,
)

BEGUN = (VisitState.UNDERWAY, VisitState.FED_BACK, VisitState.CLOSED)


class AssessorFactory(PersonFactory):
    """``AssessorFactory(name="何静")``: somebody whose account holds the role."""

    class Meta:
        skip_postgeneration_save = True

    account = factory.SubFactory(AccountFactory)

    @factory.post_generation
    def role(self: Any, create: bool, _given: object, **_more: object) -> None:  # noqa: FBT001
        """Granted since today."""
        if create:
            Grant.objects.create(account=self.account, role=Role.ASSESSOR, extent=Extent.COUNTY)


class RoundFactory(factory.django.DjangoModelFactory):
    """``RoundFactory(state=RoundState.OPEN)``: a round with everything its state needs."""

    class Meta:
        model = models.Round

    version_of = factory.SubFactory(SchemeVersionFactory, state=State.PUBLISHED)
    kind = RoundKind.ANNUAL
    name = factory.Sequence(lambda n: f"第{n}轮评估")
    since = date(2026, 11, 2)
    until = date(2026, 11, 30)
    state = RoundState.OPEN
    planned_by = factory.SubFactory(AccountFactory)

    @factory.lazy_attribute
    def digest(self: Any) -> str:
        """That of the scheme, once open."""
        return "" if self.state == RoundState.PLANNED else self.version_of.digest

    opened_at = factory.LazyAttribute(
        lambda o: None if o.state == RoundState.PLANNED else timezone.now()
    )
    opened_by = factory.LazyAttribute(
        lambda o: None if o.state == RoundState.PLANNED else o.planned_by
    )
    closed_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.state == RoundState.CLOSED else None
    )
    closed_by = factory.LazyAttribute(
        lambda o: o.planned_by if o.state == RoundState.CLOSED else None
    )


class TeamFactory(factory.django.DjangoModelFactory):
    """``TeamFactory(people=[he, zheng])``: a team; without people it has nobody yet."""

    class Meta:
        model = models.Team
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    name = factory.Sequence(lambda n: f"第{n}组")

    @factory.post_generation
    def people(self: Any, create: bool, given: object, **_more: object) -> None:  # noqa: FBT001
        """Who goes; the first is the head."""
        for place, person in enumerate(list(given or ()) if create else ()):  # type: ignore[call-overload]
            SeatFactory(team=self, person=person, is_head=place == 0)


class SeatFactory(factory.django.DjangoModelFactory):
    """Somebody in a team."""

    class Meta:
        model = models.Seat

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(PersonFactory)


class TieFactory(factory.django.DjangoModelFactory):
    """A relative works there."""

    class Meta:
        model = models.Tie

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    kind = TieKind.RELATIVE
    declared_by = factory.SubFactory(AccountFactory)


class DrawFactory(factory.django.DjangoModelFactory):
    """A draw whose digest is out."""

    class Meta:
        model = models.Draw

    round = factory.SubFactory(RoundFactory, kind=RoundKind.SPOT)
    name = factory.Sequence(lambda n: f"第{n}次抽查")
    pool = factory.LazyFunction(list)
    counts = factory.LazyFunction(dict)
    seed = "5" * 64
    commitment = factory.Sequence(lambda n: f"sha256:{n:064}")
    state = DrawState.COMMITTED
    committed_by = factory.SubFactory(AccountFactory)


class AdjustmentFactory(factory.django.DjangoModelFactory):
    """A change of scale without rows."""

    class Meta:
        model = models.Adjustment

    round = factory.SubFactory(RoundFactory)
    basis = "县绩效办2026年第3次会议"
    shifts = factory.LazyFunction(list)
    adopted_by = factory.SubFactory(AccountFactory)


class VisitFactory(factory.django.DjangoModelFactory):
    """``VisitFactory(state=VisitState.UNDERWAY)``: a unit in a round, with what its state needs."""

    class Meta:
        model = models.Visit

    class Params:
        worker = factory.SubFactory(AccountFactory)

    round = factory.SubFactory(RoundFactory)
    unit = factory.SubFactory(UnitFactory, name="云溪镇")
    name = factory.SelfAttribute("unit.name")
    group = factory.SelfAttribute("unit.group")
    state = VisitState.PLANNED
    started_at = factory.LazyAttribute(lambda o: timezone.now() if o.state in BEGUN else None)
    started_by = factory.LazyAttribute(lambda o: o.worker if o.state in BEGUN else None)
    fed_back_at = factory.LazyAttribute(lambda o: timezone.now() if o.state in BEGUN[1:] else None)
    fed_back_by = factory.LazyAttribute(lambda o: o.worker if o.state in BEGUN[1:] else None)
    closed_at = factory.LazyAttribute(lambda o: timezone.now() if o.state in BEGUN[2:] else None)
    closed_by = factory.LazyAttribute(lambda o: o.worker if o.state in BEGUN[2:] else None)


class FindingFactory(factory.django.DjangoModelFactory):
    """A finding noted on site."""

    class Meta:
        model = models.Finding

    visit = factory.SubFactory(VisitFactory)
    key = factory.LazyFunction(uuid.uuid4)
    case = factory.SubFactory(CaseFactory, unit=factory.SelfAttribute("..visit.unit"))


class ConfirmationFactory(factory.django.DjangoModelFactory):
    """The unit agreed on its own account."""

    class Meta:
        model = models.Confirmation

    visit = factory.SubFactory(VisitFactory, state=VisitState.FED_BACK)
    key = factory.LazyFunction(uuid.uuid4)
    side = Side.UNIT
    person_name = "韩松"
    manner = Manner.ACCOUNT
    confirmed_at = factory.LazyFunction(timezone.now)
    confirmed_by = factory.SubFactory(AccountFactory)


class RecordFactory(factory.django.DjangoModelFactory):
    """``RecordFactory(code="1.2", values={"1.2": 80_000}, mark=80_000)``."""

    class Meta:
        model = models.Record

    visit = factory.SubFactory(VisitFactory, state=VisitState.UNDERWAY)
    code = "1.2"
    methods = "read"
    values = factory.LazyAttribute(lambda o: {o.code: 80_000})
    mark = 80_000
    reason = "缺2份"
    digest = factory.Sequence(lambda n: f"sha256:{n:064}")
    saved_by = factory.SubFactory(AccountFactory)


class EntryFactory(factory.django.DjangoModelFactory):
    """The entry that a record stands on."""

    class Meta:
        model = models.Entry

    key = factory.LazyFunction(uuid.uuid4)
    record = factory.SubFactory(RecordFactory)
    methods = factory.SelfAttribute("record.methods")
    values = factory.SelfAttribute("record.values")
    mark = factory.SelfAttribute("record.mark")
    reason = factory.SelfAttribute("record.reason")
    digest = factory.SelfAttribute("record.digest")
    device = "平板一"
    made_at = factory.LazyFunction(timezone.now)
    received_by = factory.SelfAttribute("record.saved_by")


class AttachmentFactory(factory.django.DjangoModelFactory):
    """A photo of which nothing has arrived yet; with ``state=FileState.KEPT`` it is all there."""

    class Meta:
        model = models.Attachment

    class Params:
        is_kept = factory.LazyAttribute(lambda o: o.state == FileState.KEPT)

    state = FileState.RECEIVING

    key = factory.LazyFunction(uuid.uuid4)
    visit = factory.SubFactory(VisitFactory, state=VisitState.UNDERWAY)
    code = "1.2"
    name = "档案柜.jpg"
    size = 1000
    digest = "sha256:" + "0" * 64
    file = factory.Maybe(
        "is_kept", yes_declaration=factory.django.FileField(filename="档案柜.jpg", data=b"x")
    )
    added_by = factory.SubFactory(AccountFactory)


class SelfMarkFactory(factory.django.DjangoModelFactory):
    """What the unit thinks it deserves."""

    class Meta:
        model = models.SelfMark

    visit = factory.SubFactory(VisitFactory)
    code = "1.2"
    values = factory.LazyAttribute(lambda o: {o.code: 100_000})
    mark = 100_000
    given_by = factory.SubFactory(AccountFactory)


class CorrectionFactory(factory.django.DjangoModelFactory):
    """A record put right later."""

    class Meta:
        model = models.Correction

    record = factory.SubFactory(RecordFactory)
    before = factory.LazyFunction(dict)
    after = factory.LazyFunction(dict)
    reason = "复核后找到原件"
    corrected_by = factory.SubFactory(AccountFactory)
