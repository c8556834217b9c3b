"""How are forms drawn? Label, control, then what is wrong, what others wrote, and help beside it."""

from django.forms import BoundField
from django.forms.renderers import DjangoTemplates


class Field(BoundField):
    """A field that can also show what stands in the row now, after somebody else changed it."""

    @property
    def current(self) -> str:
        """The present value in words; empty unless the form met a change by somebody else."""
        now: dict[str, str] = getattr(self.form, "current", {})
        return now.get(self.name, "")


class Renderer(DjangoTemplates):
    """Every form of the platform looks the same, those of libraries too."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = Field
