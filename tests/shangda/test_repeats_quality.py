"""`shangda repeats quality`: the labelled pairs, what is wrong with a file, and figures that docs/repeats.md states."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from shangda.commands.repeats import repeats
from shangda.repeats_quality import Pair, PairsFileError, measure, read_pairs
from tests.services.house import DEMO, demo_policy

ROOT = Path(__file__).parents[2]


def test_the_demos_pairs_are_enough_and_the_page_states_their_figures() -> None:
    pairs = read_pairs(DEMO / "repeats.csv")
    assert len(pairs) >= 120
    measured = measure(pairs, demo_policy())
    page = (ROOT / "docs" / "repeats.md").read_text("utf-8")
    for each in (measured.policy, measured.chosen, measured.held_out):
        row = f"| {each.threshold} % | {each.proposed} | {each.right} of {each.proposed} = {each.precision:.2f} |"
        assert f"{row} {each.right} of {each.repeats} = {each.recall:.2f} |" in page
    assert measured.policy.recall >= 0.8, "most repeats are proposed"


def test_the_command_prints_pairs_precision_and_recall() -> None:
    ran = CliRunner().invoke(repeats, ["quality"])
    assert ran.exit_code == 0
    assert re.search(r"130 对, 提示 \d+ 对, 准确率 \d+/\d+ = 0\.\d\d, 召回率 \d+/67 = 0\.\d\d", ran.output)


@pytest.mark.parametrize(("text", "fault"), [
    ("a,b,c\n", "第1行: 表头应为 first,second,same"),
    ("first,second,same\n甲,乙\n", "第2行: 应有3列"),
    ("first,second,same\n甲,,yes\n", "第2行 second: 不能为空"),
    ("first,second,same\n甲,乙,yes\n甲,乙,maybe\n", "第3行 same: 应为 yes 或 no"),
    ("first,second,same\n", "没有数据行"),
])  # fmt: skip
def test_a_wrong_file_is_named_by_row_and_column(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(PairsFileError, match=re.escape(fault)):
        read_pairs(file)
    ran = CliRunner().invoke(repeats, ["quality", str(file)])
    assert ran.exit_code == 1
    assert fault in ran.output


def test_rates_come_from_counts() -> None:
    pairs = [Pair("路灯坏了", "路灯坏了", same=True), Pair("甲", "乙", same=False)] * 4
    measured = measure([*pairs, Pair("甲", "乙", same=True)], demo_policy())
    assert (measured.policy.precision, measured.policy.recall) == (1.0, 0.8)
