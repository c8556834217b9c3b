"""What is filled in to enter a matter, to move it on, and to object to it?"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from jixiao.core.forms import ActionForm, Amount, Day, VersionedForm, WholeNumber
from jixiao.events.actions import Said, SignOff
from jixiao.events.queries.matters import Choices
from jixiao.rectification.actions import Handed
from jixiao.rectification.forms import Files

BLANK = [("", "—")]


def _long(label: str, most: int = 500, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": 3}), **more)


class SaidForm(ActionForm):
    """What happened, at which level, by which document."""

    level = forms.ChoiceField(label="项目和级别")
    grade = forms.ChoiceField(label="等次", required=False, help_text="表彰分了等次的才选。")
    matter = forms.CharField(
        label="事项", max_length=120,
        help_text="同一件事各级都有表彰的，写同一个事项名称，办法要求只计最高的自动只计一次。",
    )  # fmt: skip
    on = Day(label="日期", required=False, help_text="文件的日期。")
    document = forms.CharField(label="文号", max_length=80, required=False)
    times = Amount(
        label="次数", required=False, max_digits=8, decimal_places=2, help_text="不填为1次。"
    )
    share = Amount(
        label="分担比例", required=False, max_digits=5, decimal_places=4,
        help_text="几个单位分担的填，如0.6；不填为全部。",
    )  # fmt: skip
    round = forms.ChoiceField(label="计入哪一轮", required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = [*BLANK, *choices.levels]  # type: ignore[attr-defined]
        for name, found in (("grade", choices.grades), ("round", choices.rounds)):
            self.fields[name].choices = [*BLANK, *found]  # type: ignore[attr-defined]
            if not found:
                del self.fields[name]

    def said(self) -> Said:
        """What was filled in."""
        names = ("grade", "matter", "on", "document", "times", "share", "round")
        given = {name: self.cleaned_data.get(name) for name in names}
        code, _, level = self.cleaned_data["level"].partition("|")
        return Said(code=code, level=level, **{k: v for k, v in given.items() if v})


class MatterForm(SaidForm):
    """A new matter of a unit, with files where there are any."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    files = Files(  # type: ignore[assignment]
        label="材料", required=False, help_text="没有就不附；有文号能查到的不用附。最多5份。"
    )
    field_order = ("unit",)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, choices=choices, **options)
        several = sum(len(units) for _, units in choices.units) > 1
        first = BLANK if several else []
        self.fields["unit"].choices = [*first, *choices.units]  # type: ignore[attr-defined]

    def handed(self) -> list[Handed]:
        """The files as the action takes them."""
        return [_handed(each) for each in self.cleaned_data["files"]]


def _handed(file: "UploadedFile[bytes]") -> Handed:
    return Handed(file.name or "", file.read())


class ChangeForm(SaidForm):
    """The same again, put right."""

    version = forms.IntegerField(widget=forms.HiddenInput({"id": False}), label="版本")

    def changed(self) -> dict[str, Any]:
        """What the action takes, with the version that was seen."""
        return {"said": self.said(), "version": self.cleaned_data["version"]}


class ImportForm(ActionForm):
    """A table of many matters."""

    file = forms.FileField(label="填好的表", help_text="Excel、WPS 表格或 CSV，20MB以内。")

    def clean_file(self) -> bytes:
        """What is in it; not larger than anything may be."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError("文件超过20MB，请删去图片和多余的工作表后再交")
        content: bytes = file.read()
        return content


class CheckForm(VersionedForm):
    """What was compared."""

    text = forms.CharField(
        label="对照了什么", max_length=200, required=False, help_text="如“核对了原文件”。可不填。"
    )


class NoticeForm(VersionedForm):
    """How long; the scheme's own days where nothing is said."""

    days = WholeNumber(label="公示几天", required=False, help_text="不填按办法规定。")


class SignForm(VersionedForm):
    """Nothing but the name of who is signed in."""


class FileSignForm(VersionedForm):
    """A signature on paper."""

    signer = forms.CharField(label="签批人", max_length=40)
    signed_on = Day(label="签批日期")
    document = forms.CharField(label="签批件", max_length=80, help_text="文号或收文编号。")

    @property
    def facts(self) -> dict[str, Any]:
        """The signature as the action takes it."""
        names = ("signer", "signed_on", "document")
        signature = SignOff(**{name: self.cleaned_data[name] for name in names})
        return {"signature": signature, "version": self.cleaned_data["version"]}


class ReasonForm(VersionedForm):
    """Why it goes back, does not count or is withdrawn."""

    reason = _long("理由", 300)


class TextForm(VersionedForm):
    """What the unit says, or how it was verified."""

    text = _long("说明")


class ObjectForm(ActionForm):
    """An objection; the office also writes down those that came on paper."""

    text = _long("异议的内容和依据")
    who = forms.CharField(
        label="署名或盖章单位", max_length=60, required=False, help_text="登记书面异议时填。"
    )

    def __init__(self, *args: Any, registers: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not registers:
            del self.fields["who"]


class AnswerForm(VersionedForm):
    """The answer to an objection."""

    answer = _long("答复")
    is_upheld = forms.BooleanField(
        label="异议成立，事项退回更正", required=False, help_text="更正后重新核对、公示。"
    )


MOVE_FORMS: dict[str, type[VersionedForm]] = {
    "check": CheckForm, "notice": NoticeForm, "sign": SignForm, "file_sign": FileSignForm,
    "send_back": ReasonForm, "reject": ReasonForm, "withdraw": ReasonForm,
}  # fmt: skip
"""The form of every move."""
