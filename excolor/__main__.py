"""The command `python -m excolor`, which is also installed as `excolor`."""

import sys

from excolor.report.command import main

sys.exit(main())
