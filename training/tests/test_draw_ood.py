"""The tool that draws out-of-distribution pictures."""

import sys
from pathlib import Path

import numpy as np
import pytest

from espmedsam.classifier import NONE
from espmedsam.classifier.dataset import read_folder
from tools.draw_ood import __main__ as draw
from tools.draw_ood.held_out import HELD_OUT
from tools.draw_ood.painters import PAINTERS, drawn_image


@pytest.mark.parametrize("name", [*PAINTERS, *HELD_OUT])
def test_painters_give_rgb_images_and_repeat_with_the_seed(name: str) -> None:
    painter = (PAINTERS | HELD_OUT)[name]
    for seed in range(5):
        first = painter(np.random.default_rng(seed), 64)
        again = painter(np.random.default_rng(seed), 64)
        assert first.shape == (64, 64, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, again)
    assert drawn_image(np.random.default_rng(0), 64)[0] in PAINTERS


def test_held_out_kinds_are_not_painted_for_training() -> None:
    assert not set(PAINTERS) & set(HELD_OUT)
    assert not set(PAINTERS.values()) & set(HELD_OUT.values())


def test_the_folder_is_one_that_the_classifier_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = dict(list(PAINTERS.items())[:3])
    others = dict(list(HELD_OUT.items())[:2])
    monkeypatch.setattr(draw, "PAINTERS", kinds)
    monkeypatch.setattr(draw, "HELD_OUT", others)
    output = str(tmp_path / "drawn")
    monkeypatch.setattr(sys, "argv", ["draw", output, "--train", "2", "--val", "1", "--test", "1"])
    draw.main()
    pictures = read_folder(Path(output))
    assert len(pictures) == 3 * 4 + 2
    assert {picture.label for picture in pictures} == {NONE}
    assert all(picture.path.exists() for picture in pictures)
    # What is held out has neither training nor validation pictures.
    assert {p.source for p in pictures if p.split in ("train", "val")} == set(kinds)
    assert {p.source for p in pictures if p.split == "test"} == set(kinds | others)


def test_a_kind_is_drawn_alike_whatever_other_kinds_there_are() -> None:
    names = list(PAINTERS)[:2]
    both = {name: PAINTERS[name] for name in names}
    alone = [image for _, image in draw.pictures({names[1]: both[names[1]]}, {"val": 2}, 4)]
    beside = [image for row, image in draw.pictures(both, {"val": 2}, 4) if row["kind"] == names[1]]
    assert all(np.array_equal(a, b) for a, b in zip(alone, beside, strict=True))
