"""How is this room called in Django?"""

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """The room appraisals."""

    name = "jixiao.appraisals"
    verbose_name = "内部绩效"
