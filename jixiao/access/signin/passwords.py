"""Which passwords are too simple, beyond what Django knows?"""

from django.core.exceptions import ValidationError

from jixiao.access.models import Account

KINDS = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
HELP = "至少用上大写字母、小写字母、数字、符号中的两种"


class KindsValidator:
    """Two kinds of characters at least (GB/T 22239: 具有复杂度要求)."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002 -- Django's
        """ValidationError when the password has one kind of characters only."""
        if sum(any(map(is_kind, password)) for is_kind in KINDS) < 2:
            raise ValidationError(f"密码太简单：{HELP}")

    def get_help_text(self) -> str:
        """What is asked for."""
        return HELP
