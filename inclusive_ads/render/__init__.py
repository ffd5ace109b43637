"""A report in the forms people and tools read. Each imports its heavy libraries when it is first used."""

from inclusive_ads.render.overview import overview
from inclusive_ads.render.page import html
from inclusive_ads.render.review import clean_word, improved, review
from inclusive_ads.render.terminal import statements_text, text
from inclusive_ads.render.tools import brief, diff, github, sarif

__all__ = [
    "brief",
    "clean_word",
    "diff",
    "github",
    "html",
    "improved",
    "overview",
    "review",
    "sarif",
    "statements_text",
    "text",
]
