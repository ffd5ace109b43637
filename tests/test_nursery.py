"""The process that workers come from ends without a word, whenever its server does."""

import os
import pickle
import select
import socket
import subprocess
import sys

import pytest

from inclusive_ads import Settings
from inclusive_ads_web.settings import WebSettings


@pytest.mark.parametrize("asked", [b"", b"+", b"+ended"])
def test_a_server_that_ends_at_any_moment_leaves_no_traceback(asked: bytes) -> None:
    ours, theirs = socket.socketpair()
    one, other = socket.socketpair()
    reading, writing = os.pipe()
    with ours, theirs, one, other:
        process = subprocess.Popen(
            [sys.executable, "-m", "inclusive_ads_web.worker", str(theirs.fileno()), str(reading)],
            pass_fds=[theirs.fileno(), reading],
            stderr=subprocess.PIPE,
        )
        os.close(reading)
        theirs.close()
        with os.fdopen(writing, "wb") as given:
            pickle.dump((Settings(), WebSettings(), 3 << 30), given)
        assert select.select([ours], [], [], 120)[0], "it is not loaded"
        if asked:
            socket.send_fds(ours, [b"+"], [other.fileno()])
        if asked == b"+ended":
            assert ours.recv(5) == b"ready"
            assert len(ours.recv(4)) == 4
        ours.close()  # what was not read makes the other end see a reset, not an end
        _, errors = process.communicate(timeout=60)
    assert errors == b""
    assert process.returncode == 0
