"""The pages are followed, block by block, from an empty folder; a block that cannot be run has to say why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from doc_pages import ROOT, RUN, Reader, Step, apart, pages, steps

PAGES = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in pages()}
FOLLOWED = [name for name, text in PAGES.items() if any(step.kind in RUN for step in steps(text))]


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_page_does_what_it_says(name: str, tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        reader.follow(*steps(PAGES[name]))


def test_every_block_of_every_page_says_what_it_is() -> None:
    assert sum(len(list(steps(text))) for text in PAGES.values()) > 60
    users = ("deploy", "cli", "api", "evidence", "statements", "settings")
    assert {"README.md", *(f"docs/{name}.md" for name in users)} <= set(FOLLOWED)


def block(language: str, body: str = "x\n") -> str:
    return f"```{language}\n{body}```\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (block(""), "no language"),
        (block("text"), "text"),
        (block("yaml"), "yaml"),
        (block("ini"), "ini"),
        (block("bash", "ls\n"), "bash"),
        ("Save it somewhere:\n\n" + block("yaml"), "yaml"),
        ("Save this as `a.yaml`.\n\n" + block("yaml"), "yaml"),
        ("- a list\n\n  " + block("text").replace("\n", "\n  "), "text"),
        ("~~~yaml\nx\n~~~\n", "yaml"),
        ("```sh\nls\n", "does not end"),
        ("<!-- not run -->\n" + block("sh"), "no reason"),
        ("<!-- not run: -->\n" + block("sh"), "no reason"),
        ("<!-- not run:    -->\n" + block("ini"), "no reason"),
        ("<!-- not run: ? -->\n" + block("ini"), "no reason"),
        ("See <!-- not run: needs root -->\n" + block("sh"), "no reason"),
        ("<!-- not run: needs root -->\n\n" + block("sh"), "right above a block"),
        ("<!-- not run: needs root -->\nWords.\n\n" + block("sh"), "right above a block"),
        (block("sh") + "\n<!-- not run: needs root -->\n", "right above a block"),
        ("Save this as `a.yaml`:\n\nWords.\n\n" + block("sh"), "right above a block"),
        ("Do this:\n\n    inclusive-ads check advert.txt\n", "indented"),
        ("Do this:\n\n\tinclusive-ads check advert.txt\n", "indented"),
    ],
)
def test_a_block_that_cannot_be_run_and_does_not_say_why_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        list(steps(text))


def test_a_page_is_read_in_its_order() -> None:
    text = (
        "Take the folder `examples/` of the source. Save this as `new/a.txt`:\n\n"
        "```text\nOne.\n```\n\n<!-- not run: needs systemd -->\n```ini\n[Unit]\n```\n"
    )
    # The sentence about the folder counts, and the one that names the file, too.
    assert list(steps(text)) == [
        Step(1, "folder", "examples", ""),
        Step(3, "file", "new/a.txt", "One.\n"),
        Step(8, "not run", "needs systemd", "[Unit]\n"),
    ]


def test_what_a_target_of_its_own_runs_is_found_with_the_files_that_it_needs() -> None:
    mark = "<!-- not run: needs Node; `make clients-test` does it word for word -->\n"
    text = (
        block("sh", "one\n")
        + "## Two\n\nSave this as `a.ts`:\n\n"
        + block("ts", "two\n")
        + "\n<!-- not run: asks the network -->\n"
        + block("sh", "three\n")
        + mark
        + block("sh", "four\n")
        + "## Three\n\n"
        + block("sh", "five\n")
    )
    assert [step.body for step in apart(text, "clients-test")] == ["two\n", "four\n"]
    assert [step.kind for step in steps(text)] == ["sh", "file", "not run", "not run", "sh"]
    assert apart(text, "frames-test") == []


def test_whatever_a_page_leaves_to_a_target_is_run_by_one() -> None:
    left = {name for text in PAGES.values() for name in re.findall(r"; `make ([\w-]+)` does it word for word", text)}
    assert left == {"clients-test", "frames-test"}


@pytest.mark.parametrize(
    "text",
    [
        block("console", "$ echo one\ntwo\n"),
        block("console", "$ echo one\n"),
        block("console", "$ true\none\n"),
        block("console", "$ echo one two\none ... three\n"),
        block("console", "$ printf 'one\\ntwo\\n'\none\n"),
        block("console", "$ no-such-command\n"),
        block("console", "$ echo one\none\n$ cat no-such-file\n"),
        block("console", "$ inclusive-ads check advert.txt\n...Guidance on wording, not legal advice.\n"),
        block("sh", "false\ntrue\n"),
        block("sh", "echo what the page does not show\n"),
        block("sh", "cat no-such-file || true\n"),
        block("sh", 'eval "$(no-such-command)"\n'),
        block("sh", "inclusive-ads serve --today never\n"),
        block("python", "print(1 + 1)  # 3\n"),
        block("python", "print(1 + 1)\n"),
        block("python", "assert False\n"),
        block("python", "print(2)  # 2\nraise SystemExit(1)\n"),
    ],
)
def test_what_does_not_come_out_as_shown_is_noticed(text: str, tmp_path: Path) -> None:
    with Reader(tmp_path) as reader, pytest.raises(AssertionError):
        reader.follow(*steps(text))


def test_a_server_is_left_running_until_the_next_one(tmp_path: Path) -> None:
    ask = "$ curl -s http://127.0.0.1:8000/api/v2/profiles\n"
    keys = f"INCLUSIVE_ADS_API_KEYS=hr={'0' * 64} inclusive-ads serve\n"
    with Reader(tmp_path) as reader:
        for text in (
            block("sh", "inclusive-ads serve\n"),
            block("console", ask + '{"profiles": ...\n'),
            block("sh", keys),
            block("console", ask + '{... "status": 401, ...\n'),
        ):
            reader.follow(*steps(text))
        server = reader.server
        assert server is not None
        assert server.poll() is None
    assert server.poll() is not None
