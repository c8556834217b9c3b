"""What is filled in to plan days?"""

from typing import Any

from django import forms

from jixiao.core.forms import ActionForm, Day, VersionedForm
from jixiao.visits.actions import DayPlan, Slot
from jixiao.visits.planning import SLOTS, hours_text


def _slots(count: int) -> str:
    return "，".join(hours_text(*hours) for hours in SLOTS[count])


class DaysForm(ActionForm):
    """From when until when, and how many a day."""

    since = Day(label="从哪天排起")
    until = Day(label="排到哪天")
    a_day = forms.TypedChoiceField(
        label="每组每天几个单位", coerce=int, initial=2, widget=forms.RadioSelect,
        choices=[(count, f"{count}个（{_slots(count)}）") for count in SLOTS],
    )  # fmt: skip
    afresh = forms.BooleanField(
        label="全部重排", required=False, help_text="不选：只排还没有日期的单位。"
    )

    def plan(self) -> DayPlan:
        """What was filled in."""
        return DayPlan(**self.facts)


class SlotForm(VersionedForm):
    """Day, hours and place of one visit."""

    on = Day(label="日期", required=False, help_text="留空为未定。")
    starts = forms.TimeField(
        label="开始", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label="结束", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    place_note = forms.CharField(
        label="地点", max_length=80, required=False, help_text="不在单位所在地时写明。"
    )

    def slot(self) -> Slot:
        """What was filled in."""
        return Slot(**{n: self.cleaned_data[n] for n in ("on", "starts", "ends", "place_note")})

    @property
    def seen(self) -> dict[str, Any]:
        """The version that was looked at."""
        return {"version": self.cleaned_data["version"]}
