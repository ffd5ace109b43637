"""Call a real server with clients that others made; `make clients-test`, which installs them apart.

A client for Python is generated from the published description and calls every operation that it has;
`language-tool-python` checks and corrects a text. For TypeScript `docs/api.md` is followed word for word.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import replace
from pathlib import Path

from doc_pages import ROOT, Reader, apart
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
    "check": [[one.entry, one.text, one.utf16.start - one.start] for one in report.findings],
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

SLIPS = {
    "utf16.start": "utf16.begin",
    "fixed.data.text": "fixed.data.words",
    '{ location: "Leeds" }': "{ location: 1 }",
    "{ text, statements: false }": "{ statements: false }",
    '"/api/v2/fix"': '"/api/v2/mend"',
}


def python(programs: Path, address: str, elsewhere: str, key: str) -> list[str]:
    """Generate, call and compare, with the programs of that folder; what came out wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder, own = Path(name), {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        with urllib.request.urlopen(f"{address}{API}/openapi.json") as answer:
            (folder / "description.json").write_bytes(answer.read())
        generate = [f"{programs}/openapi-python-client", "generate", "--meta", "none", "--path", "description.json"]
        subprocess.run([*generate, "--output-path", "advert_client"], cwd=folder, env=own, check=True, timeout=120)
        command = [f"{programs}/python", "-c", DRIVER, address, elsewhere, key, TEXT]
        done = subprocess.run(command, cwd=folder, env=own, stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    found = json.loads(done.stdout.splitlines()[-1])
    wrong = [f"{name}: {found.get(name)}" for name in EXPECTED | found if found.get(name) != EXPECTED.get(name)]
    print(f"Python: {len(EXPECTED) - len(wrong)} of {len(EXPECTED)} calls came out as they should.")
    return wrong


def typescript(packages: Path, address: str, elsewhere: str, key: str) -> None:
    """Do what the page says of TypeScript, then ask a server that needs a key; slips of the pen do not compile.

    Raises:
        AssertionError: what comes out is not as the page says.
    """
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    script, commands = apart(page, "clients-test")
    compiles, runs = re.findall(r"^\$ (npx tsc .*|node .*)$", commands.body, re.MULTILINE)
    with tempfile.TemporaryDirectory() as name, Reader(Path(name)) as reader:
        (reader.folder / "node_modules").symlink_to(packages)
        reader.address = elsewhere.removeprefix("http://")
        reader.follow(script, commands)
        reader.address = address.removeprefix("http://")
        reader.expect(["bash", "-c", f"{runs} {key}"], commands.body.partition(f"{runs}\n")[2], ok=True)
        reader.expect(["bash", "-c", runs], "...Error: The API key is missing...")
        for right, wrong in SLIPS.items():
            assert right in script.body
            reader.follow(replace(script, body=script.body.replace(right, wrong)))
            reader.expect(["bash", "-c", f"{compiles} && echo compiles"], "...error TS...")
    print(f"TypeScript: the page does what it says, with a key too; {len(SLIPS)} of {len(SLIPS)} slips do not compile.")


def main(place: Path) -> int:
    """Everything, with the programs and packages of that folder."""
    key, digest = new_key()
    closed, opened = web(workers=0, api_keys={"clients": digest}), web(workers=0)
    with running(closed) as server, running(opened) as other:
        address, elsewhere = (f"http://127.0.0.1:{each.effective_port}" for each in (server, other))
        wrong = python(place / "bin", address, elsewhere, key)
        print(*wrong, sep="\n", end="")
        typescript(place / "node_modules", address, elsewhere, key)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
