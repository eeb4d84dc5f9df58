"""``toolkit doctor``: what is here, what would be used and why, and what could be added."""

from __future__ import annotations

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors


def doctor(as_json: options.Json = False) -> None:
    """Check the installation: versions, packages, term base, memory, optional parts. Exit 4 when nothing translates."""
    from dataclasses import asdict

    from toolkit.cli.console import put_json, put_table
    from toolkit.cli.diagnosis import diagnose

    with report_errors():
        findings = diagnose()
        if as_json:
            put_json({"schema_version": 1, "findings": [asdict(finding) for finding in findings]})
        else:
            put_table(
                ("part", "state", "detail"),
                [(f.part, f.state, f.detail + (f" → {f.cure}" if f.cure else "")) for f in findings],
            )
        if any(finding.state == "bad" for finding in findings):
            raise typer.Exit(4)
