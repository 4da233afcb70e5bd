"""Weights read back out of an exported file."""

import copy
from dataclasses import replace
from pathlib import Path
from shutil import copy2

import onnx
import pytest
import torch
from torch import Tensor

from espmedsam import manifest as manifests
from espmedsam.config import Phase, TrainConfig
from espmedsam.model import ESPMedSAM, with_channel
from espmedsam.onnx_graph import OPSET, export_onnx
from espmedsam.onnx_storage import store_as_fp16
from espmedsam.onnx_weights import OnnxWeightsError, measure_batchnorm, read_onnx
from espmedsam.parity import parity
from espmedsam.train.trainer import Trainer

SIZE = 160
"""Below that the exporter computes the positional encoding to the end, and no way leads back."""


@pytest.fixture(scope="module")
def trained(network: ESPMedSAM) -> ESPMedSAM:
    """A network of seven channels in which, as after training, no two weights are alike."""
    grown = with_channel(network, "otoscopy", like="colonoscopy").eval()
    generator = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for weight in grown.parameters():
            weight += 0.01 * torch.randn(weight.shape, generator=generator)
    return grown


@pytest.fixture(scope="module")
def model_file(trained: ESPMedSAM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The network as it is shipped: BatchNorm folded, stored as fp16."""
    models = tmp_path_factory.mktemp("models")
    path = models / manifests.MODEL_FILE
    export_onnx(trained, path)
    onnx.save(store_as_fp16(onnx.load(path)), path)
    indices = {name: i for i, name in enumerate(trained.channels)}
    manifests.write(models, manifests.model_manifest(path, SIZE, OPSET, {}, {}, indices=indices))
    return path


@pytest.fixture(scope="module")
def restored(model_file: Path) -> ESPMedSAM:
    return read_onnx(model_file)


def test_it_computes_what_the_file_does_in_every_channel(
    model_file: Path, restored: ESPMedSAM
) -> None:
    assert restored.channels[6] == "otoscopy"
    errors = parity(restored, model_file, SIZE)
    assert set(errors) == {*"0123456", "mixed"}
    assert max(errors.values()) < 1e-4


def test_all_but_batchnorm_are_the_weights_that_were_exported(
    trained: ESPMedSAM, restored: ESPMedSAM
) -> None:
    key = "qdmd.transformer.layers.1.mlp.lin1.weight"
    half = trained.state_dict()[key].half().float()
    assert torch.equal(restored.state_dict()[key], half)
    key = "qdmd.pe_layer.positional_encoding_gaussian_matrix"
    torch.testing.assert_close(
        restored.state_dict()[key], trained.state_dict()[key], rtol=1e-2, atol=1e-2
    )


def test_another_graph_is_refused(
    model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reference is an export of this network: the one at hand saves making another.
    monkeypatch.setattr(
        "espmedsam.onnx_weights.export_onnx", lambda _model, path, _size: copy2(model_file, path)
    )
    graph = onnx.load(model_file)
    del graph.graph.node[-1]
    onnx.save(graph, tmp_path / manifests.MODEL_FILE)
    manifests.write(tmp_path, manifests.read(model_file.parent))
    with pytest.raises(OnnxWeightsError, match="not an export of this network"):
        read_onnx(tmp_path / manifests.MODEL_FILE)


def test_a_manifest_that_leaves_a_channel_out_is_refused(model_file: Path, tmp_path: Path) -> None:
    manifest = manifests.read(model_file.parent)
    del manifest["channels"][2]
    manifests.write(tmp_path, manifest)
    with pytest.raises(OnnxWeightsError, match="names the channels"):
        read_onnx(tmp_path / manifests.MODEL_FILE)


def relative(actual: Tensor, expected: Tensor) -> float:
    return float((actual - expected).norm() / expected.norm())


@torch.no_grad()
def test_with_statistics_it_computes_the_same_in_training_as_in_use(restored: ESPMedSAM) -> None:
    # The encoder alone: behind it a patch at the threshold could tip over.
    encoder = copy.deepcopy(restored.encoder)
    image = torch.randn(4, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    modality = torch.tensor([0, 2, 3, 6])
    expected = encoder.eval()(image, modality)
    assert relative(copy.deepcopy(encoder).train()(image, modality), expected) > 0.1
    measure_batchnorm(encoder, [(image, modality)])
    assert relative(encoder.eval()(image, modality), expected) < 1e-4
    assert relative(encoder.train()(image, modality), expected) < 1e-3


def test_a_run_may_start_from_an_export(
    model_file: Path,
    restored: ESPMedSAM,
    tiny_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Read once for all tests: it takes an export of its own.
    monkeypatch.setattr("espmedsam.checkpoint.read_onnx", lambda _: copy.deepcopy(restored))
    phase = Phase(64, 2, {"fundus": 2, "xray": 1}, 1e-4)
    config = TrainConfig(tiny_data, tmp_path / "all", (phase,), threads=1, initial=model_file)
    whole = Trainer(config)
    variance = whole.model.encoder.patch_embed.seq[0].bn.running_var
    # Statistics of its images, since BatchNorm learns.
    assert not torch.equal(variance, torch.ones_like(variance))
    whole.run()
    assert Trainer(config).step == 2
    adapted = replace(config, output=tmp_path / "adapted", trainable="controllers")
    frozen = Trainer(adapted)
    frozen.run()
    for key, value in frozen.model.encoder.patch_embed.state_dict().items():
        assert torch.equal(value, restored.encoder.patch_embed.state_dict()[key]), key
