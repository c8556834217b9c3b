"""How is this room called in Django?"""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """The room results."""

    name = "jixiao.results"
    verbose_name = "得分等次"
