"""Ask for hostile URLs and read mutated data folders: `uv run python -m tests.fuzz`.

Every answer must be below 500, have the security headers, and run nothing of what was asked; every folder must be read
without an exception, what was lost be told, and the rest be shown and exported. Prints each fault; exits 1 where there
is one. `--seed` and the folder's number bring it back. The suite runs a short form: tests/unit/test_fuzz.py.
"""

import argparse
import sys
from time import monotonic

from tests.fuzz.folders import fuzz_folders
from tests.fuzz.urls import fuzz_urls


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--urls", type=int, default=5000, help="how many (%(default)s)")
    parser.add_argument("--folders", type=int, default=1500, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(%(default)s)")
    asked = parser.parse_args()
    wrong = 0
    for what, count, fuzz in (("URLs", asked.urls, fuzz_urls), ("folders", asked.folders, fuzz_folders)):
        begun = monotonic()
        found = 0
        for fault in fuzz(asked.seed, count):
            print(fault, flush=True)
            found += 1
        print(f"{count:,} {what} in {monotonic() - begun:.0f} s: {found:,} faults", flush=True)
        wrong += found
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
