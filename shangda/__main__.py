"""``python -m shangda``: the command line."""

from shangda.cli import main

main()
