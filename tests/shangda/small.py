"""A district of four offices (district, town, village, portal) with a data folder, for tests that need no broker."""

import shutil
from pathlib import Path

from network.settings import Settings, load

DEMO = Path(__file__).parents[2] / "policy" / "demo"
DISTRICT, TOWN, VILLAGE, PORTAL = "610402", "610402901", "610402901901", "portal"
SMALL = (DISTRICT, TOWN, VILLAGE, PORTAL)


def small_district(folder: Path) -> Path:
    """The demo district's files with only these offices, made once; the path of its district.toml."""
    if folder.exists():
        return folder / "district.toml"
    folder.mkdir(parents=True)
    for name in ("district.toml", "policy.toml", "categories.toml"):
        shutil.copyfile(DEMO / name, folder / name)
    header, *lines = (DEMO / "offices.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if line.split(",", 1)[0] in SMALL]
    (folder / "offices.csv").write_text("\n".join([header, *kept]) + "\n", "utf-8")
    return folder / "district.toml"


def environment(folder: Path) -> dict[str, str]:
    """The environment of a program of that district."""
    return {"SHANGDA_HOME": str(folder / "data"), "SHANGDA_DISTRICT": str(small_district(folder / "district"))}


def settings(folder: Path) -> Settings:
    return load(environment(folder))
