"""Readers that turn files of several formats into rows."""

from plugins.base import Reader, Row, register

__all__ = ["Reader", "Row", "register"]
