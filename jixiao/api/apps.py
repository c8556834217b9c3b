"""How is this room called in Django?"""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The room api."""

    name = "jixiao.api"
    verbose_name = "接口"
