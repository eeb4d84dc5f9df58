"""Decoders behind one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.engines.base import Engine
    from toolkit.models import Package, Route

__all__ = ["open_engine", "open_route"]


def open_engine(package: Package, *, threads: int | None = None) -> Engine:
    """Load a package's model (*threads*: batches decoded at the same time, all cores by default).

    Raises:
        PackageError: It cannot be loaded.
    """
    from toolkit.engines.ctranslate2 import CTranslate2Engine

    return CTranslate2Engine(package, threads=threads)


def open_route(route: Route, *, threads: int | None = None) -> Engine:
    """Load what a route needs: one engine, or two in a row for a route through English.

    Raises:
        PackageError: A package cannot be loaded.
    """
    from toolkit.engines.pivot import PivotEngine

    engines = [open_engine(package, threads=threads) for package in route.packages]
    return engines[0] if len(engines) == 1 else PivotEngine(*engines)
