"""``python -m toolkit`` is ``toolkit``."""

from toolkit.cli.app import main

main()
