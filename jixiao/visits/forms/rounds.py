"""What is filled in to hold a round, to leave a unit out, and to bring one in?"""

from typing import Any

from django import forms

from jixiao.core.forms import ActionForm, Day, VersionedForm
from jixiao.org.models import Unit
from jixiao.schemes.models import SchemeVersion
from jixiao.visits.actions import RoundChange, RoundPlan
from jixiao.visits.states import RoundKind


class RoundForm(ActionForm):
    """What a round is, by one version of a scheme."""

    kind = forms.TypedChoiceField(
        label="类别", choices=RoundKind, coerce=RoundKind, widget=forms.RadioSelect,
        initial=RoundKind.ANNUAL, help_text="平时抽查不带入单位，由抽取产生，也不提前通知。",
    )  # fmt: skip
    name = forms.CharField(label="名称", max_length=40, help_text="如“全年评估”“三季度抽查”。")
    code = forms.ChoiceField(label="计入办法的哪一轮", required=False)
    groups = forms.MultipleChoiceField(
        label="参加的组", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="不选为全部。",
    )  # fmt: skip
    since = Day(label="起")
    until = Day(label="止")
    is_double = forms.BooleanField(
        label="两人分别记分，再逐项核对", required=False,
        help_text="不选为评估组一起记一份。分别记分的，不一致处由人裁定。",
    )  # fmt: skip
    asks_self = forms.BooleanField(
        label="请单位先自评", required=False, help_text="只在办法要求时选；不要求单位另写材料。"
    )

    def __init__(self, *args: Any, version: SchemeVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        scheme = version.scheme
        codes = [(each.code, each.name) for each in scheme.rounds]
        groups = [(each.name, each.name) for each in scheme.groups]
        none = "只发现问题，不计分" if codes else "办法只有一轮，计入全年"
        self.fields["code"].choices = [("", none), *codes]  # type: ignore[attr-defined]
        self.fields["groups"].choices = groups  # type: ignore[attr-defined]

    def plan(self) -> RoundPlan:
        """What was filled in."""
        facts = self.facts
        return RoundPlan(**{**facts, "groups": tuple(facts["groups"])})


class ChangeForm(VersionedForm):
    """What may still be put right about a round."""

    name = forms.CharField(label="名称", max_length=40)
    since = Day(label="起")
    until = Day(label="止")
    is_double = forms.BooleanField(
        label="两人分别记分，再逐项核对", required=False, help_text="评估开始后不能再改。"
    )
    asks_self = forms.BooleanField(
        label="请单位先自评", required=False, help_text="评估开始后不能再改。"
    )

    def change(self) -> RoundChange:
        """What was filled in."""
        return RoundChange(**{n: v for n, v in self.facts.items() if n != "version"})

    @property
    def seen(self) -> dict[str, Any]:
        """The version that was looked at."""
        return {"version": self.cleaned_data["version"]}


class ReasonForm(VersionedForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200)


class UnitsForm(ActionForm):
    """Units that take part too."""

    units = forms.MultipleChoiceField(label="单位", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: list[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(unit.pk): unit for unit in units}
        self.fields["units"].choices = [(key, unit.name) for key, unit in self.known.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Unit]:
        """As rows."""
        return [self.known[key] for key in self.cleaned_data["units"]]
