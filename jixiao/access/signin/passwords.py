"""Which passwords are too simple? (GB/T 22239: 身份鉴别信息具有复杂度要求)"""

from django.core.exceptions import ValidationError

from jixiao.access.models import Account

LENGTH = 10
KINDS = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
HELP = f"至少{LENGTH}个字符，用上大写字母、小写字母、数字、符号中的两种；不要用姓名、登录名和常见的密码"


class StrengthValidator:
    """Long enough, and of two kinds of characters at least."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002 -- Django's
        """ValidationError that says what is missing."""
        if len(password) < LENGTH:
            raise ValidationError(f"密码太短：至少要{LENGTH}个字符")
        if sum(any(map(is_kind, password)) for is_kind in KINDS) < 2:
            raise ValidationError("密码太简单：至少用上大写字母、小写字母、数字、符号中的两种")

    def get_help_text(self) -> str:
        """What is asked for."""
        return HELP
