"""What is filled in to form a team, to send it somewhere, and to declare a tie?"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from jixiao.core.forms import ActionForm, Day, VersionedForm
from jixiao.org.forms.fields import UnitField
from jixiao.org.models import Person
from jixiao.visits.actions import NewTie
from jixiao.visits.models import Team, Visit
from jixiao.visits.queries.teams import home_of
from jixiao.visits.states import TieKind


def _offer(field: Any, people: QuerySet[Person]) -> None:  # noqa: ANN401 - any field of rows
    """People to choose from, with the units they come from."""
    field.queryset, field.label_from_instance = people, _with_home


def _with_home(person: Person) -> str:
    home = home_of(person)
    return f"{person.name}（{home}）" if home else person.name


class TeamForm(ActionForm):
    """A new team."""

    name = forms.CharField(label="组名", max_length=20, help_text="如“第一组”。")
    people = forms.ModelMultipleChoiceField(
        label="评估员", queryset=Person.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="至少两名；排在最前的为组长，组成后可以改。只列有评估员角色、本轮还没有编组的人。",
    )  # fmt: skip

    def __init__(self, *args: Any, free: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["people"], free)

    @property
    def facts(self) -> dict[str, Any]:
        """The people as a list."""
        return {**super().facts, "people": list(self.cleaned_data["people"])}


class NameForm(VersionedForm):
    """Another name of a team."""

    name = forms.CharField(label="组名", max_length=20)


class SeatForm(ActionForm):
    """Who joins a team."""

    person = forms.ModelChoiceField(
        label="评估员", queryset=Person.objects.none(),
        help_text="与本组所去单位有回避关系的，系统会拒绝并说明。",
    )  # fmt: skip

    def __init__(self, *args: Any, free: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["person"], free)


class AssignForm(ActionForm):
    """How units are shared out."""

    afresh = forms.BooleanField(
        label="全部重分", required=False,
        help_text="不选：只分还没有组的单位。选了：还没有出发的单位都重新分。",
    )  # fmt: skip


class VisitTeamForm(VersionedForm):
    """Which team goes to a unit."""

    team = forms.ModelChoiceField(
        label="评估组", queryset=Team.objects.none(), required=False, empty_label="暂不分组"
    )
    reason = forms.CharField(
        label="原因", max_length=200, required=False,
        help_text="仍由上年的评估员去、或已经开始后换组的，要写。",
    )  # fmt: skip

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].queryset = Team.objects.filter(round=visit.round)  # type: ignore[attr-defined]


class TieForm(ActionForm):
    """What somebody has to do with a unit."""

    person = forms.ModelChoiceField(label="评估员", queryset=Person.objects.none())
    unit = UnitField(help_text="单位名称或别名。")
    kind = forms.TypedChoiceField(
        label="关系", choices=TieKind, coerce=TieKind, initial=TieKind.RELATIVE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(
        label="说明", max_length=200, required=False,
        help_text="选“其他”的要写。不必写亲属姓名，只有本人和县绩效办看得到。",
    )  # fmt: skip
    until = Day(label="到哪天为止", required=False, help_text="不填为一直有效。")

    def __init__(self, *args: Any, speakers: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["person"]
        field.queryset = speakers
        if len(speakers) == 1:
            field.initial = speakers[0]

    def tie(self) -> NewTie:
        """The tie itself."""
        return NewTie(**{name: self.cleaned_data[name] for name in ("kind", "note", "until")})


class TieEndForm(VersionedForm):
    """When a tie ends, and why."""

    until = Day(label="最后一天", initial=timezone.localdate, help_text="不能晚于今天。")
    reason = forms.CharField(label="原因", max_length=200, help_text="如“亲属已调离”。")
