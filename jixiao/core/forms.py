"""What is the same in every form? It counts once, keeps what was typed, and shows who was faster."""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

from jixiao.core.errors import RefusedError, RepeatedError, StaleError
from jixiao.core.words import day, moment, number

EMPTY = "请填写这一项"
OWN = ("once", "version")
"""Fields of the form itself; they carry no prefix and are no facts."""
CHANGED = "您打开之后，这条记录已被他人修改。请对照每一项下面“现在是”的内容，确认后再提交"


def new_number() -> str:
    """The one-time number of a form that is shown for the first time."""
    return uuid.uuid4().hex


def _hidden() -> forms.HiddenInput:
    return forms.HiddenInput({"id": False})


class ActionForm(forms.Form):
    """A form that does one action.

    ``if form.is_valid() and form.run(lambda: rename(unit, by=request.actor, **form.facts)): …``
    """

    once = forms.CharField(
        max_length=40, required=False, initial=new_number, widget=_hidden(), label="一次性编号"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages["required"] = EMPTY
            if getattr(field, "empty_label", None):
                field.empty_label = "请选择" if field.required else "—"  # type: ignore[attr-defined]
        self.result: Any = None
        self.current: dict[str, str] = {}

    def add_prefix(self, field_name: str) -> str:
        """The form's own fields keep their names, whatever the prefix."""
        return field_name if field_name in OWN else super().add_prefix(field_name)

    @property
    def facts(self) -> dict[str, Any]:
        """What was filled in, as keywords for the action; ``version`` is one where the form has it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}

    def run(self, do: Callable[[], object]) -> bool:
        """Whether it is done, now or by the same form before; a refusal stands beside its field."""
        try:
            self.result = do()
        except RepeatedError:
            return True
        except RefusedError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)
        except StaleError as error:
            self._show_current(error.current)
        return not self.errors

    def _show_current(self, row: Model) -> None:
        """Both versions stand side by side; sending once more overrules the other knowingly."""
        for name, typed in self.cleaned_data.items():
            is_of_row = name not in OWN and hasattr(row, name)
            if is_of_row and (getattr(row, name) or typed) and getattr(row, name) != typed:
                self.current[name] = _in_words(row, name)
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(getattr(row, "version", ""))
        self.data = data
        self.add_error(None, CHANGED)


class VersionedForm(ActionForm):
    """A form that changes a row which others may be changing: give ``initial={"version": …}``."""

    version = forms.IntegerField(widget=_hidden(), label="版本")


class WholeNumber(forms.IntegerField):
    """A whole number; full-width digits and separated thousands count like the rest."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> int | None:
        """The number that was typed."""
        return super().to_python(_half_width(value))


class Amount(forms.DecimalField):
    """A number with decimals; full-width digits and separated thousands count like the rest."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """The number that was typed."""
        return super().to_python(_half_width(value))


class Day(forms.DateField):
    """A date: picked, or typed as 2026-03-02, 2026/3/2, 2026.3.2 or 2026年3月2日."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    input_formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")

    def to_python(self, value: Any) -> dt.date | None:  # noqa: ANN401 -- as the library has it
        """The date that was picked or typed."""
        return super().to_python(_half_width(value))


def _half_width(value: Any) -> Any:  # noqa: ANN401 -- whatever a form was given
    """２０２６, －１．５ and 1,000 as 2026, -1.5 and 1000."""
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFKC", value).strip().replace("−", "-").replace(",", "")


def _in_words(row: Model, name: str) -> str:
    """The value of a column as its reader knows it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name, None)
    match value:
        case None | "":
            return "（空）"
        case bool():
            return "是" if value else "否"
        case dt.datetime():
            return moment(value)
        case dt.date():
            return day(value)
        case int() | float():
            return number(value)
    return str(value)
