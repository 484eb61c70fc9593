"""Where the packaged window program begins."""

import sys

from ui.app import main

if __name__ == "__main__":
    sys.exit(main())
