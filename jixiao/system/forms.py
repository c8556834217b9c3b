"""What do the administrators fill in?"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from jixiao.access.permissions import ROLES, Extent, Role
from jixiao.core.forms import ActionForm, VersionedForm
from jixiao.system import queries

KEYS = {Extent.UNIT: "unit", Extent.GROUP: "group", Extent.ITEM: "item"}
"""Which field says where a role of an extent is held."""


class OpenAccountForm(ActionForm):
    """A new account."""

    username = forms.CharField(
        label="登录名", max_length=30, help_text="小写字母、数字和点，例如姓名全拼",
        validators=[RegexValidator(r"^[a-z0-9.]{2,30}$", "登录名只用小写字母、数字和点，2至30位")],
    )  # fmt: skip
    name = forms.CharField(label="姓名", max_length=40)


class ReasonForm(ActionForm):
    """Why, and nothing else."""

    reason = forms.CharField(label="原因", max_length=200, help_text="写进审计记录")


class AccountReasonForm(VersionedForm, ReasonForm):
    """Why something is done to an account that others may be dealing with."""


class GrantForm(ActionForm):
    """A role, where, by which document."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    unit = forms.ChoiceField(
        label="单位", required=False, help_text="单位绩效分管人、联络员、干部要选"
    )
    group = forms.ChoiceField(label="组别", required=False, help_text="组别联系人要选")
    item = forms.CharField(
        label="项目编号", required=False, max_length=40, help_text="项目责任单位要写，如 2.1"
    )
    document = forms.CharField(
        label="依据", required=False, max_length=80, help_text="任命或分工文件"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "—"), *queries.unit_names().items()]  # type: ignore[attr-defined]
        groups = [(each, each) for each in queries.group_names()]
        self.fields["group"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the role's extent asks for is filled in."""
        told = super().clean() or {}
        needed = KEYS.get(ROLES[Role(told["role"])].extent) if "role" in told else None
        if needed and not told.get(needed):
            label = Role(told["role"]).label
            self.add_error(
                needed, f"{label}的范围是{ROLES[Role(told['role'])].extent.label}，请写明"
            )
        return told

    @property
    def chosen(self) -> tuple[Role, str]:
        """The role, and where it is to be held: what its extent asks for, nothing else."""
        role = Role(self.cleaned_data["role"])
        field = KEYS.get(ROLES[role].extent)
        return role, self.cleaned_data[field] if field else ""
