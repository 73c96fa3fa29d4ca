"""The command line: ``python -m nutgraf``."""

import signal
import sys

from ._nutgraf import run


def main() -> int:
    """Runs the command line on ``sys.argv`` and returns the exit code."""
    # The job runs outside the interpreter, where Python's own handler would not be heard.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
