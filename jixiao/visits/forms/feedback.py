"""What is filled in when a unit is told, when it answers, and when something is put right?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms

from jixiao.core.forms import ActionForm, Amount
from jixiao.scoring.numbers import SCALE, mark_text
from jixiao.visits.actions.corrections import Corrected
from jixiao.visits.actions.records import Entered
from jixiao.visits.actions.self_marks import LONGEST_NOTE, OwnView
from jixiao.visits.states import Method
from jixiao.visits.tasks import Field, Task, Values

WORDS = forms.Textarea({"rows": 3})
DEVICE = "网页"
Figure = forms.DecimalField | forms.TypedChoiceField


class WhyForm(ActionForm):
    """Why something is done."""

    reason = forms.CharField(label="原因", max_length=300, widget=WORDS)


class UnsignedForm(ActionForm):
    """A unit that does not sign: why, and who saw it."""

    reason = forms.CharField(label="单位为什么没有签字", max_length=1000, widget=WORDS)
    witness = forms.CharField(
        label="见证人", max_length=40, help_text="反馈时在场的人，写单位和姓名；不能是经办人自己。"
    )


class UnitViewForm(ActionForm):
    """What the unit says to what it was told."""

    agrees = forms.TypedChoiceField(
        label="本单位", coerce=lambda said: said == "1", widget=forms.RadioSelect,
        choices=(("1", "认可记录和问题"), ("0", "有不同意见，一并记录在案")),
    )  # fmt: skip
    view = forms.CharField(
        label="意见", required=False, max_length=1000, widget=WORDS,
        help_text="有不同意见的写明是哪一项、为什么；不影响确认，也不会因此多扣分。",
    )  # fmt: skip


class SettleForm(ActionForm):
    """Which of two versions stands, and why."""

    entry = forms.IntegerField(widget=forms.HiddenInput, label="哪一份")
    reason = forms.CharField(label="为什么选这一份", max_length=300)


class FiguresForm(ActionForm):
    """The figures of one task."""

    def __init__(self, *args: Any, task: Task, values: Values, **options: Any) -> None:
        super().__init__(*args, **options)
        self.task = task
        for place, each in enumerate(task.fields):
            field = figure_field(each, values.get(each.column))
            field.required = each.is_needed
            self.fields[f"v{place}"] = field
        order = ["once", *(f"v{place}" for place in range(len(task.fields)))]
        self.order_fields(order)

    @property
    def values(self) -> dict[str, int | None]:
        """What was typed, by sheet column, in ten-thousandths."""
        return {
            each.column: ten_thousandths(self.cleaned_data.get(f"v{place}"))
            for place, each in enumerate(self.task.fields)
        }


class RecordForm(FiguresForm):
    """One item seen on site."""

    methods = forms.MultipleChoiceField(
        label="方法", choices=Method.choices, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="扣分理由", required=False, max_length=500, widget=WORDS)
    remark = forms.CharField(label="备注", required=False, max_length=500)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput, label="所见版本")
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput, label="编号")

    def entered(self) -> Entered:
        """As every device sends it."""
        said = self.cleaned_data
        key: UUID = said["key"]
        return Entered(
            key=key, code=self.task.code, values=self.values,
            methods=tuple(Method(each) for each in said["methods"]),
            reason=said["reason"], remark=said["remark"], base=said["base"] or 0,
        )  # fmt: skip


class CorrectionForm(FiguresForm):
    """A confirmed record put right."""

    reason_of_mark = forms.CharField(
        label="扣分理由", required=False, max_length=500, widget=WORDS,
        help_text="更正以后的扣分理由；不再扣分的清空。",
    )  # fmt: skip
    reason = forms.CharField(label="为什么更正", max_length=500, widget=WORDS)
    document = forms.CharField(
        label="依据", required=False, max_length=80, help_text="例如复核决定、会议纪要的文号。"
    )

    @property
    def facts(self) -> dict[str, Any]:
        """Keywords for the action."""
        said = self.cleaned_data
        corrected = Corrected(self.values, said["reason_of_mark"])
        return {"corrected": corrected, "reason": said["reason"], "document": said["document"]}


@dataclass(frozen=True)
class SelfRow:
    """One item as the page of self-marks draws it."""

    task: Task
    full: str
    last: str
    fields: list[forms.BoundField]
    note: forms.BoundField


class SelfMarksForm(ActionForm):
    """Everything that a unit is asked about itself, on one page; nothing is required."""

    def __init__(
        self, *args: Any, tasks: list[Task], given: dict[str, Any], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.tasks = tasks
        for row, task in enumerate(tasks):
            said = given.get(task.code)
            for place, each in enumerate(task.fields):
                value = said.values.get(each.column) if said else None
                field = figure_field(each, value)
                field.required, field.help_text = False, ""
                self.fields[f"t{row}v{place}"] = field
            self.fields[f"t{row}n"] = forms.CharField(
                label=f"{task.name}的说明", required=False, max_length=LONGEST_NOTE,
                initial=said.note if said else "",
                widget=forms.TextInput({"placeholder": "说明，可以不填"}),
            )  # fmt: skip

    def rows(self, last: Mapping[str, str]) -> list["SelfRow"]:
        """Each item with its controls and the mark of last time."""
        return [
            SelfRow(
                task,
                mark_text(task.full, task.decimals) if task.full else "—",
                last.get(task.code, "—"),
                [self[f"t{row}v{place}"] for place in range(len(task.fields))],
                self[f"t{row}n"],
            )
            for row, task in enumerate(self.tasks)
        ]

    def views(self) -> list[OwnView]:
        """What the unit said, item by item."""
        said = self.cleaned_data
        return [
            OwnView(
                task.code,
                {
                    each.column: ten_thousandths(said.get(f"t{row}v{place}"))
                    for place, each in enumerate(task.fields)
                },
                said.get(f"t{row}n", ""),
            )
            for row, task in enumerate(self.tasks)
        ]


def figure_field(field: Field, value: int | None) -> forms.Field:
    """The control of one figure: a choice where the scheme names choices, else a number."""
    label = field.label + (f"（{field.unit}）" if field.unit else "")
    if field.choices:
        options = [("", "—"), *((str(known), name) for name, known in field.choices.items())]
        return forms.TypedChoiceField(
            label=field.label, choices=options, coerce=_chosen, empty_value=None,
            initial="" if value is None else str(value),
        )  # fmt: skip
    return Amount(
        label=label, decimal_places=4, max_digits=15, help_text=_bounds(field),
        initial=None if value is None else _shown(value),
    )  # fmt: skip


def _chosen(said: str) -> Decimal:
    return Decimal(said) / SCALE


def _shown(value: int) -> str:
    exact = Decimal(value) / SCALE
    return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize():f}"


def _bounds(field: Field) -> str:
    if field.low is None or field.high is None:
        return ""
    return f"{_shown(field.low)} 到 {_shown(field.high)}"


def ten_thousandths(value: Decimal | None) -> int | None:
    """A number of four decimals at most as a whole number of ten-thousandths."""
    return None if value is None or value == "" else int(value * SCALE)
