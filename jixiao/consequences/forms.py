"""What is filled in to write a rule, to draw up lists, to propose and to decide?"""

from collections.abc import Iterable
from typing import Any

from django import forms

from jixiao.consequences.actions import MeasureText
from jixiao.consequences.states import Purpose, Verdict
from jixiao.core.forms import ActionForm, Amount, Day, VersionedForm

Options = Iterable[tuple[Any, str]]


def _long(label: str, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **more)


class DrawForm(ActionForm):
    """Until which day findings are counted."""

    counted_on = Day(
        label="问题数统计到哪天", required=False,
        help_text="只有规定用到问题数时才有影响；不填为审定会议那天",
    )  # fmt: skip


class MeasureForm(ActionForm):
    """A rule of the county."""

    line = forms.TypedChoiceField(label="哪个办法", coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(label="用于", choices=Purpose)
    text = _long(
        "规则", 10, max_length=8000,
        help_text="写法与办法里的“结果运用”相同。单位的问题数系统自己数："
        "问题总数、未整改问题、逾期未整改、反弹问题、重复问题、预扣分问题",
    )  # fmt: skip
    document = forms.CharField(label="文号", max_length=60)
    since = Day(label="施行日期", help_text="施行日期所在年度起的结果适用，不溯及以前")

    def __init__(self, *args: Any, lines: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]

    def written(self) -> MeasureText:
        """The rule as it was filled in."""
        facts = self.cleaned_data
        return MeasureText(Purpose(facts["kind"]), facts["text"], facts["document"], facts["since"])


class EndForm(VersionedForm):
    """Until when a rule holds, and why no longer."""

    until = Day(label="施行到哪天")
    reason = forms.CharField(label="为什么停止", max_length=300)


class AmountForm(VersionedForm):
    """What the county itself has fixed."""

    amount = Amount(label="每系数金额（元）", max_digits=10, decimal_places=2)
    document = forms.CharField(label="文号", max_length=60)


class ProposeForm(ActionForm):
    """About whom, what."""

    person = forms.TypedChoiceField(label="对谁", coerce=int, widget=forms.RadioSelect)
    proposal = _long("拟如何", 3, max_length=300, help_text="如：取消2026年度评优评先资格")

    def __init__(self, *args: Any, people: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class DecideForm(VersionedForm):
    """A person's verdict."""

    verdict = forms.TypedChoiceField(
        label="决定", choices=Verdict, coerce=Verdict, widget=forms.RadioSelect
    )
    reason = _long("理由", 3, max_length=1000, help_text="会告知本人；与本人有亲属等关系的，请回避")


class WithdrawForm(VersionedForm):
    """Why it is not proposed any more."""

    reason = forms.CharField(label="为什么撤回", max_length=300)


class TellForm(VersionedForm):
    """How the person was told."""

    note = forms.CharField(
        label="怎样告知", max_length=200, required=False, help_text="如：当面送达书面通知"
    )


MOVE_FORMS: dict[str, type[VersionedForm]] = {
    "decide": DecideForm,
    "again": DecideForm,
    "tell": TellForm,
    "withdraw": WithdrawForm,
}
"""The form of each move."""
