"""Checkers that are loaded once for many tests of commands; the least used go, since each holds some 50 MB."""

from __future__ import annotations

from functools import lru_cache

from inclusive_ads import Checker

CACHED = lru_cache(maxsize=8)(Checker)
