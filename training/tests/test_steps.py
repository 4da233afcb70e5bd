"""The steps around the network: crop, clean, presence, quality."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from small_model import write_model

from espmedsam import manifest as manifests
from espmedsam.clean import CleanRule, clean
from espmedsam.crop import CropRule, content_box, whole
from espmedsam.golden import BORDER, bordered, golden_image, write_golden
from espmedsam.golden_steps import golden_steps
from espmedsam.quality import Conformal, Line, QualityRule, features_of, predict
from espmedsam.quality.prediction import scaled_residual
from espmedsam.segmenter import (
    Answer,
    ChannelRules,
    PresenceRule,
    contract_of,
    from_models,
    segmentation_of,
)

NODE_SIDE = Path(__file__).parents[2] / "test" / "model" / "golden-steps.json"


def picture(rows: int = 100, columns: int = 120, value: int = 90) -> np.ndarray:
    return np.full((rows, columns, 3), value, np.uint8)


def test_the_node_side_is_held_to_the_same_results() -> None:
    # `python -m espmedsam.golden_steps > ../test/model/golden-steps.json` after a change.
    assert json.loads(NODE_SIDE.read_text()) == json.loads(json.dumps(golden_steps()))


def test_black_borders_go_and_dark_content_stays() -> None:
    framed = np.pad(picture(), ((20, 30), (10, 40), (0, 0)))
    assert content_box(framed, CropRule()).window == (slice(20, 120), slice(10, 130))
    # Dark, but not black: a radiograph's edge.
    assert content_box(np.pad(picture(), 20, constant_values=20)[..., :3], CropRule()) == whole(
        np.pad(picture(), 20)[..., :3]
    )
    assert content_box(framed, None) == whole(framed)


def test_a_channel_that_crops_gives_the_mask_of_the_picture_without_its_border(
    tmp_path: Path,
) -> None:
    manifest = write_model(tmp_path)
    manifest["input"]["crop"] = {"rule": "black-borders"}
    manifest["channels"][2]["crop"] = True
    manifests.write(tmp_path, manifest)
    segmenter = from_models(tmp_path)
    inner, outer = golden_image(), bordered(golden_image())
    window = (
        slice(BORDER["top"], -BORDER["bottom"]),
        slice(BORDER["left"], -BORDER["right"]),
    )
    mask = segmenter.mask(outer, "ultrasound")
    np.testing.assert_array_equal(mask[window], segmenter.mask(inner, "ultrasound"))
    assert mask.sum() == mask[window].sum() > 0
    # Another channel takes the picture as it is.
    assert not np.array_equal(segmenter.mask(outer, "xray"), mask)
    write_golden(tmp_path, manifest)
    assert list(json.loads((tmp_path / "golden.json").read_text())["bordered"]) == ["ultrasound"]


def test_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    manifest = write_model(tmp_path)
    manifest["input"]["crop"] = {"rule": "white-borders"}
    with pytest.raises(ValueError, match="white-borders"):
        contract_of(manifest)
    del manifest["input"]["crop"]
    manifest["channels"][0]["clean"] = {"smooth": 3}
    with pytest.raises(KeyError, match="smooth"):
        contract_of(manifest)


def test_small_islands_go_and_holes_are_filled_but_not_bays() -> None:
    mask = np.zeros((40, 50), bool)
    mask[5:25, 5:25] = True
    mask[10:12, 10:12] = False
    mask[5:7, 15:17] = False  # open to the outside
    mask[30:33, 30:33] = True
    mask[33, 33] = True  # touches by a corner: the same island
    mask[0:3, 40:50] = True
    mask[1, 41] = True
    found = clean(mask, CleanRule(min_island=11 / 2000, fill_holes=5 / 2000))
    expected = mask.copy()
    expected[10:12, 10:12] = True
    expected[30:34, 30:34] = False
    np.testing.assert_array_equal(found, expected)
    assert not clean(mask, CleanRule(min_island_of_largest=0.2))[0].any()
    np.testing.assert_array_equal(clean(mask, CleanRule()), mask)


def test_a_picture_without_anything_to_find_gets_no_mask() -> None:
    logits = torch.full((4, 6), 3.0, dtype=torch.float64)
    rules = ChannelRules(0, presence=PresenceRule("presence_logits", 0.3))
    for presence, found in ((-1.0, 0), (1.0, 24)):
        answer = Answer(logits, whole(logits.numpy()), (4, 6), {"presence_logits": presence}, None)
        result = segmentation_of(answer, rules)
        assert result.mask.sum() == found
        assert result.presence == pytest.approx(1 / (1 + np.exp(-presence)))
        assert result.quality is None


def test_figures_of_a_mask_follow_its_probabilities() -> None:
    logits = torch.tensor([[4.0, 4.0, 0.0], [-4.0, -4.0, -4.0]], dtype=torch.float64)
    mask = np.array([[True, True, False], [False, False, False]])
    figures = features_of(logits, mask, None, None)
    p = 1 / (1 + np.exp(-4.0))
    assert figures.inside == pytest.approx(p)
    assert figures.undecided == pytest.approx(1 / 3)
    expected = 4 * p / (2 * p + 0.5 + 3 * (1 - p) + 2)
    assert figures.expected == pytest.approx(np.log(expected / (1 - expected)))
    assert figures.area == pytest.approx(np.log10(1 / 3))
    assert figures.peak == 4


def test_a_bound_lies_below_the_prediction_and_a_doubtful_mask_is_flagged() -> None:
    rule = QualityRule(
        Line(0, {"inside": 2}), Line(-1, {"peak": 1}), Conformal(0.9, 0.5, 50), review_below=0.6
    )
    logits = torch.tensor([[3.0, -3.0]], dtype=torch.float64)
    figures = features_of(logits, np.array([[True, False]]), None, None)
    quality = predict(rule, figures, empty=False)
    assert quality.predicted == pytest.approx(1 / (1 + np.exp(-2 * figures.inside)))
    assert scaled_residual(quality.predicted, quality.lower) == pytest.approx(0.5)
    assert not quality.review
    nothing = predict(rule, figures, empty=True)
    assert nothing.predicted == pytest.approx(1 / (1 + np.exp(1 - 3)))
    assert nothing.lower == 0
