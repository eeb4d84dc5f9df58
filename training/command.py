"""What every program of the recipe does at its borders: errors become one line and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable

from toolkit.errors import ToolkitError


def run(main: Callable[[], None]) -> None:
    """Call *main*; print a `ToolkitError` as one line and leave with its exit status."""
    try:
        main()
    except ToolkitError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
