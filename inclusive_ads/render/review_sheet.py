"""A report as a sheet to comment on and sign, for somebody without the tool: one HTML file that saves a small one.

The file that it saves is what `reviews` reads. Nothing is sent anywhere; the one script is the sheet's own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from inclusive_ads.render.page import pieces, template
from inclusive_ads.report import Report
from inclusive_ads.text.document import Document

Points = Mapping[str, str]


def review_sheet(
    report: Report, document: Document, *, title: str = "", points: Mapping[str, Points] | None = None
) -> str:
    """The sheet: the advert with its findings, the statements with the points of their records, and fields for each.

    Args:
        title: the name of the advert.
        points: id of a record → its six points, what each is → what it says.
    """
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    page = template("review_sheet.html").render(
        report=report,
        title=title,
        findings=[
            (finding, finding.key(document.source))
            for finding in sorted((f for f in report.findings if not f.repeats), key=lambda f: f.number)
        ],
        pieces=list(pieces(report.findings, document)),
        points=points or {},
        script=script,
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return page.encode(errors="replace").decode()
