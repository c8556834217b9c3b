"""How is this room called in Django?"""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room portal."""

    name = "jixiao.portal"
    verbose_name = "首页"
