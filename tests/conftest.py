"""What every test may rely on: no network (``--disable-socket``), and a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packages, memories and settings of the person who runs the tests are neither read nor written."""
    home = tmp_path / "home"
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    for variable in ("ARGOS_PACKAGES_DIR", "ARGOS_PACKAGE_INDEX", "TOOLKIT_CONFIG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def seeds() -> Path:
    """The folder of the five real articles."""
    return ROOT / "seeds"
