"""One thread for all that is measured here: threads that wait for one another by counting cost processor time, too."""

import os

from grader.sandbox.command import ONE_THREAD

os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
