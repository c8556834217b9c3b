"""Which units and people appear in tests? One factory a model; whatever matters is said in the test."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from jixiao.core.pinyin import search_text
from jixiao.org import models
from jixiao.org.states import ConditionKind, DutyRole, Kind, Manner, Rank

FOUNDED = date(2020, 1, 1)
APPOINTED = date(2022, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory):
    """``UnitFactory(name="云溪镇")``: an open unit with its first version, path and search words."""

    class Meta:
        model = models.Unit
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"第{n}镇")
    kind = Kind.TOWNSHIP
    group = factory.LazyAttribute(lambda o: "" if o.parent else "乡镇")
    parent = None
    order = factory.Sequence(int)
    since = FOUNDED
    search = factory.LazyAttribute(lambda o: search_text(o.name))

    @factory.post_generation
    def books(self: Any, create: bool, _given: object, **_more: object) -> None:  # noqa: FBT001
        """Path and first version, as founding a unit would keep them."""
        if create:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            self.save(update_fields=["path"])
            UnitVersionFactory(
                unit=self, name=self.name, kind=self.kind, group=self.group, parent=self.parent,
                since=self.since, until=self.until,
            )  # fmt: skip


class SectionFactory(UnitFactory):
    """``SectionFactory(parent=unit)``: a section inside a unit."""

    name = factory.Sequence(lambda n: f"第{n}科")
    kind = Kind.SECTION
    parent = factory.SubFactory(UnitFactory)


class UnitVersionFactory(factory.django.DjangoModelFactory):
    """What a unit was for a while; ``UnitFactory`` makes the first one."""

    class Meta:
        model = models.UnitVersion

    unit = factory.SubFactory(UnitFactory)
    name = factory.SelfAttribute("unit.name")
    kind = Kind.TOWNSHIP
    since = FOUNDED
    document = "清编〔2020〕1号"


class AliasFactory(factory.django.DjangoModelFactory):
    """Another name of a unit; its search words are kept by ``add_alias`` only."""

    class Meta:
        model = models.Alias

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"别名{n}")


class ReorganizationFactory(factory.django.DjangoModelFactory):
    """A closure by document."""

    class Meta:
        model = models.Reorganization

    manner = Manner.CLOSURE
    on = date(2024, 1, 1)
    document = "清编〔2024〕1号"


class SuccessionFactory(factory.django.DjangoModelFactory):
    """One unit that went nowhere."""

    class Meta:
        model = models.Succession

    reorganization = factory.SubFactory(ReorganizationFactory)
    before = factory.SubFactory(UnitFactory)


class PersonFactory(factory.django.DjangoModelFactory):
    """``PersonFactory(name="韩松")``: somebody without post."""

    class Meta:
        model = models.Person

    name = factory.Sequence(lambda n: f"张{n}")
    code = factory.Sequence(lambda n: f"T{n:04}")
    rank = Rank.STAFF
    search = factory.LazyAttribute(lambda o: f"{search_text(o.name)} {o.code.lower()}")


class PostFactory(factory.django.DjangoModelFactory):
    """A full-time job since 2022."""

    class Meta:
        model = models.Post

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    title = "科员"
    since = APPOINTED


class DutyFactory(factory.django.DjangoModelFactory):
    """A part-time liaison since 2022, who has a post in the unit."""

    class Meta:
        model = models.Duty
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    person = factory.SubFactory(PersonFactory)
    role = DutyRole.LIAISON
    since = APPOINTED
    post = factory.RelatedFactory(
        PostFactory, person=factory.SelfAttribute("..person"), unit=factory.SelfAttribute("..unit")
    )


class DelegationFactory(factory.django.DjangoModelFactory):
    """Somebody stands in from yesterday until tomorrow."""

    class Meta:
        model = models.Delegation

    unit = factory.SubFactory(UnitFactory)
    absent = factory.SubFactory(PersonFactory)
    deputy = factory.SubFactory(PersonFactory)
    since = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))
    reason = "外出学习"


class ConditionFactory(factory.django.DjangoModelFactory):
    """An office of its own in good state."""

    class Meta:
        model = models.Condition

    unit = factory.SubFactory(UnitFactory)
    kind = ConditionKind.OFFICE
    seen_on = date(2024, 3, 1)


class OrgImportFactory(factory.django.DjangoModelFactory):
    """A workbook that waits for confirmation."""

    class Meta:
        model = models.OrgImport

    file = factory.django.FileField(filename="机构人员.xlsx", data=b"")
    name = "机构人员.xlsx"
    digest = "0" * 64
    handed_by = "周明岚"
