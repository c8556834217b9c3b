"""What is filled in to raise a finding, to move it on, and to send and answer a reminder?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm, Amount, Day, VersionedForm, WholeNumber
from jixiao.core.uploads import ACCEPT
from jixiao.rectification.actions import Found, Handed, ReminderLetter
from jixiao.rectification.states import REPLY_WITHIN, USUAL_DAYS
from jixiao.scoring.numbers import SCALE

LONG = {"rows": 4}
UnitOptions = Iterable[tuple[str, Iterable[tuple[int, str]]]]


def _long(label: str, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(LONG), **more)


class ManyFiles(forms.FileInput):
    """The browser's chooser for several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files; none is fine."""

    widget = ManyFiles(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - as Django has it
        """Each of them as a file."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(Files, self).clean(each, initial) for each in sent if each]


class RaiseForm(ActionForm):
    """A finding outside a visit."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    code = forms.ChoiceField(label="项目", required=False)
    item = forms.CharField(
        label="或自己写项目", max_length=60, required=False, help_text="办法里没有这一项时写。"
    )
    theme = forms.CharField(
        label="归类", max_length=20, required=False, widget=forms.TextInput({"list": "themes"}),
        help_text="几个单位共有的问题写同一个归类，通报时合在一起。",
    )  # fmt: skip
    fact = _long("事实", 1000, help_text="看到什么、哪一份、差多少。")
    evidence = forms.CharField(label="依据", max_length=500, required=False)
    cause = forms.CharField(label="原因", max_length=500, required=False)
    opinion = _long("整改意见", 500)
    workdays = WholeNumber(label="整改期限（工作日）", initial=USUAL_DAYS, min_value=1)
    points = Amount(
        label="预扣分", required=False, max_digits=6, decimal_places=2, min_value=0,
        help_text="填了的：按期整改到位，核实后全部恢复。不预扣的不填。",
    )  # fmt: skip

    def __init__(self, *args: Any, units: UnitOptions, items: Iterable[tuple[str, str]],
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]
        self.fields["code"].choices = [("", "—"), *((f"{c} {n}", f"{c} {n}") for c, n in items)]  # type: ignore[attr-defined]

    def found(self) -> Found:
        """What was found; an item chosen from the scheme goes before one written by hand."""
        said = {
            name: value
            for name, value in self.facts.items()
            if name in ("theme", "fact", "evidence", "cause", "opinion", "workdays")
        }
        code, _, name = self.cleaned_data["code"].partition(" ")
        points = self.cleaned_data["points"]
        return Found(
            code=code,
            item=name or self.cleaned_data["item"],
            points=int(points * SCALE) if points else None,
            **said,
        )


class PlanForm(VersionedForm):
    """How it will be put right."""

    text = _long("整改方案", 2000, help_text="怎么改、谁负责、什么时候改完。")


class ProofForm(VersionedForm):
    """What was done."""

    text = _long("整改结果", 2000, help_text="改了什么、现在怎样。")
    files = Files(  # type: ignore[assignment]
        label="材料", required=False,
        help_text="没有就不附。最多5份，每份20MB以内：图片、PDF、Word、Excel；照片里的拍摄地点会自动去掉。",
    )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        """The files as the action takes them."""
        said = super().facts
        return said | {"files": [handed(each) for each in said["files"]]}


def handed(file: "UploadedFile[bytes]") -> Handed:
    """A chosen file as the actions take it."""
    return Handed(file.name or "", file.read())


class VerifyForm(VersionedForm):
    """What the verifier saw."""

    text = _long("核实情况", 2000, required=False, help_text="看了什么材料、到没到现场。可不填。")


class ReasonForm(VersionedForm):
    """Why it goes back or is withdrawn."""

    reason = _long("理由", 500)


class RecheckForm(VersionedForm):
    """What was seen when it was looked at again."""

    where = forms.CharField(label="哪一次复查", max_length=60, help_text="如：2027年半年评估。")
    text = _long("看到的情况", 2000)


class RelapseForm(RecheckForm):
    """It came back; the unit has to deal with it again."""

    due_on = Day(label="新的期限")


class ExtendForm(VersionedForm):
    """A later day."""

    due_on = Day(label="新的期限")
    reason = forms.CharField(label="理由", max_length=500)


MOVE_FORMS: dict[str, type[VersionedForm]] = {
    "plan": PlanForm, "prove": ProofForm, "verify": VerifyForm, "send_back": ReasonForm,
    "recheck": RecheckForm, "relapse": RelapseForm, "extend": ExtendForm, "withdraw": ReasonForm,
}  # fmt: skip
"""The form of every move."""


class ReminderForm(ActionForm):
    """A reminder."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    number = forms.CharField(label="编号", max_length=40)
    subject = forms.CharField(label="事由", max_length=40, help_text="“关于……的督促通知单”。")
    days = WholeNumber(
        label="几个工作日内回复", initial=REPLY_WITHIN, min_value=1,
        help_text="一般为十个工作日。",
    )  # fmt: skip
    facts = _long("情况", 2000)  # type: ignore[assignment]
    asked = _long("要求", 1000, initial="说明原因，提出处理意见，按期反馈处理结果。")
    case = forms.IntegerField(required=False, widget=forms.HiddenInput, label="哪个问题")

    def __init__(self, *args: Any, units: UnitOptions, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]

    def letter(self) -> ReminderLetter:
        """What it says and asks."""
        names = ("number", "subject", "facts", "asked", "days")
        return ReminderLetter(**{name: self.cleaned_data[name] for name in names})


class ReplyForm(VersionedForm):
    """What the unit answers."""

    text = _long("回复", 2000, help_text="情况说明、处理意见、处理结果。")
