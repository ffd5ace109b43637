"""Fuzzing, guided by coverage: every target of `fuzz_targets.py`, one after the other.

    python -m benchmarks.fuzz --minutes 60                  share an hour between all targets
    python -m benchmarks.fuzz --minutes 5 document http     these only

Inputs that teach the fuzzer something are kept in build/fuzz/corpus (or $FUZZ_FOLDER/corpus), and used as a start the
next time. Whatever escapes is kept in found/ beside it with its traceback, once for each place in the code, and the
fuzzer goes on; an input that takes more than 10 seconds counts as found, too. The exit status is 1 where anything was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = Path(os.environ.get("FUZZ_FOLDER", ROOT / "build" / "fuzz"))
CORPUS, FOUND = BUILD / "corpus", BUILD / "found"
NAMES = ("document", "word", "advert", "phrase", "lexicon", "settings", "evidence", "batch", "lines", "http", "wire")
LONGEST = {"document": 20_000, "word": 20_000, "phrase": 60, "advert": 400, "http": 4_000, "wire": 4_000}
SLOW, HANG = 10, 300  # seconds of the processor; seconds of the clock, however busy the machine is
HEAVY = 200  # MB that one input may add to the most that was held so far


def seeds(name: str) -> list[bytes]:
    """Where the fuzzer starts: files of the project, in the shape that the target expects."""

    def files(folder: str, *endings: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted((ROOT / folder).rglob("*")) if path.suffix in endings]

    yaml = [data for data in files("lexicons", ".yaml") + files("examples", ".yaml") if len(data) < 20_000]
    nasty = files("tests/nasty", ".txt", ".md", ".html", ".docx", ".pdf")
    page = b"<h1>A post</h1><ul><li>We want a <b>salesman</b> &amp; he<br>manages</ul><table><tr><td>x</table>"
    csv = files("examples", ".csv")
    xml = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr>'
        b'<w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A salesman</w:t></w:r><w:ins><w:r><w:t>he</w:t><w:tab/><w:br/>'
        b"</w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr>"
        b"</w:tbl><w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>chairman</w:t></w:r></w:hyperlink></w:p>"
        b"</w:sdtContent></w:sdt></w:body></w:document>"
    )
    asked = (
        b'{"text": "A chairman."}',
        b'{"text": "<p>he</p>", "format": "html", "post": {"grade": "SEO"}, "accept": {"1": 0}}\n',
    )
    form = b'--b\r\nContent-Disposition: form-data; name="document"; filename="a.html"\r\n\r\n<p>he</p>\r\n--b--\r\n'
    requests = [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /api/v2/check HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
        b"POST /result HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
    ]
    return {
        "document": [bytes((form, 0)) + data for form in range(6) for data in (*nasty, page)],
        "word": [b"\0" + xml],
        "lexicon": [b"\0" + data for data in yaml] + [b"\1" + bytes(range(n, n + 60)) for n in range(0, 180, 9)],
        "settings": yaml,
        "evidence": [*csv, b"\n----\n".join(csv[:2]), b"\n----\n".join(csv[1:3])],
        "batch": [b'{"id": 1, "text": "he", "findings": []}\n', b"id,text\n1,he\n", *csv],
        "http": [
            bytes((path, 1, kind, 0)) + body
            for path in range(21)
            for kind, body in enumerate((asked[0], form, b"source=aGU%3D&again=1&kind=docx", asked[1]))
        ],
        "wire": requests,
    }.get(name, [bytes((n * m) % 256 for n in range(60)) for m in range(1, 40)])


def keep(name: str, data: bytes, error: BaseException) -> None:
    """Store an input that escaped, unless one at the same place is known."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    known = FOUND / name / f"{place}.bin"
    if not known.exists() or known.stat().st_size > len(data):
        known.write_bytes(data)
        known.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        print(f"found {known}", flush=True)


def most_held() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(name: str, seconds: int) -> None:
    """One target, in this process; does not come back."""
    import atheris

    with atheris.instrument_imports(include=["inclusive_ads", "inclusive_ads_web"]):
        from benchmarks.fuzz_targets import TARGETS
    target: Callable[[bytes], None] = TARGETS[name]
    for data in (b"", *seeds(name)[:3]):  # what is loaded once is not part of an input's time
        with suppress(Exception):
            target(data)

    def one(data: bytes) -> None:
        begun, held = time.process_time(), most_held()
        try:
            target(data)
            taken, more = time.process_time() - begun, most_held() - held
            assert taken < SLOW, f"{taken:.0f} seconds"
            assert more < HEAVY, f"{more:.0f} MB"
        except Exception as error:
            keep(name, data, error)

    place, slow = CORPUS / name, FOUND / name
    for folder in (place, slow):
        folder.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (place / hashlib.sha1(data).hexdigest()).write_bytes(data)
    arguments = (
        f"-max_total_time={seconds}",
        f"-timeout={HANG}",
        f"-report_slow_units={HANG}",
        f"-artifact_prefix={slow}/slow-",
        "-print_final_stats=1",
        "-rss_limit_mb=4096",
        f"-max_len={LONGEST.get(name, 8_000)}",
    )
    atheris.Setup([sys.argv[0], *arguments, str(place)], one)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", default=NAMES, metavar="TARGET", help=", ".join(NAMES))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--one", type=int, metavar="SECONDS", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        run(given.targets[0], given.one)
    share = given.minutes * 60 / len(given.targets)
    print(f"{'target':10} {'seconds':>8} {'inputs':>10} {'found':>6}", flush=True)
    before = {path for path in FOUND.rglob("*") if path.is_file()}
    for name in given.targets:
        begun, inputs = time.monotonic(), 0
        BUILD.mkdir(parents=True, exist_ok=True)
        log = BUILD / f"{name}.log"
        while (left := share - (time.monotonic() - begun)) > 1:
            command = [sys.executable, "-m", "benchmarks.fuzz", name, "--one", str(max(1, int(left)))]
            with log.open("w", encoding="utf-8") as out:
                path = os.pathsep.join((str(ROOT), str(ROOT / "web"), os.environ.get("PYTHONPATH", "")))
                done = subprocess.run(
                    command, stdout=out, stderr=out, env={**os.environ, "PYTHONPATH": path}, check=False
                )
            text = log.read_text(encoding="utf-8", errors="replace")
            inputs += max(
                map(int, re.findall(r"^(?:#|stat::number_of_executed_units: *)(\d+)", text, re.MULTILINE)), default=0
            )
            if done.returncode and "Test unit written" not in text and "ALARM" not in text:
                sys.exit(f"The fuzzer itself failed on '{name}':\n{text[-3000:]}")
        found = sum(
            path.suffix != ".txt" and path not in before for path in (FOUND / name).rglob("*") if path.is_file()
        )
        print(f"{name:10} {time.monotonic() - begun:8.0f} {inputs:10,} {found:6}", flush=True)
    sys.exit(any(path.is_file() and path not in before for path in FOUND.rglob("*")))


if __name__ == "__main__":
    main()
