"""How is this room called in Django?"""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room notices."""

    name = "jixiao.notices"
    verbose_name = "消息公示"
