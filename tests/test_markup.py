"""HTML sent as text, garbled letters, broken words and short lines: what is read, and that places stay exact."""

from __future__ import annotations

import html
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Severity, check
from inclusive_ads.text.document import Document
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.text.readers.markup import recognise
from inclusive_ads.text.readers.mending import mended

BARRED = [
    "Only <b>men</b> may apply.",
    "<p>Only men may apply.</p>",
    "Only <em>men</em>&nbsp;may apply.",
    "Only&nbsp;men may apply.",
    "Ward clerk<br>Only <strong>men</strong> may apply.<br/>",
    "Ward clerk\n\nOnly <span style='color:red'>men</span> may apply.\nHours: 37",
    "<ul>\n<li>Only men may apply.</li>\n</ul>",
    "&lt;p&gt;Only &lt;b&gt;men&lt;/b&gt; may apply.&lt;/p&gt;",
    "Only &lt;b&gt;men&lt;/b&gt; may apply.",
    "&lt;div class=&quot;x&quot;&gt;Only&amp;nbsp;men may apply.&lt;/div&gt;",
    "<!-- note --><h2>Who</h2>Only <i>men</i> may apply.",
    "Ward clerk\nOnly <b>men</b> may <!-- not\nso --> apply.\nPart of a team\nin Leeds",
    "Â·  Only men may apply â€“ please.",
    "Only men may ap-\nply.",
    "Only men may\napply for this post, which is in the\nteam that looks after the records of\nthe trust.",
]


@pytest.mark.parametrize("text", BARRED)
def test_a_bar_is_found_however_the_text_was_stored(text: str) -> None:
    (finding,) = [each for each in check(text).findings if each.severity is Severity.UNLAWFUL]
    assert "men" in text[finding.start : finding.end]


@pytest.mark.parametrize(
    "text",
    [
        "Salary < £30,000 and hours > 20",
        "a < b, b > c and c <b",
        "Write to <jobs@example.org> or <https://example.org>",
        "Dear <name>, we need a <job title> in <team>.",
        "Use <b> for bold",
        "AT&T and R&D; Q&A;",
        "5 &lt 6",
        "if (a<p && b>c)",
        "A post <script>alert(1)</script> <img src=x onerror=alert(1)>",
        "The <title> of this post is <address>.",
    ],
)
def test_what_only_looks_like_markup_stays_text(text: str) -> None:
    document = Document.from_text(text)
    assert (document.format, document.text, recognise(text, "text").escapes) == ("text", text, 0)


@pytest.mark.parametrize(
    ("text", "form", "blocks"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "html", ["One", "Two", "Three"]),
        ("&lt;p&gt;One&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Two&lt;/li&gt;&lt;/ul&gt;", "html", ["One", "Two"]),
        ("One\n\nTwo <b>bold</b>\n- three", "text", ["One", "Two bold", "three"]),
        (
            "One\nTwo words here\nThree words here <br>\nFour",
            "text",
            ["One", "Two words here", "Three words here", "Four"],
        ),
        ("A &amp; B\n\n&pound;5 &ndash; &#163;6 &#x2022; x", "text", ["A & B", "£5 – £6", "x"]),
        ("<style>p { x }</style>One\nTwo\nThree <b>x</b>", "html", ["One Two Three x"]),
        ("&lt;p&gt;R&amp;amp;D &amp;quot;x&amp;quot; &amp;lt;b&amp;gt;&lt;/p&gt;", "html", ['R&D "x" <b>']),
    ],
)
def test_how_markup_in_text_is_read(text: str, form: str, blocks: list[str]) -> None:
    document = Document.from_text(text)
    assert document.format == form
    assert document.text.split("\n") == blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Only <b>men</b> &amp; boys", "Only <b>R&amp;D &lt;b&gt;</b> &amp; boys"),
        ("<p>Only <b>men</b></p>", "<p>Only <b>R&amp;D &lt;b&gt;</b></p>"),
        (
            "&lt;p&gt;Only &lt;b&gt;men&lt;/b&gt;&lt;/p&gt;",
            "&lt;p&gt;Only &lt;b&gt;R&amp;amp;D &amp;lt;b&amp;gt;&lt;/b&gt;&lt;/p&gt;",
        ),
        ("Only &lt;b&gt;m&lt;/b&gt;en&lt;br&gt;", "Only &lt;b&gt;R&amp;amp;D &amp;lt;b&amp;gt;&lt;/b&gt;&lt;br&gt;"),
    ],
)
def test_new_text_is_escaped_as_the_source_is_and_reads_as_meant(text: str, expected: str) -> None:
    document = Document.from_text(text)
    place = document.text.index("men")
    changed = apply_edits(text, document.edits(place, place + 3, "R&D <b>"))
    assert changed == expected
    assert "Only R&D <b>" in Document.from_text(changed).text


@pytest.mark.parametrize("times", [0, 1])
@pytest.mark.parametrize("after", ["One", "Two", None])
def test_a_paragraph_is_added_between_tags_and_never_within_one(times: int, after: str | None) -> None:
    source = "<div><p>One</p><ul><li>Two</li></ul></div>"
    text = html.escape(source, quote=False) if times else source
    document = Document.from_text(text)
    block = next((b for b in document.blocks if document.text[b.start : b.end] == after), None)
    changed = apply_edits(text, [document.insertion(block, "New & old")])
    again = Document.from_text(changed).text.split("\n")
    assert sorted(again) == ["New & old", "One", "Two"]
    assert again.index("New & old") == {"One": 1, "Two": 2, None: 0}[after]
    assert html.unescape(changed).count("<p>") == 2


WORDS = st.lists(st.sampled_from(["men", "R&D", "café", "£5", "“so”", "a-b", "x < y", "ﬁt"]), min_size=1, max_size=6)
DRESS = st.sampled_from(["{}", "<b>{}</b>", "<p>{}</p>", "<li>{}</li>", "{}<br>", "<span class='a'>{}</span>\n"])


@given(words=WORDS, dress=st.lists(DRESS, min_size=6, max_size=6), escaped=st.booleans())
def test_every_word_among_tags_is_found_where_it_stands(words: list[str], dress: list[str], escaped: bool) -> None:
    source = " ".join(
        form.format(f"w{n} {html.escape(word)} v{n}") for n, (word, form) in enumerate(zip(words, dress, strict=False))
    )
    source = f"<b>Top</b> {source}"
    text = html.escape(source) if escaped else source
    document = Document.from_text(text)
    for number in range(len(words)):
        for name in (f"w{number}", f"v{number}"):
            place = document.text.index(name)
            assert text[slice(*document.span(place, place + 2))] == name


# Garbled letters

LETTERS = "’‘“”–—•…£€éèüñ©®·½°"  # of "™" ftfy is not sure


@given(st.lists(st.sampled_from([*LETTERS, "a", " ", "Z", "5", ". "]), min_size=1, max_size=40).map("".join))
def test_letters_that_were_decoded_wrongly_are_read_as_they_were(text: str) -> None:
    garbled = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert len(mended(garbled)) == len(garbled)
    document = Document.from_text(f"x {garbled} y")
    assert document.text == Document.from_text(f"x {text} y").text
    start, end = document.span(0, len(document.text))
    assert (start, end) == (0, len(document.source))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("We donâ€™t", "We don't"),
        ("Â£30,000 â€“ Â£35,000", "£30,000 – £35,000"),
        ("â€œwomenâ€\x9d only", '"women" only'),
        ("cafÃ© rÃ©sumÃ©", "café résumé"),
        ("donÃ¢â‚¬â„¢t", "don't"),
        ("don\x92t", "don't"),
        ("naïve café, £5, “so” – €5 … ©", 'naïve café, £5, "so" – €5 … ©'),
        ("Straße Ærø Łódź Çà", "Straße Ærø Łódź Çà"),
    ],
)
def test_garbled_letters(text: str, read: str) -> None:
    assert Document.from_text(text).text == read


def test_a_garbled_bullet_is_a_bullet_and_a_garbled_word_is_changed_whole() -> None:
    document = Document.from_text("â€¢ a cafÃ©\nâ€¢ two")
    assert [block.kind for block in document.blocks] == ["item", "item"]
    place = document.text.index("café")
    assert apply_edits(document.source, document.edits(place, place + 4, "bar")) == "â€¢ a bar\nâ€¢ two"


# Lines


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("experi-\nence", "experience"),
        ("organi-\nsational", "organisational"),
        ("full-\ntime", "full-time"),
        ("experi\u00ad\nence", "experience"),
        ("pre- \nand postnatal", "pre-\nand postnatal"),
        ("Hours-\nFull time", "Hours-\nFull time"),
        ("word -\nother", "word -\nother"),
    ],
)
def test_words_broken_at_a_line_end(text: str, read: str) -> None:
    document = Document.from_text(text)
    assert document.text == read
    assert document.span(0, len(document.text)) == (0, len(text))
    assert apply_edits(text, document.edits(0, len(read.split("\n", maxsplit=1)[0]), "x")).startswith("x")


PROSE = (
    "You will lead a small team that looks after the records of the trust and answers the questions of patients. "
    "We are looking for somebody who plans well and likes to explain things. The Director will meet you in a week."
)


@pytest.mark.parametrize("width", range(34, 80, 3))
def test_lines_that_were_wrapped_are_one_paragraph_at_any_width(width: int) -> None:
    assert Document.from_text(f"Clerk\n\n{textwrap.fill(PROSE, width)}\n\nEnd").text == f"Clerk\n{PROSE}\nEnd"


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The Recruitment Team",
            "Department of Examples",
            "Great Example House",
            "33 Example Road, Exampletown",
            "EX1 2MP",
        ],
        [
            "Salary: £30,000 to £35,000 a year",
            "Hours: 37 a week, Monday to Friday",
            "Location: Leeds",
            "Closing date: 3 May",
        ],
        ["Good knowledge of Excel and Word", "Able to work in a busy team", "Calm with members of the public"],
        ["experience of Excel", "good with people", "able to travel"],
    ],
)
def test_addresses_fields_and_lists_keep_their_lines(lines: list[str]) -> None:
    assert Document.from_text("Clerk\n\n" + "\n".join(lines)).text.split("\n")[1:] == lines
