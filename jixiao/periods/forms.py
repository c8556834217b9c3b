"""What is filled in to plan a year or to move one of its steps?"""

from typing import Any

from django import forms

from jixiao.core.forms import ActionForm, Day, VersionedForm, WholeNumber
from jixiao.periods.actions import Planned
from jixiao.periods.states import StageKind


class CycleForm(ActionForm):
    """A year with the days of its seven steps."""

    year = WholeNumber(label="年度", min_value=2000, max_value=2100)
    title = forms.CharField(label="名称", max_length=40, help_text="如：2026年度")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in StageKind:
            self.fields[f"{kind}_since"] = Day(label=f"{kind.label}起")
            self.fields[f"{kind}_until"] = Day(label=f"{kind.label}止")
            self.fields[f"{kind}_note"] = forms.CharField(
                label=f"{kind.label}说明", max_length=100, required=False
            )

    def steps(self) -> list[tuple[StageKind, list[forms.BoundField]]]:
        """The fields step by step."""
        return [
            (kind, [self[f"{kind}_{name}"] for name in ("since", "until", "note")])
            for kind in StageKind
        ]

    @property
    def facts(self) -> dict[str, Any]:
        """The planned steps beside the title; the year is what is planned."""
        told = self.cleaned_data
        stages = [
            Planned(kind, told[f"{kind}_since"], told[f"{kind}_until"], told[f"{kind}_note"])
            for kind in StageKind
        ]
        return {"title": told["title"], "stages": stages}


class StageForm(VersionedForm):
    """Other days for one step, and why."""

    since = Day(label="起")
    until = Day(label="止")
    reason = forms.CharField(
        label="为什么调整", max_length=100, help_text="各单位在周期页看到新的日期和原因。"
    )
