"""What is filled in to set up a poll, to rate, to make codes and to enter papers?"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from jixiao.core.forms import ActionForm, Day, VersionedForm, WholeNumber
from jixiao.ratings.actions import Chosen, Counted, PollPlan
from jixiao.ratings.queries.polls import Line
from jixiao.ratings.questions import Question
from jixiao.ratings.states import USUAL_MINIMUM, PollKind

USUAL_DAYS = 14
"""Days that a poll is proposed with."""
Options = Iterable[tuple[Any, str]]
LEADERS_SAY = ("领导", "书记", "县长", "常委", "四套班子")
RESIDENTS_SAY = ("居民", "群众", "服务对象", "公众", "社会", "企业", "村")


class PlanForm(ActionForm):
    """A poll; what can be read off the scheme is filled in already."""

    name = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=PollKind.choices)
    codes = forms.MultipleChoiceField(
        label="评什么", widget=forms.CheckboxSelectMultiple,
        help_text="同一批人一次评几项的，一起选上，一张票评完。",
    )  # fmt: skip
    group = forms.ChoiceField(
        label="由哪一组评", required=False, help_text="双向评议时选；不评自己。"
    )
    leaders = forms.TypedMultipleChoiceField(
        label="由哪些领导评", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="领导评价、领导排名时用；一位也不选的，由全体县领导评。",
    )  # fmt: skip
    raters = forms.CharField(
        label="谁来评", max_length=60, required=False,
        help_text="居民评议、民主测评时写，如：办事群众、村（社区）代表。",
    )  # fmt: skip
    opens_on = Day(label="开始日期")
    closes_on = Day(label="截止日期")
    minimum = WholeNumber(
        label="最少几人", initial=USUAL_MINIMUM,
        help_text="有效评价不到这么多人的，不显示、也不采用，免得猜出是谁评的。",
    )  # fmt: skip
    ballots = WholeNumber(
        label="每个评议人几票", initial=1, help_text="单位有几位班子成员分别评的，写几票。"
    )
    offers_unknown = forms.BooleanField(
        label="可选“不了解”（不算有效票）", required=False, initial=True
    )

    def __init__(
        self, *args: Any, asked: Sequence[Question], groups: Options, leaders: Options,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["codes"].choices = [(each.code, f"{each.code} {each.name}") for each in asked]
        fields["group"].choices = [("", "—"), *groups]
        fields["leaders"].choices = leaders

    def plan(self, round_code: str) -> PollPlan:
        """What was filled in."""
        said = self.facts
        return PollPlan(
            round=round_code,
            **said
            | {
                "kind": PollKind(said["kind"]),
                "codes": tuple(said["codes"]),
                "leaders": tuple(said["leaders"]),
            },
        )


def proposed(asked: Question, *, title: str, groups: Options) -> dict[str, Any]:
    """What the scheme already tells about a poll on this question."""
    today, by = timezone.localdate(), asked.rated_by
    own = next((value for value, _ in groups if value and value in by), "")
    return {
        "name": f"{title}{by or ''}评议"[:60],
        "kind": _likely(asked, is_group=bool(own)),
        "codes": [asked.code],
        "group": own,
        "raters": by,
        "opens_on": today,
        "closes_on": today + timedelta(USUAL_DAYS),
    }


def _likely(asked: Question, *, is_group: bool) -> PollKind:
    if asked.is_ranking:
        return PollKind.RANKING
    if any(word in asked.rated_by for word in LEADERS_SAY):
        return PollKind.LEADERS
    if any(word in asked.rated_by for word in RESIDENTS_SAY):
        return PollKind.RESIDENTS
    return PollKind.MUTUAL if is_group else PollKind.STAFF


class BallotForm(ActionForm):
    """A ballot: one choice a line; for a ranking, one place a line."""

    def __init__(
        self, *args: Any, lines: Sequence[Line], is_ranking: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lines = {f"r{line.rated.pk}q{line.question.pk}": line for line in lines}
        several = len({line.question.pk for line in lines}) > 1
        sizes: dict[str, int] = {}
        for line in lines:
            sizes[line.rated.group] = sizes.get(line.rated.group, 0) + 1
        for name, line in self.lines.items():
            offered = line.options[: sizes[line.rated.group]] if is_ranking else line.options
            choices = [(each.pk, each.label) for each in offered]
            self.fields[name] = forms.TypedChoiceField(
                label=f"{line.rated}：{line.question}" if several else str(line.rated),
                choices=[("", "第几名"), *choices] if is_ranking else choices,
                widget=forms.Select if is_ranking else forms.RadioSelect,
                coerce=int, empty_value=None, required=is_ranking,
            )  # fmt: skip

    @property
    def choices(self) -> list[Chosen]:
        """What was chosen."""
        said = {name: self.cleaned_data.get(name) for name in self.lines}
        return [
            Chosen(self.lines[name].rated.pk, option)
            for name, option in said.items()
            if option is not None
        ]


class CodeForm(ActionForm):
    """The code of somebody whom nobody knows."""

    code = forms.CharField(
        label="评议码", max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text="纸条上的12位数字。",
    )  # fmt: skip


class MakeCodesForm(ActionForm):
    """How many codes, for rating whom."""

    count = WholeNumber(label="发几个", min_value=1)
    rated = forms.TypedChoiceField(
        label="评谁", required=False, coerce=int, empty_value=None,
        help_text="只评一个单位的（如本乡镇居民评本乡镇），选上；不选的，一张票评所有单位。",
    )  # fmt: skip

    def __init__(self, *args: Any, rated: Options, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rated"].choices = [("", "所有单位"), *rated]  # type: ignore[attr-defined]


class PapersForm(ActionForm):
    """How many papers, and how many of them said what."""

    papers = WholeNumber(label="这一批几张", min_value=1)

    def __init__(self, *args: Any, lines: Sequence[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        self.cells = {
            f"r{line.rated.pk}o{option.pk}": (line, option.pk)
            for line in lines
            for option in line.options
        }
        for name, (line, number) in self.cells.items():
            label = next(each.label for each in line.options if each.pk == number)
            self.fields[name] = WholeNumber(
                label=f"{line.rated} {line.question} {label}", required=False, min_value=0,
                max_value=10**6,
            )  # fmt: skip
        self.rows = [
            (line, [self[f"r{line.rated.pk}o{o.pk}"] for o in line.options]) for line in lines
        ]

    @property
    def counts(self) -> list[Counted]:
        """What was counted; an empty cell is nought."""
        return [
            Counted(line.rated.pk, option, self.cleaned_data[name])
            for name, (line, option) in self.cells.items()
            if self.cleaned_data.get(name)
        ]


class ExtendForm(VersionedForm):
    """Another last day."""

    closes_on = Day(label="新的截止日期")
    reason = forms.CharField(label="原因", max_length=300)


class ReasonForm(VersionedForm):
    """Why it is withdrawn or sent back."""

    reason = forms.CharField(label="原因", max_length=300)
