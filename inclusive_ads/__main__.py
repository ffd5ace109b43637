"""`python -m inclusive_ads` is the command line."""

from inclusive_ads.cli import main

main()
