"""Which cases about grades are there, and what could each be decided to?"""

from jixiao.grades.models import GradeReview


def review(pk: int) -> GradeReview | None:
    """One case."""
    found = GradeReview.objects.select_related(
        "grade__table__campaign", "grade__table__unit", "grade__person", "grade__host"
    )
    return found.filter(pk=pk).first()


def better_than(row: GradeReview) -> tuple[str, ...]:
    """The grades that the person could get instead: never a worse one."""
    names = row.grade.table.campaign.grades
    return names[: names.index(row.grade.final)] if row.grade.final in names else ()
