"""Does a form count once, keep what was typed, stand beside its errors, and show who was faster?"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from django import forms
from django.db.models import Model

from jixiao.core.errors import RefusedError, RepeatedError, StaleError
from jixiao.core.forms import ActionForm, Amount, Day, VersionedForm, WholeNumber

KINDS = [("town", "乡镇"), ("zone", "园区")]


class Rename(VersionedForm):
    name = forms.CharField(label="名称", max_length=10, help_text="写全称")
    kind = forms.ChoiceField(label="类别", choices=KINDS, widget=forms.RadioSelect, required=False)
    since = Day(label="起", required=False)


class Measure(ActionForm):
    people = WholeNumber(label="人数", required=False)
    mark = Amount(label="得分", required=False)
    on = Day(label="日期", required=False)


def filled(**values: object) -> Rename:
    form = Rename({"name": "云溪镇", "version": "3", "once": "a" * 32, **values})
    form.is_valid()
    return form


def refusing(error: Exception) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


@pytest.mark.parametrize(
    ("typed", "number"),
    [("１２", 12), (" 1,024 ", 1024), ("−3", -3), ("１，０００", 1000), ("", None)],
)
def test_whole_numbers_are_read_as_people_type_them(typed: str, number: int | None) -> None:
    form = Measure({"people": typed})
    assert form.is_valid()
    assert form.cleaned_data["people"] == number


def test_amounts_too() -> None:
    form = Measure({"mark": "－１．５"})
    assert form.is_valid()
    assert form.cleaned_data["mark"] == Decimal("-1.5")


@pytest.mark.parametrize(
    "typed", ["2026-03-02", "2026/3/2", "2026.3.2", "2026年3月2日", "２０２６年３月２日"]
)
def test_days_too(typed: str) -> None:
    form = Measure({"on": typed})
    assert form.is_valid()
    assert form.cleaned_data["on"] == dt.date(2026, 3, 2)


@pytest.mark.parametrize("field", ["people", "mark", "on"])
def test_what_is_no_number_and_no_day_is_said_beside_its_field(field: str) -> None:
    form = Measure({field: "十二x"})
    assert not form.is_valid()
    assert "十二x" in form.as_div()
    assert f'id="id_{field}_error"' in form.render()


def test_each_form_shown_has_a_number_of_its_own_and_keeps_it_through_errors() -> None:
    first, second = Rename(), Rename()
    assert first["once"].value() != second["once"].value()
    assert len(first["once"].value()) <= 40
    assert 'name="once" value="' + "a" * 32 in filled(name="").render()


def test_the_number_and_the_version_carry_no_prefix() -> None:
    form = Rename({"a-name": "云溪镇", "once": "1", "version": "3"}, prefix="a")
    assert form.is_valid()
    assert form.facts == {"name": "云溪镇", "version": 3, "kind": "", "since": None}


def test_a_form_without_its_version_is_not_accepted() -> None:
    assert "version" in filled(version="").errors


def test_what_was_done_leaves_its_result() -> None:
    form = filled()
    assert form.run(lambda: 42)
    assert form.result == 42


def test_sent_twice_counts_as_done() -> None:
    assert filled().run(refusing(RepeatedError("已经提交过")))


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays() -> None:
    form = filled()
    assert not form.run(refusing(RefusedError("已有同名单位", field="name")))
    page = form.render()
    assert '<ul class="errorlist" id="id_name_error"><li>已有同名单位</li></ul>' in page
    assert 'value="云溪镇"' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("field", [None, "unknown"])
def test_a_refusal_about_the_whole_stands_on_top(field: str | None) -> None:
    form = filled()
    form.run(refusing(RefusedError("本周期已封存", field=field)))
    assert form.non_field_errors() == ["本周期已封存"]


def changed_meanwhile() -> Model:
    row = SimpleNamespace(
        name="云溪新镇", kind="zone", version=5, since=None, get_kind_display=lambda: "园区"
    )
    return cast("Model", row)


def test_after_a_change_by_somebody_else_both_versions_stand_side_by_side() -> None:
    form = filled(kind="town")
    assert not form.run(refusing(StaleError(changed_meanwhile())))
    page = form.render()
    assert "现在是：云溪新镇" in page
    assert 'value="云溪镇"' in page
    assert "现在是：园区" in page
    assert page.count("现在是：") == 2
    assert 'name="version" value="5"' in page


def test_a_field_says_what_it_is_what_helps_and_whether_it_is_required() -> None:
    page = Rename().render()
    assert '<label for="id_name">名称<i class="required">必填</i></label>' in page
    assert 'aria-describedby="id_name_helptext"' in page
    assert '<p class="help" id="id_name_helptext">写全称</p>' in page
    assert "<legend>类别</legend>" in page
    assert 'type="date"' in page
