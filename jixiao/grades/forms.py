"""What is filled in to lay out an appraisal, to fill in a table, to move it on, to sign and to decide?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from jixiao.core.filled import FilledForm
from jixiao.core.forms import ActionForm, Amount, Day, VersionedForm, WholeNumber
from jixiao.grades.actions import CampaignPlan, Filled, FromAbove, Ruling
from jixiao.grades.sheet import LONGEST, Answer, Line
from jixiao.grades.states import (
    APPEAL_DAYS,
    APPEAL_DECIDE_DAYS,
    DECIDE_DAYS,
    GOOD_LEAST,
    NOTICE_WORKDAYS,
    REVIEW_DAYS,
    CampaignKind,
    Category,
    Rounding,
    RoutineRule,
    Signature,
)

HUNDREDTH = 100
"""Ten-thousandths in one percent."""
Options = Iterable[tuple[Any, str]]


def _long(label: str, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea({"rows": 3}), **more
    )  # fmt: skip


def _days(label: str, initial: int, help_text: str = "") -> WholeNumber:
    return WholeNumber(
        label=label, initial=initial, min_value=0, max_value=365, help_text=help_text
    )


def _percent(label: str, help_text: str) -> Amount:
    return Amount(
        label=f"{label}（%）", min_value=0, max_value=100, max_digits=5, decimal_places=2,
        help_text=help_text,
    )  # fmt: skip


class PlanForm(ActionForm):
    """An appraisal with its parameters; most stand as the rules have them."""

    year = WholeNumber(label="年度", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="考核类别", choices=CampaignKind)
    category = forms.ChoiceField(label="人员类别", choices=Category)
    period = forms.CharField(label="考核期", max_length=20, help_text="如：全年、第三季度。")
    on = Day(label="人员基准日", help_text="这一天的任职决定谁在哪个单位的表里。")
    due_on = Day(label="单位报送期限")
    document = forms.CharField(label="依据文件", max_length=60, required=False)
    share = _percent("一般比例", "最高等次的人数比例。")
    most = _percent("未经批准的上限", "单位等次给的比例再高，没有批准也不超过它。")
    cap = _percent("经批准的上限", "逐个单位写明批准文号才用得上。")
    rate_name = forms.ChoiceField(
        label="按单位等次定比例", required=False,
        help_text="用绩效考评办法里的比例；没有公布本年度结果的单位先用一般比例。",
    )  # fmt: skip
    rounding = forms.ChoiceField(label="取整", choices=Rounding, initial=Rounding.FLOOR)
    counts_ungraded = forms.BooleanField(
        label="参加不定等次的人计入应参加人数", required=False, initial=True
    )
    notice_workdays = _days("公示工作日", NOTICE_WORKDAYS, "年度优秀不少于5个工作日；填0不公示。")
    routine_rule = forms.ChoiceField(
        label="平时考核的作用", choices=RoutineRule, initial=RoutineRule.WARN,
        help_text="评优秀要当年平时考核“好”较多，没有“一般”“较差”。",
    )  # fmt: skip
    good_least = _days("至少几次“好”", GOOD_LEAST)
    review_days = _days("最低等次申请复核天数", REVIEW_DAYS, "《公务员法》第九十五条：三十日。")
    other_days = _days("其他等次申请复核天数", 0, "法律没有规定；县里给这项权利的填天数。")
    decide_days = _days("复核决定天数", DECIDE_DAYS)
    appeal_days = _days("不服复核决定的申诉天数", APPEAL_DAYS)
    appeal_decide_days = _days("申诉决定天数", APPEAL_DECIDE_DAYS)

    units = forms.TypedMultipleChoiceField(
        label="只在这些单位",
        required=False,
        coerce=int,
        help_text="专项考核可以只选几个；不选为全部。",
    )

    def __init__(self, *args: Any, rates: Iterable[str], units: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]
        choices = [("", "不用，都按一般比例"), *((each, each) for each in rates)]
        self.fields["rate_name"].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> CampaignPlan:
        """The appraisal as the action takes it."""
        told = self.facts
        shares = {name: int(told[name] * HUNDREDTH) for name in ("share", "most", "cap")}
        return CampaignPlan(**(told | shares))


class ApproveForm(VersionedForm):
    """By which meeting or document."""

    document = forms.CharField(label="审定依据", max_length=60, help_text="哪次会议、哪份文件。")


class ReasonForm(VersionedForm):
    """Why."""

    reason = _long("理由", 300)


class RaiseForm(VersionedForm):
    """A higher share for one unit."""

    share = _percent("批准的比例", "")
    document = forms.CharField(label="批准文号", max_length=60)

    @property
    def facts(self) -> dict[str, Any]:
        """The share in ten-thousandths."""
        told = super().facts
        return told | {"share": int(told["share"] * HUNDREDTH)}


MOVE_FORMS: dict[str, type[VersionedForm]] = {
    "submit": VersionedForm, "publicize": VersionedForm, "approve": ApproveForm,
    "notify": VersionedForm, "close": VersionedForm, "send_back": ReasonForm,
    "keep_basis": ReasonForm, "raise_share": RaiseForm,
}  # fmt: skip
"""The form of every move."""


class TakeInForm(ActionForm):
    """Somebody whom the list does not have."""

    person = forms.TypedChoiceField(label="人员", coerce=int)

    def __init__(self, *args: Any, people: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]


class SecondForm(VersionedForm):
    """Where somebody works meanwhile."""

    host = forms.TypedChoiceField(label="接收单位", coerce=int)

    def __init__(self, *args: Any, units: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["host"].choices = [("", "请选择"), *units]  # type: ignore[attr-defined]


class SecondedForm(VersionedForm):
    """What the receiving unit proposes."""

    value = forms.ChoiceField(label="等次")
    comment = _long("评语", LONGEST, required=False)

    def __init__(self, *args: Any, grades: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "请选择"), *((each, each) for each in grades)]
        self.fields["value"].choices = choices  # type: ignore[attr-defined]


class SignForm(VersionedForm):
    """What the person says to the grade."""

    agrees = forms.ChoiceField(
        label="意见", choices=(("yes", "同意"), ("no", "有不同意见")), widget=forms.RadioSelect
    )
    opinion = _long("写明意见", 500, required=False, help_text="有不同意见的要写；同意的可不写。")

    @property
    def facts(self) -> dict[str, Any]:
        """The choice as the action takes it."""
        told = super().facts
        return told | {"agrees": told["agrees"] == "yes"}


class WitnessForm(VersionedForm):
    """What was signed on paper, or that it was not."""

    signature = forms.ChoiceField(
        label="签收情况",
        choices=[each for each in Signature.choices if each[0] != Signature.NONE],
    )
    opinion = _long("本人在纸上写的意见", 500, required=False)
    witness = forms.CharField(
        label="见证人和情况", max_length=200, required=False,
        help_text="没有签字的要写：两名见证人、什么时候、怎样送达。",
    )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        """The choice as the action takes it."""
        told = super().facts
        return told | {"signature": Signature(told["signature"])}


class ClaimForm(VersionedForm):
    """Why the grade is not accepted."""

    claim = _long("理由", 2000)
    is_direct = forms.BooleanField(
        label="不经复核，直接申诉", required=False, help_text="一般先复核；也可以直接申诉。"
    )


class RulingForm(VersionedForm):
    """What is decided about a review."""

    after = forms.ChoiceField(label="决定", required=False)
    decision = _long("理由", 2000)

    def __init__(self, *args: Any, better: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "维持原等次"), *((each, f"改为{each}") for each in better)]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]

    def ruling(self) -> Ruling:
        """As the action takes it."""
        return Ruling(self.cleaned_data["decision"], self.cleaned_data["after"])


class ObjectionForm(ActionForm):
    """What somebody knows about a person who is shown."""

    text = _long("反映的情况", 1000, help_text="写事实。是谁反映的只有审定部门知道。")


class FindingForm(VersionedForm):
    """What was found out."""

    finding = _long("核实情况", 1000)


@dataclass(frozen=True)
class Drawn:
    """One row of the table on the page."""

    line: Line
    value: str
    comment: str
    fault: str
    is_changed: bool


class GradesForm(FilledForm):
    """The table of a unit; with a file it is filled in from there, and nothing is saved yet."""

    file_name = "个人考核"

    @property
    def rows(self) -> list[Filled]:
        """The changes, as the unit's action takes them."""
        return [
            Filled(each.line.number, each.value, each.comment, self._base(each.line))
            for each in self.changes
        ]

    @property
    def rows_from_above(self) -> list[FromAbove]:
        """The changes, as the import from the organization department takes them."""
        return [
            FromAbove(each.line.number, each.value, each.comment)
            for each in self.changes
            if each.value
        ]

    def drawn(self) -> Iterator[Drawn]:
        """The table as the page shows it."""
        for line in self.sheet.lines:
            said = self.answers.get(line.number) or Answer(line, line.value, line.comment)
            fault = self.faults.get(line.number, "")
            yield Drawn(line, said.value, said.comment, fault, said.is_change)

    def _typed(self, line: Line) -> Answer:
        if line.locked:
            return Answer(line, line.value, line.comment)
        value = self.data.get(f"v-{line.number}", line.value).strip()
        comment = self.data.get(f"c-{line.number}", line.comment).strip()[:LONGEST]
        if fault := self.sheet.fault(line, value):
            self.faults[line.number] = "，".join(filter(None, fault))
        return Answer(line, value, comment)


class AboveForm(GradesForm):
    """The same table of everybody who is graded above, with the document."""

    document = forms.CharField(label="组织部门的文号", max_length=60, required=False)
