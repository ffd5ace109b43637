"""Memory back to the system: what the C library would keep of a large request. Where it is another, nothing happens."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # of glibc's mallopt
LARGE = 256 << 10  # bytes: what is larger is given back as soon as it is free
ARENAS = 2  # by default eight for each core, each of which keeps what one large request took


def keep_little() -> None:
    """To be called once, before threads begin."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, LARGE)
        library.mallopt(_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Return what is free."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
