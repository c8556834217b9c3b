"""What is filled in to promise a draw and to draw?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jixiao.core.forms import ActionForm, VersionedForm, WholeNumber
from jixiao.visits.actions import DrawPlan

COUNT = "count"


class PromiseForm(ActionForm):
    """How many of each group are drawn, and who is left out for which reason."""

    name = forms.CharField(label="这次抽取的名称", max_length=40, help_text="如“三季度抽查”。")
    out = forms.MultipleChoiceField(
        label="不参加抽取的单位", required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label="为什么不参加", max_length=100, required=False,
        help_text="如“上月刚查过”。理由和名单一起公布，抽取后不能改。",
    )  # fmt: skip

    def __init__(self, *args: Any, pool: Iterable[Mapping[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [row for row in pool if not row["out"]]
        groups = list(dict.fromkeys(row["group"] for row in rows))
        by_group = {group: [row for row in rows if row["group"] == group] for group in groups}
        self.counts = {f"{COUNT}{place}": group for place, group in enumerate(groups)}
        for key, group in self.counts.items():
            self.fields[key] = WholeNumber(
                label=f"{group}抽几个（共{len(by_group[group])}个）", min_value=0,
                max_value=len(by_group[group]), initial=0,
            )  # fmt: skip
        self.fields["out"].choices = [  # type: ignore[attr-defined]
            (group, [(row["unit"], row["name"]) for row in found])
            for group, found in by_group.items()
        ]
        self.order_fields(["once", "name", *self.counts, "out", "why"])

    def clean(self) -> dict[str, Any]:
        """Whoever leaves somebody out says why."""
        told = super().clean() or self.cleaned_data
        if told.get("out") and not told.get("why", "").strip():
            self.add_error("why", "请写明为什么不参加")
        return told

    def draw(self) -> DrawPlan:
        """What is promised."""
        told = self.cleaned_data
        counts = {group: told[key] for key, group in self.counts.items()}
        return DrawPlan(told["name"], counts, {int(unit): told["why"] for unit in told["out"]})


class DrawForm(VersionedForm):
    """What is said and seen at the draw."""

    word = forms.CharField(
        label="现场报数", max_length=12, widget=forms.TextInput({"inputmode": "numeric"}),
        help_text="见证人当场随口报的数，4到12位。",
    )  # fmt: skip
    witness = forms.CharField(label="见证人", max_length=40, help_text="报数的人，姓名和职务。")
