"""`python -m rusq` is `rusq`."""

import sys

from rusq.cli import main

if __name__ == "__main__":
    sys.exit(main())
