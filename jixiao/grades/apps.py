"""How is this room called in Django?"""

from django.apps import AppConfig


class GradesConfig(AppConfig):
    """The room grades."""

    name = "jixiao.grades"
    verbose_name = "个人考核"
