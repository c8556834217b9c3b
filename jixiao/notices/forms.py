"""What is filled in to say something, to answer it, and to tell units something?"""

from typing import Any

from django import forms

from jixiao.core.forms import ActionForm, Day, VersionedForm
from jixiao.notices.actions import Letter
from jixiao.notices.states import OpinionKind
from jixiao.org.models import Unit

UNGROUPED = "不分组"
LONG = forms.Textarea({"rows": 6})


class OpinionForm(ActionForm):
    """What somebody has to say; the page it was written from comes along."""

    kind = forms.ChoiceField(
        label="类别", choices=OpinionKind, widget=forms.RadioSelect, initial=OpinionKind.SUGGESTION
    )
    text = forms.CharField(
        label="内容", max_length=2000, widget=LONG,
        help_text="写清楚是哪件事、哪一页、希望怎么办。县绩效办十个工作日内答复，您在首页看到。",
    )  # fmt: skip
    hides_name = forms.BooleanField(
        label="公开答复时隐去我的姓名和单位", required=False, initial=True
    )
    page = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput, label="页面")

    @property
    def facts(self) -> dict[str, Any]:
        """Everything beside the words themselves."""
        return {name: value for name, value in super().facts.items() if name != "text"}


class AnswerForm(VersionedForm):
    """The office's answer."""

    answer = forms.CharField(label="答复", max_length=2000, widget=LONG)


class ReasonForm(VersionedForm):
    """Why something is taken back."""

    reason = forms.CharField(label="原因", max_length=200)


class NoticeForm(ActionForm):
    """A notice, what it asks and to whom it goes."""

    title = forms.CharField(label="标题", max_length=80)
    body = forms.CharField(label="正文", max_length=5000, widget=LONG)
    due_on = Day(
        label="期限", required=False, help_text="到期未签收的，本单位和县绩效办首页都会提示。"
    )
    needs_sign = forms.BooleanField(label="需要单位签收", required=False, initial=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.open_units = list(Unit.objects.open().assessed().only("name", "group"))
        groups: dict[str, list[tuple[int, str]]] = {}
        for unit in sorted(self.open_units, key=lambda unit: not unit.group):
            groups.setdefault(unit.group or UNGROUPED, []).append((unit.pk, unit.name))
        self.fields["groups"] = _choices("整组发送", [(name, name) for name in groups])
        self.fields["units"] = _choices("或逐个选择单位", list(groups.items()))

    def letter(self) -> Letter:
        """What it says and asks."""
        names = ("title", "body", "due_on", "needs_sign")
        return Letter(**{name: self.cleaned_data[name] for name in names})

    def addressed(self) -> list[Unit]:
        """Every unit chosen, alone or with its group, once."""
        groups, units = self.cleaned_data["groups"], self.cleaned_data["units"]
        return [
            unit
            for unit in self.open_units
            if (unit.group or UNGROUPED) in groups or str(unit.pk) in units
        ]


def _choices(label: str, options: list[Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=options, widget=forms.CheckboxSelectMultiple
    )
