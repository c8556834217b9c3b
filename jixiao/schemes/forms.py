"""What is filled in to draft a scheme, to edit a part of it, and to move it on?"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils import timezone

from jixiao.core.forms import CHANGED, ActionForm, Day, VersionedForm, WholeNumber
from jixiao.schemes.blocks import Block, blocks
from jixiao.schemes.editing import (
    SECTIONS,
    EditError,
    Plain,
    next_code,
    plain,
    spot_at,
    spots,
    with_new_part,
    with_part,
)
from jixiao.schemes.exchange.files import LARGEST
from jixiao.schemes.exchange.problems import Problem, SchemeFileError
from jixiao.schemes.exchange.uploads import read_upload
from jixiao.schemes.exchange.words import METHOD, Words, from_words, to_words
from jixiao.schemes.filled import read
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.queries import NEW
from jixiao.schemes.slots import Frame, Models, draw, label_of, written
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.scheme import Item, Scheme

OF_CATEGORIES = ("子项合成",)
OF_LEAVES = (
    "规则", "另行规则", "事项表", "评分单位", "评价主体", "依据", "佐证", "每次分钟", "每年次数", "责任类别",
)  # fmt: skip
SHOWN = 12
"""So many problems of a file are told at once; who mends these sees the rest."""
FILES = ".yaml,.yml,.xlsx,.json"


class SchemeFileField(forms.FileField):
    """A scheme in a file: YAML, Excel or JSON; the cleaned value is the scheme and the warnings."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "YAML、Excel 或 JSON，不超过5MB。先看有哪些不同，再确认。")
        super().__init__(widget=forms.ClearableFileInput({"accept": FILES}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - as the library has it
        """The scheme in the file, None where there is none."""
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if not file:
            return None
        if file.size is None or file.size > LARGEST:
            raise forms.ValidationError("文件超过5MB，不像是办法文件，请核对")
        try:
            return read_upload(file.name or "", file.read())
        except SchemeFileError as error:
            raise forms.ValidationError(_told(error.problems)) from None


def _told(problems: Iterable[object]) -> list[str]:
    said = [str(each) for each in problems]
    more = len(said) - SHOWN
    return said[:SHOWN] + ([f"还有{more}处，改好这些再看"] if more > 0 else [])


class StartForm(ActionForm):
    """A new draft: of which scheme, for which year, from what."""

    name = forms.CharField(
        label="办法", max_length=60, help_text="年年都用这个名称，如“乡科级单位绩效评估办法”。"
    )
    year = WholeNumber(label="年度", min_value=2000, max_value=2100)
    base = forms.TypedChoiceField(
        label="从哪一版开始", required=False, coerce=int, empty_value=None,
        help_text="沿用的，年度和日期自动换成新的一年。",
    )  # fmt: skip
    file = SchemeFileField(label="或者从文件开始", required=False)

    def __init__(self, *args: Any, bases: Iterable[SchemeVersion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.bases = {each.pk: each for each in bases}
        listed = [(pk, str(each)) for pk, each in self.bases.items()]
        self.fields["base"].choices = [("", "从空白开始"), *listed]  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year + 1

    @property
    def facts(self) -> dict[str, Any]:
        """The base as a row, the file as a document; the name is the subject."""
        told = self.cleaned_data
        scheme = told["file"][0] if told["file"] else None
        return {
            "year": told["year"],
            "base": None if scheme else self.bases.get(told["base"]),
            "document": plain(scheme) if scheme else None,
        }


class UploadForm(forms.Form):
    """A file that shall take the place of the draft."""

    file = SchemeFileField(label="办法文件")


class DocumentForm(VersionedForm):
    """The document that was looked at and is now confirmed."""

    document = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST, label="办法全文")

    def clean_document(self) -> Plain:
        """Plain data; the action checks them."""
        try:
            found = json.loads(self.cleaned_data["document"])
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError("没有收到办法全文，请重新上传")
        return found


class SubmitForm(VersionedForm):
    """Nothing but the wish."""


class ApproveForm(VersionedForm):
    """The number of the document that approves it."""

    document_number = forms.CharField(
        label="批准文号", max_length=60, help_text="如：清绩委〔2026〕2号。文号写进办法。"
    )


class PublishForm(VersionedForm):
    """The day from which it is in force."""

    effective_on = Day(label="施行日期", help_text="不能早于今天。发布后全文不再改动。")


class ReasonForm(VersionedForm):
    """Why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 2}))


MOVE_FORMS: Mapping[str, type[VersionedForm]] = {
    "submit": SubmitForm, "approve": ApproveForm, "publish": PublishForm,
    "send_back": ReasonForm, "discard": ReasonForm, "amend": ReasonForm,
}  # fmt: skip
"""What each move asks, by its name."""


class KeepForm(ActionForm):
    """A reminder that stays, and why."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=120, label="提醒")
    reason = forms.CharField(label="保留理由", max_length=300)


class PathForm(VersionedForm):
    """A part that goes up, down or away."""

    path = forms.CharField(widget=forms.HiddenInput, max_length=80, label="哪一处")
    way = forms.ChoiceField(
        choices=[("up", "上移"), ("down", "下移")], required=False, label="往哪边"
    )


class PartForm(VersionedForm):
    """One part of a scheme: its gaps are made from the fields of the document itself."""

    def __init__(
        self, data: Mapping[str, str] | None = None, *, version: SchemeVersion, path: str
    ) -> None:
        super().__init__(data, initial={"version": version.version})
        self.row, self.scheme, self.path = version, version.scheme, path
        self.spot = spot_at(self.scheme, path)
        self.problems: tuple[Problem, ...] = ()
        self.part: Part | None = None
        self.words: Words = self._stored() if data is None else read(self.models, data)

    @property
    def models(self) -> Models:
        """What the part may be."""
        section = SECTIONS.get(self.path.partition(".")[0])
        return section.models if section else (Scheme,)

    @property
    def skip(self) -> tuple[str, ...]:
        """Titles that mean nothing here: a category has no rule, an item combines nothing."""
        if not self.is_item:
            return ()
        is_category = self.spot is not None and bool(cast("Item", self.spot.part).items)
        return OF_LEAVES if is_category else OF_CATEGORIES

    @property
    def is_item(self) -> bool:
        """Whether the part is an indicator."""
        return self.models == (Item,)

    @property
    def is_new(self) -> bool:
        """Whether the part is not there yet."""
        return self.path.endswith(f".{NEW}")

    @property
    def kept_path(self) -> str:
        """Where the part is once it is kept."""
        if not self.is_new:
            return self.path
        above = self.path.removesuffix(f".{NEW}")
        places = [each for each in spots(self.scheme) if each.parent == above]
        return f"{above}.{len(places)}"

    @property
    def is_refused(self) -> bool:
        """Whether something that was sent is wrong."""
        return self.is_bound and "reshape" not in self.data and bool(self.errors)

    @property
    def frame(self) -> Frame:
        """The gaps with what stands in them, what is wrong, and what others wrote meanwhile."""
        return draw(
            self.models, self.words, problems=self.problems, skip=self.skip, now=self.current
        )

    @property
    def blocks(self) -> list[Block]:
        """The gaps as they stand on the page: what matters first, the rest to be opened."""
        return blocks(self.frame)

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        path = self.path.removesuffix(f".{NEW}") if self.is_new else self.path
        part = plain(self.part) if self.part else {}
        return {"version": self.cleaned_data["version"], "path": path, "part": part}

    def clean(self) -> dict[str, Any]:
        """The part that was written, or what is wrong with it."""
        words = dict(cast("dict[str, Words]", self.words))
        model = self.models[0]
        if issubclass(model, Kind):
            named = [each for each in self.models if label_of(each) == words.get(METHOD)]
            if not named:
                raise forms.ValidationError("请先选方法")
            model = named[0]
        if model is Scheme:
            titles = {section.title for section in SECTIONS.values()}
            kept = to_words(self.scheme).items()
            words |= {title: each for title, each in kept if title in titles}
        try:
            self.part = from_words(model, words)
        except SchemeFileError as error:
            self.problems = error.problems
            self.add_error(None, _told(error.problems))
        return self.cleaned_data

    def preview(self) -> Scheme | None:
        """The scheme as it would be with what was written, None where that cannot be."""
        if not self.is_valid():
            return None
        facts = self.facts
        try:
            if self.is_new:
                return with_new_part(self.scheme, facts["path"], facts["part"])[0]
            return with_part(self.scheme, facts["path"], facts["part"])
        except EditError as error:
            self.add_error(None, str(error))
            return None

    def _stored(self) -> Words:
        if self.spot:
            return to_words(self.spot.part)
        return {"编码": next_code(self.scheme, self.path)} if self.is_item else {}

    def _show_current(self, row: Model) -> None:
        """Both versions stand side by side, gap by gap."""
        other = cast("SchemeVersion", row)
        spot = spot_at(other.scheme, self.path)
        now = written(draw(self.models, to_words(spot.part), skip=self.skip)) if spot else {}
        ours = written(self.frame)
        self.current = {
            name: text or "（空）" for name, text in now.items() if text != ours.get(name, "")
        }
        self.data = {**self.data, "version": str(other.version)}
        is_there = spot is not None or self.is_new
        self.add_error(None, CHANGED if is_there else "这一处已被他人移动或删去，请返回核对")
