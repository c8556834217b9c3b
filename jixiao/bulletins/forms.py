"""What is filled in to write a bulletin, to say who may read it, and to number it?"""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jixiao.bulletins.actions import Audience, Numbered
from jixiao.bulletins.models import CODE
from jixiao.bulletins.offers import Offer
from jixiao.bulletins.states import BulletinKind, Level
from jixiao.bulletins.template import Colophon, Paragraph, Template
from jixiao.core.forms import ActionForm, VersionedForm, WholeNumber

LEVELS = (
    ("0", "正文"), ("1", "一、一级标题"), ("2", "（一）二级标题"), ("3", "1.三级标题"),
    ("4", "（1）四级标题"),
)  # fmt: skip
Options = Iterable[tuple[Any, Any]]
Choices = Iterable[tuple[str, Options]]


class BlockForm(VersionedForm):
    """One paragraph."""

    place = forms.IntegerField(widget=forms.HiddenInput, label="第几段", min_value=0)
    level = forms.ChoiceField(label="层次", choices=LEVELS)
    heading = forms.CharField(
        label="小标题", max_length=100, required=False, help_text="不写序号，按层次自动编排。"
    )
    text = forms.CharField(
        label="文字", max_length=5000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text="要插入引用的地方写 @，再从下面选；另起一行就是另一段。",
    )  # fmt: skip
    reference = forms.ChoiceField(label="插入引用", required=False)

    def __init__(self, *args: Any, offers: Mapping[str, list[Offer]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reference"].choices = [  # type: ignore[attr-defined]
            ("", "选一个引用"),
            *(
                (heading, [(each.reference, _told(each)) for each in found])
                for heading, found in offers.items()
            ),
        ]

    def paragraph(self) -> Paragraph:
        """As it is kept."""
        said = self.cleaned_data
        return Paragraph(level=said["level"], heading=said["heading"].strip(), text=said["text"])


def _told(offer: Offer) -> str:
    value = offer.value if len(offer.value) <= 24 else f"{offer.value[:23]}…"
    return f"{offer.reference.strip('{}')} ＝ {value}"


class ArrangeForm(VersionedForm):
    """Which paragraph goes where."""

    place = forms.IntegerField(widget=forms.HiddenInput, label="第几段", min_value=0)
    do = forms.ChoiceField(
        label="怎么办", choices=[(each, each) for each in ("up", "down", "add", "remove")]
    )


class Lines(forms.CharField):
    """Several short lines."""

    widget = forms.Textarea({"rows": 3})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django has it
        """A line each."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django has it
        """The lines that say something."""
        return tuple(
            line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()
        )


class FrameForm(VersionedForm):
    """What stands around the paragraphs."""

    mark = forms.CharField(label="发文机关标志", max_length=40, help_text="红头，最多22个字。")
    number_code = forms.CharField(
        label="机关代字", max_length=CODE, required=False, help_text="如：清绩办。序号印发时编。"
    )
    title = Lines(label="标题", max_length=200, help_text="一行写不下的，按词分行，最多4行。")
    recipients = forms.CharField(label="主送机关", max_length=300, required=False)
    subject = forms.CharField(
        label="主题", max_length=40, required=False, help_text="专题通报写哪个项目或哪类问题。"
    )
    label = forms.CharField(label="等次后缀", max_length=10, help_text="如“单位”：先进单位。")
    order = forms.ChoiceField(
        label="名单次序", choices=[("scheme", "办法里的次序"), ("rank", "名次")],
        help_text="只公布等次的通报总是按办法里的次序，不透露名次。",
    )  # fmt: skip
    annex_title = Lines(
        label="附件标题", max_length=200, required=False, help_text="空着就没有附件。"
    )
    annex_notes = Lines(label="附件注", max_length=1000, required=False)
    signatures = Lines(label="署名", max_length=200)
    sealed = forms.BooleanField(label="留出印章位置", required=False)
    note = forms.CharField(label="附注", max_length=200, required=False)
    printed_by = forms.CharField(
        label="印发机关", max_length=60, required=False, help_text="空着就没有版记。"
    )
    copied_to = forms.CharField(label="抄送", max_length=300, required=False)

    def content(self, template: Template) -> Template:
        """The template with this around its paragraphs."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in Template.model_fields
        }
        colophon = None
        if self.cleaned_data["printed_by"]:
            colophon = Colophon(
                copied_to=self.cleaned_data["copied_to"],
                printed_by=self.cleaned_data["printed_by"],
                printed_on=template.colophon.printed_on
                if template.colophon
                else template.signed_on,
            )
        return template.model_copy(update=said | {"colophon": colophon})


def framed(template: Template) -> dict[str, Any]:
    """What the form shows of a text."""
    found = {
        name: getattr(template, name) for name in FrameForm.base_fields if hasattr(template, name)
    }
    last = template.colophon
    return found | {
        "printed_by": last.printed_by if last else "",
        "copied_to": last.copied_to if last else "",
    }


class StartForm(ActionForm):
    """About which run or quarter, from which template."""

    kind = forms.ChoiceField(label="种类", choices=BulletinKind)
    about_what = forms.ChoiceField(label="依据", help_text="季度通报选季度，其他选得分结果。")
    template = forms.TypedChoiceField(
        label="模板", coerce=int, required=False, empty_value=None,
        help_text="不选就用随平台的模板。",
    )  # fmt: skip
    about = forms.CharField(
        label="主题", max_length=40, required=False,
        help_text="专题通报写哪个项目、哪类指标或哪类问题，如“内部绩效”。",
    )  # fmt: skip

    def __init__(self, *args: Any, grounds: Choices, templates: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about_what"].choices = grounds  # type: ignore[attr-defined]
        self.fields["template"].choices = [("", "随平台的模板"), *templates]  # type: ignore[attr-defined]


class RedraftForm(ActionForm):
    """About which run or quarter the correction speaks."""

    about_what = forms.ChoiceField(label="按哪一次得分结果、哪个季度更正")

    def __init__(self, *args: Any, grounds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about_what"].choices = grounds  # type: ignore[attr-defined]


class AudienceForm(VersionedForm):
    """Who may read it, and whether marks are told."""

    level = forms.ChoiceField(label="公布范围", choices=Level, widget=forms.RadioSelect)
    group = forms.ChoiceField(label="哪一组", required=False, help_text="只发一组的选。")
    units = forms.TypedMultipleChoiceField(
        label="哪些单位", coerce=int, required=False, help_text="只发有关单位的选，按住 Ctrl 可选多个。",
        widget=forms.SelectMultiple({"size": 8}),
    )  # fmt: skip
    with_marks = forms.BooleanField(
        label="连得分一起公布", required=False,
        help_text="不勾的只公布等次：正文不能写单位得分，附件没有得分，名单按办法里的次序。",
    )  # fmt: skip
    limit = WholeNumber(label="字数上限", min_value=100, max_value=20_000)

    def __init__(self, *args: Any, groups: Options, units: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes it; the units by their numbers."""
        said = self.cleaned_data
        level = Level(said["level"])
        audience = Audience(level, said["with_marks"], said["group"], said["limit"])
        return {"version": said["version"], "audience": audience}


class KeepForm(VersionedForm):
    """Why a reminder is kept."""

    key = forms.CharField(widget=forms.HiddenInput, label="提醒", max_length=40)
    reason = forms.CharField(label="为什么保留", max_length=300)


class SignOffForm(VersionedForm):
    """A word with the signature."""

    note = forms.CharField(label="签发意见", max_length=300, required=False, help_text="可不填。")


class ReasonForm(VersionedForm):
    """Why it goes back, is withdrawn or discarded."""

    reason = forms.CharField(label="原因", max_length=300)


class IssueForm(VersionedForm):
    """The number."""

    code = forms.CharField(label="机关代字", max_length=CODE)
    serial = WholeNumber(
        label="序号",
        min_value=1,
        max_value=9999,
        help_text="年份是今年；平台外编过号的，请改成下一个。",
    )

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        said = super().facts
        return {"version": said["version"], "number": Numbered(said["code"], said["serial"])}


MOVE_FORMS: dict[str, type[VersionedForm]] = {
    "submit": VersionedForm, "send_back": ReasonForm, "sign_off": SignOffForm,
    "recall": ReasonForm, "issue": IssueForm, "withdraw": ReasonForm, "discard": ReasonForm,
}  # fmt: skip
"""The form of every move."""


class MakeTemplateForm(ActionForm):
    """A template of the office's own."""

    name = forms.CharField(label="名称", max_length=40)
    kind = forms.ChoiceField(label="种类", choices=BulletinKind)


class TakeBackForm(VersionedForm):
    """The Word file that was edited outside; once it was read it travels along in the page."""

    file = forms.FileField(
        label="改过的 Word 稿", required=False, widget=forms.FileInput({"accept": ".docx"}),
        help_text="从这里导出、在 Word 里改过的 docx。先列出改动，确认后才写入。",
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput, label="已读的文件")

    @property
    def content(self) -> bytes:
        """The file; empty where none was given."""
        if file := self.cleaned_data["file"]:
            return bytes(file.read())
        try:
            return base64.b64decode(self.cleaned_data["kept"], validate=True)
        except ValueError:
            return b""

    @property
    def choices(self) -> dict[str, str]:
        """What was decided, by the change's key."""
        return {
            name.removeprefix("choice-"): str(value)
            for name, value in self.data.items()
            if name.startswith("choice-")
        }
