"""What ``toolkit doctor`` looks at: one function a part, none of which changes anything."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from toolkit import __version__
from toolkit.errors import ToolkitError
from toolkit.languages import LanguagePair
from toolkit.settings import Settings

_REQUIRED = ("ctranslate2", "sentencepiece", "nltk", "sumy", "typer", "jinja2", "python-docx", "sacrebleu")
_OPTIONAL = {
    "argostranslate": ("argos", "the argostranslate engine"),
    "distributed": ("cluster", "several machines"),
    "rouge_score": ("evaluation", "ROUGE"),
    "torch": ("training", "training packages"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: ``good``, ``bad`` (something does not work) or ``absent`` (an optional part, with how to get it)."""

    part: str
    state: Literal["good", "bad", "absent"]
    detail: str
    cure: str = ""


def diagnose() -> list[Finding]:
    """Look at everything; a part that fails is a finding and never stops the others."""
    checks: tuple[Callable[[], list[Finding]], ...] = (_toolkit, _libraries, _packages, _glossary, _memory, _optional)
    return [finding for check in checks for finding in _guarded(check)]


def _guarded(check: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return check()
    except ToolkitError as error:
        return [Finding(check.__name__.strip("_"), "bad", error.reason, error.cure)]


def _toolkit() -> list[Finding]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    detail = (
        f"{__version__} on Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores"
    )
    return [Finding("toolkit", "good", detail)]


def _libraries() -> list[Finding]:
    versions, missing = [], []
    for name in _REQUIRED:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return [Finding("libraries", "bad", "missing: " + ", ".join(missing), "pip install --force-reinstall toolkit")]
    return [Finding("libraries", "good", ", ".join(versions))]


def _packages() -> list[Finding]:
    from toolkit.models import PackageStore

    store = PackageStore()
    settings = Settings.load()
    pair = LanguagePair(settings.source, settings.target)
    route = store.find(pair, settings.package or None)
    used = " then ".join(f"{package.label} (sha256 {package.sha256[:12]})" for package in route.packages)
    findings = [Finding(f"package {pair}", "good", f"{used}: {route.reason}")]
    findings += [
        Finding("package", "bad", f"{item.path}: {item.error.reason}", item.error.cure) for item in store.broken()
    ]
    return findings


def _glossary() -> list[Finding]:
    from toolkit.glossary import Glossary

    settings = Settings.load()
    glossary = Glossary.builtin(LanguagePair(settings.source, settings.target))
    if not glossary.entries:
        return [Finding("term base", "absent", f"none comes along for {settings.source}→{settings.target}")]
    return [Finding("term base", "good", f"{len(glossary.entries)} entries built in, signature {glossary.signature}")]


def _memory() -> list[Finding]:
    from toolkit.memory import default_path

    settings = Settings.load()
    path = settings.memory or default_path()
    return [Finding("memory", "good", f"{path}" + ("" if settings.use_memory else " (switched off)"))]


def _optional() -> list[Finding]:
    return [
        Finding(f"extra {extra}", "good", purpose)
        if importlib.util.find_spec(module)
        else Finding(f"extra {extra}", "absent", purpose, f"pip install 'toolkit[{extra}]'")
        for module, (extra, purpose) in _OPTIONAL.items()
    ]
