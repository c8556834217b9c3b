"""What is filled in to sign in, to prove who one is, and to look after one's own account?"""

import datetime as dt
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.access.signin.lockout import check_open, count_wrong_code
from jixiao.access.signin.passwords import HELP
from jixiao.core.forms import ActionForm, Day

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
NAME_LENGTH = 40
HALF_A_YEAR = dt.timedelta(days=180)


def _label(form: forms.Form, name: str, label: str, **attrs: Any) -> None:
    """Our words on a library's field."""
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.widget.attrs = {**field.widget.attrs, **attrs}
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "login", "登录名", autofocus=True, autocapitalize="none", spellcheck="false")
        _label(self, "password", "密码")


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "password", "密码", autofocus=True)


class CodeForm(codes.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in: a code of the app, or one of those on paper."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "code", "验证码或恢复码", **DIGITS)

    def clean_code(self) -> str:
        """Wrong codes count like wrong passwords: six digits are quickly tried."""
        return _counted(self, super().clean_code)


class ConfirmCodeForm(codes.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "code", "验证码或恢复码", **DIGITS)

    def clean_code(self) -> str:
        """Wrong codes count here too."""
        return _counted(self, super().clean_code)


def _counted(form: Any, check: Any) -> str:  # noqa: ANN401 -- the library's forms are untyped
    check_open(context.request, form.user)
    try:
        code: str = check()
    except ValidationError:
        count_wrong_code(context.request, form.user)
        raise
    return code


class NewTotpForm(ActivateTOTPForm):  # type: ignore[misc]
    """Proof that the app shows the right numbers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "code", "应用上现在的6位数字", **DIGITS)


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for the key, and whether it alone is enough."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "name", "给它起个名字", maxlength=NAME_LENGTH)
        self.fields["name"].max_length = NAME_LENGTH
        _label(self, "passwordless", "可以单独用它登录，不用输密码")
        self.fields["passwordless"].help_text = "需要设备用指纹、人脸或 PIN 确认是您本人"
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _label(self, "name", "名字", maxlength=NAME_LENGTH)


class NewPasswordForm(ActionForm):
    """The present password, and twice the new one."""

    now = forms.CharField(
        label="现在的密码", strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
    )  # fmt: skip
    password = forms.CharField(
        label="新密码", strip=False, help_text=HELP,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label="新密码再输一遍", strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request

    def clean_now(self) -> str:
        """A wrong present password counts towards the lock."""
        now: str = self.cleaned_data["now"]
        if (
            authenticate(self.request, username=self.request.user.get_username(), password=now)
            is None
        ):
            raise ValidationError("密码不对")
        return now

    def clean_again(self) -> str:
        """Both times the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError("两次输入的新密码不一样")
        return again


class NewTokenForm(ActionForm):
    """What a program is for, what it may do and until when."""

    name = forms.CharField(label="用途", max_length=NAME_LENGTH, help_text="如“报表系统取数”")
    permissions = forms.MultipleChoiceField(label="可以做的事", widget=forms.CheckboxSelectMultiple)
    until = Day(label="有效期到")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        own = [each for each in Permission if actor.may(each) and each != Permission.OWN_ACCOUNT]
        self.fields["permissions"].choices = [(each.value, each.label) for each in own]  # type: ignore[attr-defined]
        self.fields["until"].initial = timezone.localdate() + HALF_A_YEAR
