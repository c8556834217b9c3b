"""How is this room called in Django?"""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The room audit."""

    name = "jixiao.audit"
    verbose_name = "审计"
