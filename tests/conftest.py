"""What all tests share."""

from __future__ import annotations

import signal

# A shell starts a background job with SIGINT ignored, and all it starts inherits that; tests here interrupt processes.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
