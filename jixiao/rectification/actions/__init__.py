"""What can be done about findings? Each file is one part of the way."""

from jixiao.rectification.actions.telling import tell_cases

__all__ = ["tell_cases"]
