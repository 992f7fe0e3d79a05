"""The sources: of each one module, or a package where there are several tables, and its description beside it.

A source is added by putting these two here, and its tables into ``data/tables``.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from bilateral.build.source import Source


def _found() -> list[Source]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return sorted((module.SOURCE for module in modules), key=lambda source: (source.about.order, source.name))


SOURCES: Final[dict[str, Source]] = {source.name: source for source in _found()}
"""All sources, by name."""
