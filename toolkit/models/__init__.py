"""Argos packages: read, verify, install, remove, list, pack; the index; the built-in package.

>>> from toolkit.languages import LanguagePair
>>> from toolkit.models import builtin
>>> [package.name for package in builtin.packages() if package.pair == LanguagePair("de", "en")]
['translate-de_en']
"""

from __future__ import annotations

from toolkit.models.archive import read
from toolkit.models.package import Package, PackageFiles
from toolkit.models.store import PackageStore, Route

__all__ = ["Package", "PackageFiles", "PackageStore", "Route", "read"]
