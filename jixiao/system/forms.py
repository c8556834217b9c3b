"""What do the administrators fill in?"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from jixiao.access.permissions import ROLES, Extent, Role
from jixiao.core.forms import ActionForm, VersionedForm
from jixiao.system import queries


class OpenAccountForm(ActionForm):
    """A new account."""

    username = forms.CharField(
        label="登录名", max_length=30, help_text="小写字母、数字和点，例如姓名全拼",
        validators=[RegexValidator(r"^[a-z0-9.]{2,30}$", "登录名只用小写字母、数字和点，2 至 30 位")],
    )  # fmt: skip
    name = forms.CharField(label="姓名", max_length=40)


class ReasonForm(VersionedForm):
    """Why, and nothing else."""

    reason = forms.CharField(label="原因", max_length=200, help_text="写进审计记录")


class EndGrantForm(ActionForm):
    """Why a role is taken back."""

    reason = forms.CharField(label="原因", max_length=200, help_text="写进审计记录")


class GrantForm(ActionForm):
    """A role, where, by which document."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    unit = forms.ChoiceField(label="单位", required=False, help_text="单位的角色要选")
    group = forms.ChoiceField(label="组别", required=False, help_text="组别联系人要选")
    item = forms.CharField(
        label="项目编号", required=False, max_length=40, help_text="项目责任单位要写"
    )
    document = forms.CharField(
        label="依据", required=False, max_length=80, help_text="任命或分工文件"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "—"), *queries.unit_names().items()]  # type: ignore[attr-defined]
        groups = [(each, each) for each in queries.group_names()]
        self.fields["group"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]

    @property
    def grant(self) -> dict[str, str]:
        """Role, key and document as the action takes them; the role says which field is the key."""
        told = self.cleaned_data
        field = {Extent.UNIT: "unit", Extent.GROUP: "group", Extent.ITEM: "item"}
        role = Role(told["role"])
        key = told[field[ROLES[role].extent]] if ROLES[role].extent in field else ""
        return {"role": role, "key": key, "document": told["document"]}
