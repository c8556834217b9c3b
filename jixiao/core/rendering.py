"""How are forms drawn?"""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms use the project's templates."""
