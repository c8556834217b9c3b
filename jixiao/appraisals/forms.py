"""What is filled in to ask about a quarter, to report it, and to send a report back?"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from jixiao.appraisals.actions import Compared
from jixiao.appraisals.checks import Line, Told
from jixiao.appraisals.states import GRADES, MONTHS, QUARTERS, Subject
from jixiao.core.forms import ActionForm, Day, VersionedForm, WholeNumber

NUMBERS = [(number, f"第{'一二三四'[number - 1]}季度") for number in range(1, QUARTERS + 1)]
COLUMNS = (("due", "应评"), ("done", "已评"), *GRADES)
NOT_COMPARED = [("", "不比对")]


class QuarterForm(ActionForm):
    """Which quarter, until when, and what it is compared with."""

    year = WholeNumber(label="年度", min_value=2000, max_value=2100)
    number = forms.TypedChoiceField(label="季度", coerce=int, choices=NUMBERS)
    due_on = Day(label="报送期限")
    due_column = forms.ChoiceField(
        label="与现场记录比对：应评科室数", required=False,
        help_text="评估组在现场记过这个数的，报的数不一致会列出来。",
    )  # fmt: skip
    done_column = forms.ChoiceField(label="与现场记录比对：已评科室数", required=False)

    def __init__(self, *args: Any, columns: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("due_column", "done_column"):
            self.fields[name].choices = [*NOT_COMPARED, *columns]  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        said = self.cleaned_data
        compared = Compared(said["due_column"], said["done_column"])
        return {"number": said["number"], "due_on": said["due_on"], "compared": compared}


class ReportForm(ActionForm):
    """A quarter on one page: three lines of counts, and what was found."""

    months = WholeNumber(label="本季自查并公示的月数", min_value=0, max_value=MONTHS)
    problems = forms.CharField(
        label="自查发现的主要问题", max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}), help_text="没有就不填；发现问题不扣分。",
    )  # fmt: skip
    measures = forms.CharField(
        label="怎么改", max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="报的数与系统已有的数不一致时才要写。",
    )  # fmt: skip

    def __init__(self, *args: Any, told: Told, **options: Any) -> None:
        super().__init__(*args, **options)
        for line in told.lines:
            for (name, words), value in zip(
                COLUMNS, (line.due, line.done, *line.grades), strict=True
            ):
                label = f"{line.kind.label}{words}"
                field = WholeNumber(label=label, min_value=0, max_value=100_000, initial=value)
                self.fields[f"{line.kind}_{name}"] = field
        for name in ("months", "problems", "measures", "note"):
            self.fields[name].initial = getattr(told, name)

    @property
    def rows(self) -> Iterator[tuple[str, list[tuple[str, BoundField]]]]:
        """The three lines as the page draws them."""
        for each in Subject:
            yield each.label, [(words, self[f"{each}_{name}"]) for name, words in COLUMNS]

    @property
    def told(self) -> Told:
        """As the action takes it."""
        said = self.cleaned_data
        lines = []
        for each in Subject:
            due, done, *grades = (said[f"{each}_{name}"] for name, _ in COLUMNS)
            top, good, fair, poor = grades
            lines.append(Line(each, due, done, (top, good, fair, poor)))
        return Told(tuple(lines), said["months"], said["problems"], said["measures"], said["note"])


class ReturnForm(VersionedForm):
    """Why a report is sent back."""

    reason = forms.CharField(label="哪里不符", max_length=300)
