"""What of a report cannot be so, and what differs from what is known?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.appraisals.checks import Known, Line, Told, contradictions, faults
from jixiao.appraisals.states import Subject

counts = st.integers(0, 50)


def line(kind: Subject, due: int, *grades: int) -> Line:
    top, good, fair, poor = grades
    return Line(kind, due, sum(grades), (top, good, fair, poor))


def told(*lines: Line, **more: object) -> Told:
    return Told(lines, **more)  # type: ignore[arg-type]


SECTIONS = line(Subject.SECTIONS, 10, 2, 6, 2, 0)


def test_a_report_that_fits_has_neither_faults_nor_contradictions() -> None:
    report = told(SECTIONS)
    assert faults(report) == contradictions(report, Known(due={Subject.SECTIONS: 10})) == ()


def test_all_faults_are_told_at_once() -> None:
    more = Line(Subject.LEADERS, 3, 5, (5, 0, 0, 0))
    unlike = Line(Subject.BELOW, 9, 9, (1, 1, 1, 1))
    assert faults(told(more, unlike, problems="有走过场")) == (
        "班子成员：已评5个，多于应评3个",
        "下属单位和村：四档合计4个，与已评9个不符",
        "发现了问题，请写明怎么改",
    )


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Known(due={Subject.SECTIONS: 12}), "职能科室应评报10个，机构库是12个"),
        (Known(due_on_site=11), "职能科室应评报10个，现场记录是11个"),
        (Known(done_on_site=4), "职能科室已评报10个，现场记录是4个"),
        (Known(findings=2), "没有报问题，本季评估反馈了2个问题"),
    ],
)
def test_what_differs_from_what_is_known_is_told_in_words(known: Known, words: str) -> None:
    assert contradictions(told(SECTIONS), known) == (words,)


def test_giving_everybody_the_best_grade_is_noticed_but_not_among_few() -> None:
    four, three = line(Subject.LEADERS, 4, 4, 0, 0, 0), line(Subject.LEADERS, 3, 3, 0, 0, 0)
    assert contradictions(told(four), Known()) == ("班子成员4个全部评为“好”，没有拉开",)
    assert contradictions(told(three), Known()) == ()


def test_all_appraised_but_not_every_month_posted_does_not_fit() -> None:
    assert contradictions(told(SECTIONS, months=1), Known()) == ("全部评完，但只有1个月自查公示",)


@given(due=counts, grades=st.tuples(counts, counts, counts, counts))
def test_only_what_adds_up_and_fits_in_is_without_fault(
    due: int, grades: tuple[int, int, int, int]
) -> None:
    found = faults(told(line(Subject.SECTIONS, due, *grades)))
    assert (found == ()) == (sum(grades) <= due)
