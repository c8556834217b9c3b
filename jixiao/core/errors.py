"""What can go wrong when a person does something? Messages say the person's next step."""

from django.db.models import Model


class RefusedError(Exception):
    """The rules do not allow this; ``field`` names the form field that the sentence is about."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class StaleError(Exception):
    """Somebody changed the row since the form was opened; ``current`` is the row as it is now."""

    def __init__(self, current: Model) -> None:
        super().__init__("这条记录在您打开之后已被他人修改")
        self.current = current


class RepeatedError(Exception):
    """The same form was sent twice; the first time counted."""
