"""Slots that are expressions, since no list could hold them: numbers, ages, times, weights and money."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TEENS = ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy")
BUILTIN: Mapping[str, str] = {
    # Job boards mask digits with asterisks; a masked number is still a number.
    "digits": r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\*{2,})\+?",
    "bracketed": r"\( ?\d+\+? ?\)",  # as in "two (2) years"
    # An age at which people work, in figures or words.
    "age": (
        rf"(?:1[4-9]|[2-7]\d|80|{'|'.join(_TEENS)}"
        rf"|(?:{'|'.join(_TENS)})(?: (?:one|two|three|four|five|six|seven|eight|nine))?)"
    ),
    "past_year": r"(?:1[4-9]\d\d|20[01]\d)s?",
    # A time of day: "10pm", "8.30 a.m.", "17:30", "noon"; a bare figure is none.
    "clock": (
        r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m\b|[ap]\.m\b\.?)|(?:[01]?\d|2[0-4])(?::[0-5]\d|\.(?:00|15|30|45))(?!\d)"
        r"|(?:[01]\d|2[0-3])[0-5]\d ?(?:hrs|hours)\b|noon\b|midday\b|midnight\b)"
    ),
    # Units are often written without the space.
    "weight": r"\d+(?:\.\d+)?\+? ?(?:kgs?|kilos?|kilograms?|lbs?|ibs|pounds?)",
    "joined_years": r"(?:\d+\+?|\*{2,})\+?(?:years?|yrs?|months?|mths?)'?",
    "money": (
        # No amount is longer; without the bound, work would grow with the square of a long row of digits.
        r"(?:[£$€] ?(?:\d[\d,.]{0,20}|\*{2,})k?|(?:gbp|eur|usd) ?\d[\d,.]{0,20}k?"
        r"|\d[\d,.]{0,20}(?:k\b| ?(?:pounds|gbp)\b)|\*{2,}k?)"
    ),
}
FIGURE = "0"  # stands for any number in figures
FIGURES = re.compile(r"[\d*]+")
# How such a slot may begin.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "digits": (FIGURE,),
    "past_year": (FIGURE,),
    "age": (FIGURE, *_TEENS, *_TENS),
}
