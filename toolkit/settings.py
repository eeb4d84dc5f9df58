"""One frozen `Settings` for everything a run can be told: defaults < TOML file < environment < flags.

The TOML file is ``toolkit.toml`` in the working folder, or the one named by ``TOOLKIT_CONFIG``; environment variables
are ``TOOLKIT_`` and the field's name in capitals (``TOOLKIT_BEAM_SIZE=2``). An unknown key is an error.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from toolkit.errors import InputError

PREFIX = "TOOLKIT_"
FILE = "toolkit.toml"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; every field is also a flag of the commands it concerns.

    ``source`` and ``target`` are language tags. ``package`` is the name of an installed package or a path ("" for the
    best one). ``glossary`` lists term bases, later ones over earlier ones, all over the built-in one unless
    ``builtin_glossary`` is off. Decoding fields left ``None`` are the package's own. ``threads`` 0 means all cores.
    ``max_size`` is in megabytes (2**20 bytes) a file.
    """

    source: str = "de"
    target: str = "en"
    package: str = ""
    glossary: tuple[str, ...] = ()
    builtin_glossary: bool = True
    memory: str = ""
    use_memory: bool = True
    beam_size: int | None = None
    length_penalty: float | None = None
    threads: int = 0
    drop_boilerplate: bool = False
    max_size: int = 10

    def updated(self, where: str, values: Mapping[str, Any]) -> Settings:
        """A copy with *values* set; each is converted to the field's type.

        >>> Settings().updated("flags", {"beam_size": "2"}).beam_size
        2
        >>> Settings().updated("toolkit.toml", {"beamsize": 2})
        Traceback (most recent call last):
        ...
        toolkit.errors.InputError: toolkit.toml: unknown setting 'beamsize'. Cure: did you mean 'beam_size'?

        Raises:
            InputError: An unknown key, or a value of another type.
        """
        types = {field.name: str(field.type) for field in fields(self)}
        converted = {}
        for name, value in values.items():
            if name not in types:
                near = difflib.get_close_matches(name, types, 1)
                cure = f"did you mean {near[0]!r}?" if near else "known are: " + ", ".join(sorted(types))
                raise InputError(f"unknown setting {name!r}", where=where, cure=cure)
            converted[name] = _convert(value, types[name], where, name)
        return replace(self, **converted)

    @classmethod
    def load(cls, flags: Mapping[str, Any] | None = None, *, folder: Path | None = None) -> Settings:
        """Defaults, then the TOML file, then the environment, then those *flags* that are not ``None``."""
        settings = cls()
        named = os.environ.get(PREFIX + "CONFIG")
        path = Path(named) if named else (folder or Path()) / FILE
        if named or path.is_file():
            settings = settings.updated(str(path), _read_toml(path))
        names = {field.name for field in fields(cls)}
        environment = {
            key[len(PREFIX) :].lower(): value
            for key, value in os.environ.items()
            if key.startswith(PREFIX) and key[len(PREFIX) :].lower() in names
        }
        settings = settings.updated("environment", environment)
        return settings.updated("command line", {k: v for k, v in (flags or {}).items() if v is not None})


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), cure="check TOOLKIT_CONFIG") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not TOML: {error}", where=str(path), cure="mend the line named") from error


_BOOLEANS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _convert(value: Any, kind: str, where: str, name: str) -> Any:
    try:
        if kind == "bool":
            return _BOOLEANS[str(value).lower()]
        if kind.startswith("tuple"):
            return tuple(value.split(os.pathsep)) if isinstance(value, str) else tuple(map(str, value))
        if kind.startswith("int"):
            return int(value)
        if kind.startswith("float"):
            return float(value)
        return str(value)
    except (KeyError, ValueError, TypeError) as error:
        expected = kind.removesuffix(" | None")
        raise InputError(f"{name} = {value!r} is not of type {expected}", where=where, cure="correct it") from error
