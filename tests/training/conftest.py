"""The recipe is no part of the installed toolkit: it is found in the checkout, behind whatever is installed."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))
