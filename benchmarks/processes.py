"""The server in one process and in several behind nginx: checks a second, and that the answers are the same.

    python -m benchmarks.processes --most 4

The client and nginx run on the same machine, so that on two cores two processes cannot be twice as fast as one: what
they leave each other is said beside it, as processor time. Every process has one secret, and a form that one process
gave is sent to all of them. Needs nginx (Debian: apt-get install nginx-light).
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.adverts import make_adverts
from benchmarks.load import JSON, Person, free_port, near_worst, server
from benchmarks.peers import real_adverts

CLIENTS = 8
OFTEN = "1000000 per minute"
CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream checkers {{ {servers} keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://checkers;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_buffering off;
            proxy_request_buffering off;
            client_max_body_size 8m;
        }}
    }}
}}
"""


@contextmanager
def proxy(ports: list[int]) -> Iterator[int]:
    """nginx in front of servers, by turns; its port."""
    with TemporaryDirectory() as folder:
        port = free_port()
        servers = " ".join(f"server 127.0.0.1:{each};" for each in ports)
        place = Path(folder) / "nginx.conf"
        place.write_text(CONFIGURATION.format(folder=folder, servers=servers, port=port), encoding="utf-8")
        process = subprocess.Popen(["nginx", "-p", folder, "-e", f"{folder}/error.log", "-c", str(place)])
        try:
            while Person(port, 0, []).ask("GET", "/api/v2/ready").status != 200:
                if process.poll() is not None:
                    sys.exit("nginx does not start.")
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait()


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Processor time that a process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def send_all(port: int, bodies: list[bytes]) -> tuple[float, list[float], list[bytes]]:
    """Seconds for all, seconds for each, and the answers, with `CLIENTS` connections at a time."""
    times, answers = [0.0] * len(bodies), [b""] * len(bodies)
    numbers = iter(range(len(bodies)))
    refused: Counter[int] = Counter()

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in numbers:  # the next of an iterator is one step: no two clients get the same
            began = time.perf_counter()
            line.request("POST", "/api/v2/check", bodies[number], JSON)
            answer = line.getresponse()
            answers[number] = answer.read()
            times[number] = time.perf_counter() - began
            refused.update([answer.status] if answer.status != 200 else [])
        line.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused or not all(answers):
        sys.exit(f"Not every advert was answered: {dict(refused)}, {answers.count(b'')} without an answer.")
    return time.perf_counter() - began, times, answers


def measure(number: int, bodies: list[bytes]) -> tuple[dict[str, float], list[bytes]]:
    """Figures of so many processes behind the proxy, and the answers."""
    with ExitStack() as stack:
        ports = [free_port() for _ in range(number)]
        settings = {
            "INCLUSIVE_ADS_API_RATE": OFTEN,
            "INCLUSIVE_ADS_CHARACTER_RATE": "1000000000 per minute",
            "INCLUSIVE_ADS_SECRET": "shared-by-all",
        }
        processes = [stack.enter_context(server(port, **settings)) for port in ports]
        front = stack.enter_context(proxy(ports))
        for port in ports:
            send_all(port, bodies[:40])  # each has made its checker and compiled what it needs
        before = sum(map(processor_seconds, processes))
        seconds, times, answers = send_all(front, bodies)
        used = sum(map(processor_seconds, processes)) - before
        person = Person(front, 1, ["An advert for a manager."])
        if any(person.result().status != 200 for _ in range(4)):
            sys.exit("A form of one process was refused by another.")
    return {
        "processes": number,
        "checks_per_second": round(len(bodies) / seconds, 1),
        "median_ms": round(1000 * statistics.median(times), 1),
        "p99_ms": round(near_worst(times), 1),
        "server_ms_per_check": round(1000 * used / len(bodies), 2),
        "cores_of_servers": round(used / seconds, 2),
    }, answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adverts", help='JSON lines with "text" to send (default: adverts made from our samples)')
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--most", type=int, default=4, help="so many processes at most")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if shutil.which("nginx") is None:
        sys.exit("nginx is not installed. On Debian and Ubuntu: apt-get install nginx-light")
    texts = real_adverts(given.adverts, given.number) if given.adverts else make_adverts(given.number)
    bodies = [json.dumps({"text": text}).encode() for text in texts]
    print(f"{len(bodies)} adverts, {CLIENTS} connections, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    first: list[bytes] = []
    for _ in range(given.rounds):
        for number in range(1, given.most + 1):
            figures, answers = measure(number, bodies)
            first = first or answers
            differ = [place for place, pair in enumerate(zip(answers, first, strict=True)) if len(set(pair)) > 1]
            if differ:
                sys.exit(f"{len(differ)} answers differ, the first that to advert {differ[0]}.")
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
