"""``python -m shelterdesk.cli``."""

import sys

from shelterdesk.cli import main

sys.exit(main())
