"""How is this room called in Django?"""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """The room org."""

    name = "jixiao.org"
    verbose_name = "机构人员"
