"""Which appraisals are held, which tables does each have, and which grade did each person get?"""

from jixiao.grades.models.campaigns import Campaign, Objection, TableStep, UnitTable
from jixiao.grades.models.grades import Grade, GradeReview

__all__ = ["Campaign", "Grade", "GradeReview", "Objection", "TableStep", "UnitTable"]
