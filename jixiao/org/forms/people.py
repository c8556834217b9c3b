"""What is asked of people, posts, duties and conditions, and of a workbook?"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files import File
from django.db.models import TextChoices
from django.utils import timezone

from jixiao.access.models import Account
from jixiao.core.forms import ActionForm, Day, VersionedForm, WholeNumber
from jixiao.org.actions.facts import Absence, Finding, NewDuty, NewPost
from jixiao.org.forms.fields import BasisForm, UnitField
from jixiao.org.models import Duty, Person, Unit
from jixiao.org.queries.naming import account_named, holders, members, single_duties
from jixiao.org.states import ConditionKind, DutyRole, Rank, State, Use

NOT_FUTURE = "不能晚于今天。"


def _choice(label: str, choices: type[TextChoices], **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices.choices, coerce=choices, **options)


class PersonForm(ActionForm):
    """Somebody new."""

    code = forms.CharField(
        label="人员编号",
        max_length=30,
        help_text="由县绩效办编，用来区分同名的人；不要用身份证号。",
    )
    name = forms.CharField(label="姓名", max_length=40)
    rank = _choice("职级", Rank, initial=Rank.STAFF)


class ChangePersonForm(VersionedForm):
    """Another name or rank."""

    name = forms.CharField(label="姓名", max_length=40)
    rank = _choice("职级", Rank)
    reason = forms.CharField(label="原因", max_length=200)


class AccountForm(VersionedForm):
    """The account that somebody signs in with."""

    account = forms.CharField(
        label="登录名", max_length=30, required=False, help_text="留空即取消关联。"
    )

    def clean_account(self) -> Account | None:
        """The account of that name."""
        username = self.cleaned_data["account"]
        found = account_named(username) if username else None
        if username and found is None:
            raise forms.ValidationError(f"没有登录名“{username}”，请向系统管理员核对")
        return found


class LeaveForm(VersionedForm):
    """When somebody leaves, and why."""

    on = Day(label="最后一天", initial=timezone.localdate, help_text=NOT_FUTURE)
    reason = forms.CharField(label="原因", max_length=200, help_text="如调出、退休、辞职。")


class EndForm(VersionedForm):
    """When a post, a duty or an alias ends, and why."""

    until = Day(label="最后一天", initial=timezone.localdate, help_text=NOT_FUTURE)
    reason = forms.CharField(label="原因", max_length=200)


class ReasonForm(VersionedForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200)


class PostForm(ActionForm):
    """A job that begins."""

    unit = UnitField(help_text="单位名称或别名；内设机构写“上级／名称”。")
    title = forms.CharField(label="职务", max_length=40)
    is_full_time = forms.BooleanField(label="专职", required=False, initial=True)
    since = Day(label="从哪一天起", initial=timezone.localdate, help_text=NOT_FUTURE)
    reason = forms.CharField(label="依据或原因", max_length=200, required=False)

    @property
    def post(self) -> NewPost:
        """The job."""
        facts = self.cleaned_data
        return NewPost(facts["title"], facts["since"], facts["is_full_time"])


class OfUnitForm(ActionForm):
    """A form about people of one unit."""

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unit = unit


class DutyForm(OfUnitForm):
    """Who answers for performance work from when on."""

    role = _choice("分工", DutyRole)
    person = forms.ModelChoiceField(
        label="人员", queryset=Person.objects.none(),
        help_text="在本单位或内设机构任职的人。名单里没有的，请县绩效办先登记任职。",
    )  # fmt: skip
    is_full_time = forms.BooleanField(label="专职做绩效工作", required=False)
    replaces = forms.ModelChoiceField(
        label="接替谁", queryset=Duty.objects.none(), required=False,
        help_text="组长、分管人、联络员换人时选现任，现任到前一天为止。",
    )  # fmt: skip
    since = Day(label="从哪一天起", initial=timezone.localdate, help_text=NOT_FUTURE)
    document = forms.CharField(label="依据文号", max_length=80, required=False)

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*args, unit=unit, **options)
        self.fields["person"].queryset = members(unit)  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = single_duties(unit)  # type: ignore[attr-defined]

    @property
    def duty(self) -> NewDuty:
        """The duty."""
        facts = self.cleaned_data
        names = ("role", "since", "is_full_time", "document")
        return NewDuty(**{name: facts[name] for name in names})


class DelegationForm(OfUnitForm):
    """Who stands in for whom, and how long."""

    absent = forms.ModelChoiceField(label="谁外出", queryset=Person.objects.none())
    deputy = forms.ModelChoiceField(label="由谁代办", queryset=Person.objects.none())
    since = Day(label="从哪一天起", initial=timezone.localdate)
    until = Day(label="到哪一天止", help_text="到期自动结束，也可以提前结束。")
    reason = forms.CharField(label="原因", max_length=200)
    document = forms.CharField(label="依据文号", max_length=80, required=False)

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*args, unit=unit, **options)
        self.fields["absent"].queryset = holders(unit)  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = members(unit)  # type: ignore[attr-defined]

    @property
    def absence(self) -> Absence:
        """How long and why."""
        facts = self.cleaned_data
        return Absence(facts["since"], facts["until"], facts["reason"], facts["document"])


class FindingForm(VersionedForm):
    """What was found of one kind of thing."""

    quantity = WholeNumber(label="数量", min_value=0, max_value=32767, initial=1)
    use = _choice("使用", Use)
    state = _choice("状况", State)
    seen_on = Day(label="核对日期", initial=timezone.localdate, help_text=NOT_FUTURE)
    note = forms.CharField(label="说明", max_length=200, required=False)

    @property
    def version_seen(self) -> dict[str, Any]:
        """The version that was looked at."""
        return {"version": self.cleaned_data["version"]}

    def finding(self, kind: ConditionKind) -> Finding:
        """What was found."""
        facts = self.cleaned_data
        names = ("seen_on", "quantity", "use", "state", "note")
        return Finding(kind, **{name: facts[name] for name in names})


class UploadForm(ActionForm):
    """A workbook of units and people."""

    file = forms.FileField(label="工作簿", help_text="Excel或WPS表格，最大20MB。")

    def clean_file(self) -> "File[bytes]":
        """Not larger than anybody may hand in."""
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError("文件超过20MB，请删去图片和多余的工作表后再交")
        return file

    def read(self) -> tuple[str, bytes]:
        """The file's name and content."""
        file = self.cleaned_data["file"]
        return str(file.name), file.read()


class ConfirmForm(BasisForm):
    """What was previewed is what is wanted."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
