"""Of which day is the list wanted?"""

from django import forms

from jixiao.core.forms import Day


class DayForm(forms.Form):
    """A day."""

    day = Day(label="日期")
