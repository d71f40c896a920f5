"""``python -m usru`` is the ``usru`` command."""

import sys

from usru.cli import main

sys.exit(main())
