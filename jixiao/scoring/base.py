"""What do all parts of a scheme document have in common?"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen piece of a scheme document; unknown words are errors, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Kind(Part):
    """One kind of a closed union, chosen by ``kind``; its docstring is the sentence users read."""

    label: ClassVar[str]
    """The Chinese name of the kind, the same in YAML, Excel and on screen."""
