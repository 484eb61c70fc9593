"""Where the packaged shelterdesk-cli begins."""

import sys

from shelterdesk.cli import main
from shelterdesk.scans import apart

if __name__ == "__main__":
    sys.exit(apart.main() if sys.argv[1:] == [apart.WORD] else main())
