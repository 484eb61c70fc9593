"""Where the packaged shelterdesk-cli begins."""

import sys

from shelterdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
