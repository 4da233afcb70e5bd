"""The 8-bit model: how it is made, and when it is taken."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from small_model import write_model

from espmedsam import manifest as manifests
from espmedsam import quantise
from espmedsam.channels import CHANNELS
from espmedsam.data import read_pairs
from espmedsam.evaluate import from_models
from espmedsam.quantise import Comparison, compare, spread, try_int8
from espmedsam.segmenter import from_onnx


def test_the_8_bit_graph_computes_nearly_the_same_and_tells_no_paths(
    tiny_data: Path, tmp_path: Path
) -> None:
    write_model(tmp_path)
    full, output = tmp_path / manifests.MODEL_FILE, tmp_path / "int8.onnx"
    contract = from_models(tmp_path).contract
    quantise.quantise(full, output, contract, read_pairs(tiny_data, "train"))
    model = onnx.load(output)
    assert "QuantizeLinear" in {node.op_type for node in model.graph.node}
    assert not model.metadata_props
    assert str(tmp_path).encode() not in output.read_bytes()
    # An image that calibration has not seen, of the same kind.
    pair = read_pairs(tiny_data, "val")[0]
    before, after = (from_onnx(path, contract) for path in (full, output))
    expected, eight = (
        s.answer(pair.image(), pair.modality).logits.numpy() for s in (before, after)
    )
    assert 0 < np.abs(eight - expected).max() < 0.02 * np.ptp(expected)


def test_a_model_loses_nothing_against_itself(tiny_data: Path, tmp_path: Path) -> None:
    write_model(tmp_path)
    segmenter = from_models(tmp_path)
    result = compare(segmenter, segmenter, read_pairs(tiny_data, "val"))
    assert result.drop == dict.fromkeys(CHANNELS, 0)
    assert result.speed > 0


@pytest.mark.parametrize(
    ("drop", "speed", "worthwhile"),
    [(0.004, 1.5, True), (0.006, 1.5, False), (0.0, 0.9, False), (-0.01, 1.1, True)],
)
def test_it_is_worthwhile_only_if_as_good_and_faster(
    drop: float, speed: float, worthwhile: bool
) -> None:
    assert Comparison({"xray": 0.0, "fundus": drop}, speed).worthwhile is worthwhile


@pytest.mark.parametrize("taken", [True, False])
def test_only_a_worthwhile_one_takes_the_place(
    tiny_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    manifest = write_model(tmp_path)
    path, full = tmp_path / manifests.MODEL_FILE, tmp_path / "full.onnx"
    full.write_bytes(path.read_bytes())
    # The bar, not the measurement, is what this test sets.
    monkeypatch.setattr(Comparison, "worthwhile", taken)
    assert try_int8(full, path, manifest, tiny_data, 2) is taken
    assert (path.read_bytes() != full.read_bytes()) is taken
    assert not (tmp_path / "int8.tmp.onnx").exists()


def test_pictures_are_spread_over_the_split(tiny_data: Path, tmp_path: Path) -> None:
    write_model(tmp_path)
    picked = spread(read_pairs(tiny_data, "train"), from_models(tmp_path).contract, 2)
    assert [pair.stem for pair in picked if pair.modality == "xray"] == ["s0", "s2"]
    assert len(picked) == 2 * len(CHANNELS)
