"""The exported graph against PyTorch, the stored precision, the manifest and the golden file."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from espmedsam import manifest as manifests
from espmedsam import onnx_graph
from espmedsam.channels import CHANNELS
from espmedsam.export import main
from espmedsam.golden import COLUMNS, ROWS, golden_image, run_lengths, write_golden
from espmedsam.model import ESPMedSAM
from espmedsam.official import to_official
from espmedsam.onnx_graph import OPSET, export_onnx, open_session
from espmedsam.onnx_storage import store_as_fp16, store_as_int8, unpacked
from espmedsam.parity import ParityError, parity, require_parity

SIZE = 64


@pytest.fixture(scope="module")
def exported(network: ESPMedSAM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("onnx") / "esp-medsam.onnx"
    export_onnx(network, path)
    return path


def test_onnx_equals_pytorch_for_each_modality_and_a_mixed_batch(
    network: ESPMedSAM, exported: Path
) -> None:
    errors = parity(network, exported, SIZE)
    assert set(errors) == {"0", "1", "2", "3", "4", "5", "mixed"}
    assert max(errors.values()) < 1e-4


def test_a_wrong_graph_is_refused(network: ESPMedSAM, exported: Path) -> None:
    torch.manual_seed(5)
    other = ESPMedSAM().eval()
    with pytest.raises(ParityError):
        require_parity(parity(other, exported, SIZE))


def test_inputs_and_outputs_have_the_agreed_names_and_a_free_batch_axis(exported: Path) -> None:
    graph = onnx.load(exported).graph
    assert [value.name for value in graph.input] == ["image", "modality"]
    assert [value.name for value in graph.output] == ["mask_logits", "patch_logits"]
    for value in (*graph.input, *graph.output):
        assert value.type.tensor_type.shape.dim[0].dim_param != ""


def test_the_file_tells_nothing_of_the_machine_that_made_it(exported: Path) -> None:
    assert str(Path(onnx_graph.__file__).parent).encode() not in exported.read_bytes()


def test_fp16_storage_halves_the_file_and_computes_as_the_rounded_weights_do(
    network: ESPMedSAM, exported: Path, tmp_path: Path
) -> None:
    path = tmp_path / "half.onnx"
    onnx.save(store_as_fp16(onnx.load(exported)), path)
    assert path.stat().st_size < 60e6
    assert path.stat().st_size < 0.55 * exported.stat().st_size
    session, original = open_session(path), open_session(exported)
    feed = {
        "image": np.random.default_rng(0).standard_normal((1, 3, SIZE, SIZE), np.float32),
        "modality": np.array([2]),
    }
    half, full = session.run(None, feed)[0], original.run(None, feed)[0]
    assert half.dtype == np.float32
    assert np.linalg.norm(half - full) < 0.02 * np.linalg.norm(full)


def test_int8_storage_makes_a_quarter_of_the_file_and_moves_logits_little(
    network: ESPMedSAM, exported: Path, tmp_path: Path
) -> None:
    path = tmp_path / "quarter.onnx"
    onnx.save(store_as_int8(onnx.load(exported)), path)
    assert path.stat().st_size < 0.3 * exported.stat().st_size
    for error in parity(network, path, SIZE).values():
        assert error < 0.1
    # What is read back is what the runtime unpacks.
    values = unpacked(onnx.load(path).graph)[1]
    given = {i.name: numpy_helper.to_array(i) for i in onnx.load(exported).graph.initializer}
    largest = max(given, key=lambda name: given[name].size)
    assert np.abs(values[largest] - given[largest]).max() < 0.01 * np.abs(given[largest]).max()


def test_the_manifest_names_the_file_and_the_golden_masks_fit_their_areas(
    exported: Path,
) -> None:
    directory = exported.parent
    training = {"summary": "none"}
    thresholds = {"fundus": 0.4}
    manifest = manifests.model_manifest(exported, SIZE, OPSET, thresholds, training)
    manifests.write(directory, manifest)
    write_golden(directory, manifest)
    stored = manifests.read(directory)
    content = exported.read_bytes()
    assert stored["sha256"] == hashlib.sha256(content).hexdigest()
    assert stored["bytes"] == len(content)
    assert stored["input"]["size"] == SIZE
    assert [c["name"] for c in stored["channels"]] == list(CHANNELS)
    assert [c["threshold"] for c in stored["channels"]] == [0.5, 0.5, 0.5, 0.4, 0.5, 0.5]
    golden = json.loads((directory / "golden.json").read_text())
    assert golden["model"] == stored["sha256"]
    for name in CHANNELS:
        mask = golden["masks"][name]
        assert sum(mask["runs"]) == ROWS * COLUMNS
        assert sum(mask["runs"][1::2]) == mask["area"]


def test_the_golden_image_is_what_its_formula_says() -> None:
    image = golden_image()
    assert image.shape == (ROWS, COLUMNS, 3)
    assert image[0, 0].tolist() == [200, 180 + 29, 160 + 58 % 32]
    assert image[90, 120].tolist() == [50 + (120 * 7 + 90 * 13 + c * 29) % 32 for c in range(3)]


def test_run_lengths_start_with_the_background() -> None:
    assert run_lengths(np.array([[False, True, True], [False, False, True]])) == [1, 2, 2, 1]
    assert run_lengths(np.array([[True, True], [False, False]])) == [0, 2, 2]
    assert run_lengths(np.zeros((2, 3), bool)) == [6]


def test_released_files_become_a_model_directory_with_their_own_normalisation(
    network: ESPMedSAM, tmp_path: Path
) -> None:
    arguments = []
    for name in ("xray", "fundus"):
        torch.save(to_official(network, name), tmp_path / f"{name}.pth")
        arguments.append(f"{name}={tmp_path / name}.pth")
    models = tmp_path / "models"
    main(["--official", *arguments, "--size", str(SIZE), "--output", str(models)])
    manifest = manifests.read(models)
    rules = manifest["input"]["normalisation"]
    assert rules["std"] == rules["mean"] == [123.675, 116.28, 103.53]
    assert manifest["channels"] == [
        {"name": "xray", "index": 1, "threshold": 0.5},
        {"name": "fundus", "index": 3, "threshold": 0.5},
    ]
    golden = json.loads((models / "golden.json").read_text())
    assert list(golden["masks"]) == ["xray", "fundus"]
    assert {path.name for path in models.iterdir()} == {
        "esp-medsam.onnx",
        "manifest.json",
        "golden.json",
    }
    # The golden result is of an image normalised as the manifest says.
    image = torch.nn.functional.interpolate(
        torch.from_numpy(golden_image()).permute(2, 0, 1)[None].float(),
        (SIZE, SIZE),
        mode="bilinear",
        antialias=True,
    )
    mean = torch.tensor(rules["mean"])[:, None, None]
    with torch.no_grad():
        logits, _ = network((image - mean) / mean, torch.tensor([3]))
    logits = torch.nn.functional.interpolate(logits, (ROWS, COLUMNS), mode="bilinear")
    stated = golden["masks"]["fundus"]["logitsMean"]
    assert stated == pytest.approx(logits.mean().item(), abs=0.02 * logits.std().item())


def test_a_classifier_stays_in_the_manifest_as_long_as_its_file_is_the_same(tmp_path: Path) -> None:
    assert manifests.kept_classifier(tmp_path) == {}
    path = tmp_path / manifests.CLASSIFIER_FILE
    path.write_bytes(b"one")
    entry = manifests.classifier_entry(path, 96, 0.7)
    manifests.write(tmp_path, {"detector": entry})
    assert manifests.kept_classifier(tmp_path) == {"detector": entry}
    path.write_bytes(b"two")
    assert manifests.kept_classifier(tmp_path) == {}
    path.unlink()
    assert manifests.kept_classifier(tmp_path) == {}
