"""What is asked of the office head who levels the teams' scales?"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from jixiao.core.forms import ActionForm, Amount, VersionedForm
from jixiao.scoring.numbers import SCALE, mark_text
from jixiao.visits.queries.raters import Raters, Shift


class AdjustForm(ActionForm):
    """A shift in points for each team and item that differ; an empty one changes nothing."""

    basis = forms.CharField(
        label="依据", max_length=200, required=False,
        help_text="哪次会议、哪份文件；采用时必须写明，写进每一条更正。",
    )  # fmt: skip

    def __init__(self, *args: Any, shown: Raters, **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposed = shown.proposed
        for place, each in enumerate(self.proposed):
            team = shown.teams[each.team].partition("（")[0]
            self.fields[f"shift_{place}"] = Amount(
                label=f"{team} · {each.code} {shown.name_of(each.code)}",
                required=False,
                decimal_places=shown.book.scheme.decimals,
                max_digits=8,
                initial=mark_text(each.shift, shown.book.scheme.decimals).replace("−", "-"),
            )

    @property
    def shifts(self) -> list[Shift]:
        """As typed; before anything was typed, as proposed."""
        if not self.is_bound:
            return self.proposed
        typed = [
            (each, self.cleaned_data.get(f"shift_{place}"))
            for place, each in enumerate(self.proposed)
        ]
        return [
            Shift(each.team, each.code, int(points * SCALE)) for each, points in typed if points
        ]

    def fields_of_shifts(self) -> Iterator[BoundField]:
        """The inputs for shifts."""
        for place in range(len(self.proposed)):
            yield self[f"shift_{place}"]


class RevokeForm(VersionedForm):
    """Why an adjustment is taken back."""

    reason = forms.CharField(label="原因", max_length=200)
