"""The process of a node. eventlet patches the standard library before anything else is imported."""

# ruff: noqa: E402  the order of these lines is the point
import eventlet

eventlet.monkey_patch()

import argparse
import logging
from pathlib import Path

from network import settings as settings_of
from network.hosting import open_offices
from network.node import Node
from network.offices import load_district
from shangda.composition import services_of
from shangda.database import prepare
from shangda.processes import allow_open_files


def main() -> None:
    """``python -m shangda.node [--office ID …] [--tier TIER …] [--ready FILE]``: host these offices (default: all)."""
    parser = argparse.ArgumentParser(prog="shangda node", description=main.__doc__)
    parser.add_argument("--office", action="append", default=[], help="host this office (may be repeated)")
    parser.add_argument("--tier", action="append", default=[], help="host all offices of this tier (may be repeated)")
    parser.add_argument("--ready", type=Path, help="touch this file when everything runs")
    parser.add_argument("--moved", type=Path, help="under a test clock: the file that says which move of it was seen")
    words = parser.parse_args()
    allow_open_files()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("nameko").setLevel(logging.WARNING)
    logging.getLogger("amqp").setLevel(logging.WARNING)
    settings = settings_of.load()
    tree = load_district(settings.district_file)
    known = tree.network_offices()
    chosen = [o.id for o in known if o.id in words.office or o.tier in words.tier or not (words.office or words.tier)]
    prepare(settings, chosen)
    Node(open_offices(settings, chosen), services_of, settings).run(words.ready, words.moved)


if __name__ == "__main__":
    main()
