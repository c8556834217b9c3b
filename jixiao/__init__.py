"""Jixiao 绩效: a scheme is data, marks are a sheet, a result is the scheme applied to the sheet."""

__version__ = "0.1.0"
