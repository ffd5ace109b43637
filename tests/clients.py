"""Call a real server with clients that others made; `make clients-test`, which installs them apart.

A client for Python is generated from the published description and calls every operation that it has;
`language-tool-python` checks and corrects a text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from serving import API, running, web

from inclusive_ads_web import new_key

TEXT = "\U0001f642 R&D + sales (100%): we need a rockstar. The chairman agrees."
DRIVER = r"""
import json, sys
import language_tool_python
from advert_client import AuthenticatedClient
from advert_client.api.default import check, entries, entry, fix, health, keep, profiles, ready, statement
from advert_client.models import (CheckIn, FixIn, FixInAccept, JudgeIn, KeepIn, PostIn, ProblemOut)

address, open_address, key, text = sys.argv[1:]
client = AuthenticatedClient(base_url=address, token=key, prefix="", auth_header_name="X-API-Key")
stranger = AuthenticatedClient(base_url=address, token="not a key", prefix="", auth_header_name="X-API-Key")
report = check.sync(client=client, body=JudgeIn(text=text, post=PostIn(grade="Grade 7", location="Leeds")))
first = report.findings[0]
slim = check.sync(client=client, body=JudgeIn(text=text), slim=True)
fixed = fix.sync(client=client, body=FixIn(text=text, accept=FixInAccept.from_dict({str(first.number): 0}),
                                         statements=False))
refused = keep.sync(client=client, body=KeepIn(text=text, finding=99, reason="It is.", kept_by="Lee Carter"))
kept = keep.sync(client=client, body=KeepIn(text=text, finding=first.number, reason="It is.", kept_by="Lee Carter"))
unknown = check.sync(client=stranger, body=JudgeIn(text=text))
broken = fix.sync(client=client, body=FixIn(text=text, accept=FixInAccept.from_dict({"99": 0})))
writer = language_tool_python.LanguageTool("en-GB", remote_server=open_address)
print(json.dumps({
    "check": [[one.entry, one.text, one.utf16.to_dict()["start"] - one.start] for one in report.findings],
    "wording": report.wording.value,
    "slim": [one.entry for one in slim.findings],
    "fix": fixed.text,
    "changes": [[one.start, one.utf16.start, one.text] for one in fixed.changes],
    "keep": kept.wording,
    "statement": len(statement.sync(client=client, body=CheckIn(text=text)).refused) > 0,
    "entries": entries.sync(client=client, q="chairman", limit=1).total > 0,
    "entry": entry.sync("gendered-chairman", client=client).id,
    "no entry": entry.sync("none", client=client).code,
    "profiles": [one.name for one in profiles.sync(client=client).profiles][:1],
    "health": [health.sync(client=client).status, ready.sync(client=client).status],
    "corrected": writer.correct(text),
    "problems": [refused.code, unknown.code, broken.code],
}))
"""


EXPECTED = {
    "check": [["culture-hype-person", "rockstar", 1], ["gendered-chairman", "chairman", 1]],
    "wording": "change before publishing",
    "slim": ["culture-hype-person", "gendered-chairman"],
    "fix": "\U0001f642 R&D + sales (100%): we need an expert. The chair agrees.",
    "changes": [[30, 31, "an"], [32, 33, "expert"], [46, 47, "chair"]],
    "keep": "rockstar",
    "statement": True,
    "entries": True,
    "entry": "gendered-chairman",
    "no entry": "no-entry",
    "profiles": ["generic"],
    "health": ["ok", "ok"],
    "corrected": "\U0001f642 R&D + sales (100%): we need an expert. The chair agrees.",
    "problems": ["finding", "key", "finding"],
}


def main(programs: str) -> int:
    """Generate, call and compare, with the programs of that folder."""
    key, digest = new_key()
    closed, opened = web(workers=0, api_keys={"clients": digest}), web(workers=0)
    with tempfile.TemporaryDirectory() as name, running(closed) as server, running(opened) as other:
        address, elsewhere = (f"http://127.0.0.1:{each.effective_port}" for each in (server, other))
        folder, own = Path(name), {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        with urllib.request.urlopen(f"{address}{API}/openapi.json") as answer:
            (folder / "description.json").write_bytes(answer.read())
        generate = [f"{programs}/openapi-python-client", "generate", "--meta", "none", "--path", "description.json"]
        subprocess.run([*generate, "--output-path", "advert_client"], cwd=folder, env=own, check=True, timeout=120)
        command = [f"{programs}/python", "-c", DRIVER, address, elsewhere, key, TEXT]
        done = subprocess.run(command, cwd=folder, env=own, stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    found = json.loads(done.stdout.splitlines()[-1])
    wrong = {name: found.get(name) for name in EXPECTED | found if found.get(name) != EXPECTED.get(name)}
    print(f"{len(EXPECTED) - len(wrong)} of {len(EXPECTED)} calls came out as they should.", *wrong.items(), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).absolute())))
