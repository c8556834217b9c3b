"""How does somebody name a unit, a day, a document in a form?"""

from typing import Any

from django import forms
from django.utils import timezone

from jixiao.core.forms import ActionForm, Day
from jixiao.org.actions.facts import Basis
from jixiao.org.models import Unit
from jixiao.org.queries.naming import unit_named, unit_names, units_named
from jixiao.workbooks.problems import Fault

OFFICIAL = "如 清编〔2026〕3号"


class NameInput(forms.TextInput):
    """A text field that offers the names of the units while typing."""

    template_name = "org/name_input.html"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the names to choose from."""
        context = super().get_context(name, value, attrs)
        context["names"] = unit_names()
        context["widget"]["attrs"]["list"] = f"{name}-names"
        return context


class UnitField(forms.CharField):
    """An open unit by name, alias, or 上级／名称."""

    widget = NameInput({"autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, "label": "单位", **options})

    def clean(self, value: object) -> object:
        """The unit that is meant; None for nothing."""
        text = super().clean(value)
        return _meant(unit_named(text)) if text else None


class UnitsField(forms.CharField):
    """Several open units, a name on each line."""

    widget = forms.Textarea({"rows": 4})

    def clean(self, value: object) -> object:
        """The units that are meant."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        return [_meant(each) for each in units_named(lines)]


def _meant(found: Unit | Fault) -> Unit:
    if isinstance(found, Fault):
        raise forms.ValidationError("，".join(filter(None, found)))
    return found


class BasisForm(ActionForm):
    """A change of units: from which day, by which document, and why."""

    on = Day(
        label="生效日期",
        initial=timezone.localdate,
        help_text="从这一天起按新的情况；不能晚于今天。",
    )
    document = forms.CharField(label="依据文号", max_length=80, help_text=OFFICIAL)
    reason = forms.CharField(label="原因", max_length=200)

    @property
    def basis(self) -> dict[str, Any]:
        """Day, document and reason as the actions take them."""
        facts = self.cleaned_data
        return {"basis": Basis(facts["on"], facts["document"]), "reason": facts["reason"]}


class VersionedBasisForm(BasisForm):
    """The same for a unit that others may be changing."""

    version = forms.IntegerField(widget=forms.HiddenInput({"id": False}), label="版本")

    @property
    def basis(self) -> dict[str, Any]:
        """With the version that was seen."""
        return {**super().basis, "version": self.cleaned_data["version"]}
