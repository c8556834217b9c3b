"""How is this room called in Django?"""

from django.apps import AppConfig


class ConsequencesConfig(AppConfig):
    """The room consequences."""

    name = "jixiao.consequences"
    verbose_name = "结果运用"
