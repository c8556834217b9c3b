"""What is asked to found, rename, move, merge, split or close a unit?"""

from typing import Any

from django import forms

from jixiao.core.forms import Day, VersionedForm, WholeNumber
from jixiao.org.actions.facts import Class, NewUnit, Split
from jixiao.org.forms.fields import BasisForm, UnitField, UnitsField, VersionedBasisForm
from jixiao.org.models import Unit
from jixiao.org.states import Kind

NAME = "与办法、文件里用的一致。"
GROUP = "与谁比较，如乡镇、园区、部门；不参评的和乡科级以下的空着。"


def _kind(**options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="类别", choices=Kind.choices, coerce=Kind, **options)


class FoundForm(BasisForm):
    """A new unit."""

    name = forms.CharField(label="名称", max_length=60, help_text=NAME)
    kind = _kind()
    group = forms.CharField(label="比较组", max_length=30, required=False, help_text=GROUP)
    parent = UnitField(label="上级", required=False, help_text="乡科级单位空着。")
    order = WholeNumber(
        label="次序", required=False, min_value=0, max_value=32767, help_text="空着排在最后。"
    )
    field_order = ("name", "kind", "group", "parent", "order", "on", "document", "reason")

    @property
    def unit(self) -> NewUnit:
        """What is founded."""
        facts = self.cleaned_data
        return NewUnit(facts["name"], facts["kind"], facts["group"], facts["order"])


class RenameForm(VersionedBasisForm):
    """Another name."""

    name = forms.CharField(label="新名称", max_length=60, help_text=NAME)
    field_order = ("name", "on", "document", "reason")


class MoveForm(VersionedBasisForm):
    """Another parent."""

    parent = UnitField(
        label="划到哪个单位", help_text="乡科级单位划入后成为下属单位；它的下级跟着走。"
    )
    field_order = ("parent", "on", "document", "reason")


class ClassifyForm(VersionedBasisForm):
    """Another kind or group."""

    kind = _kind(help_text="下属单位升为乡科级后不再有上级。")
    group = forms.CharField(label="比较组", max_length=30, required=False, help_text=GROUP)
    field_order = ("kind", "group", "on", "document", "reason")

    @property
    def to(self) -> Class:
        """As what it counts from then on."""
        return Class(self.cleaned_data["kind"], self.cleaned_data["group"])


class AliasForm(VersionedForm):
    """Another name under which it is known."""

    name = forms.CharField(label="别名", max_length=60, help_text="填表、导入时写这个名称也认得。")
    since = Day(label="从哪一天起", required=False, help_text="不清楚的空着。")


class MergeForm(BasisForm):
    """Units that become one."""

    units = UnitsField(label="哪些单位", help_text="一行一个，写名称或别名。")
    into = UnitField(
        label="并入哪个单位", required=False, help_text="并入已有单位的填这里；组建新单位的空着。"
    )
    name = forms.CharField(label="新单位名称", max_length=60, required=False)
    kind = forms.TypedChoiceField(
        label="新单位类别", choices=[("", "—"), *Kind.choices], coerce=Kind, required=False,
        empty_value=None,
    )  # fmt: skip
    group = forms.CharField(label="新单位的比较组", max_length=30, required=False, help_text=GROUP)
    field_order = ("units", "into", "name", "kind", "group", "on", "document", "reason")

    def clean(self) -> dict[str, Any]:
        """Either into a unit that exists, or into a new one."""
        facts = self.cleaned_data
        if bool(facts.get("into")) == bool(facts.get("name")) and "into" not in self.errors:
            self.add_error("into", "“并入哪个单位”和“新单位名称”填一个，也只填一个")
        if facts.get("name") and not facts.get("kind"):
            self.add_error("kind", "请选新单位的类别")
        return facts

    @property
    def made(self) -> NewUnit:
        """The new unit."""
        facts = self.cleaned_data
        return NewUnit(facts["name"], facts["kind"], facts["group"])


class SplitForm(VersionedBasisForm):
    """A unit that becomes several."""

    parts = forms.CharField(
        label="新单位名称", widget=forms.Textarea({"rows": 3}), max_length=400,
        help_text="一行一个。类别和比较组与原单位相同，要改的分设后再调整。",
    )  # fmt: skip
    continues = forms.BooleanField(
        label="原单位保留", required=False,
        help_text="不保留的，下级和任职都转到写在第一行的新单位，再逐个调整。",
    )  # fmt: skip
    field_order = ("parts", "continues", "on", "document", "reason")

    def split(self, unit: Unit) -> Split:
        """What ``unit`` is split into."""
        names = [line.strip() for line in self.cleaned_data["parts"].splitlines()]
        parts = tuple(NewUnit(name, Kind(unit.kind), unit.group) for name in names if name)
        return Split(parts, self.cleaned_data["continues"])


class CloseForm(VersionedBasisForm):
    """A unit that ends, and what becomes of what it has."""

    heir = UnitField(
        label="承接单位", required=False, help_text="它的下级和任职转过去；同名的下级并为一个。"
    )
    ends_all = forms.BooleanField(
        label="没有承接单位，下级单位、任职和分工一并结束", required=False
    )
    field_order = ("heir", "ends_all", "on", "document", "reason")

    def clean(self) -> dict[str, Any]:
        """Not both."""
        facts = self.cleaned_data
        if facts.get("heir") and facts.get("ends_all"):
            self.add_error("ends_all", "有承接单位的，不能又选一并结束")
        return facts
