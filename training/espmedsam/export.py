"""`python -m espmedsam.export`: a checkpoint becomes one ONNX file for all six modalities.

Inputs `image` float32 `[N,3,S,S]` and `modality` int64 `[N]`, outputs `mask_logits` and
`patch_logits`; N is free. The export fails when ONNX Runtime and PyTorch disagree.
"""

import argparse
import copy
import json
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from espmedsam import manifest as manifests
from espmedsam.channels import NUM_CHANNELS
from espmedsam.checkpoint import load_weights
from espmedsam.golden import write_golden
from espmedsam.layers import ConvBN
from espmedsam.model import ESPMedSAM
from espmedsam.onnx_storage import store_as_fp16, strip_metadata

OPSET = 20
MAX_RELATIVE_ERROR = 1e-3


class ParityError(RuntimeError):
    """The exported graph does not compute what the network computes."""


def fuse_batchnorm(module: nn.Module) -> None:
    """Replaces every ConvBN below `module` by one convolution, in place."""
    for name, child in module.named_children():
        if isinstance(child, ConvBN):
            setattr(module, name, child.fused())
        else:
            fuse_batchnorm(child)


def export_onnx(model: ESPMedSAM, size: int, path: Path) -> None:
    """Writes the network (its weights fp32) as ONNX; the model itself is left as it is."""
    model = copy.deepcopy(model).eval()
    fuse_batchnorm(model)
    # Two samples in the example: an axis of one would be taken for a constant.
    example = (torch.zeros(2, 3, size, size), torch.zeros(2, dtype=torch.int64))
    batch = torch.export.Dim("batch", min=1, max=1024)
    # The exporter's own passes log hundreds of lines about constants.
    for name in ("onnxscript", "onnx_ir", "torch.onnx"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            example,
            str(path),
            input_names=["image", "modality"],
            output_names=["mask_logits", "patch_logits"],
            dynamic_shapes={"image": {0: batch}, "modality": {0: batch}},
            opset_version=OPSET,
            dynamo=True,
            optimize=True,
            external_data=False,
            verbose=False,
        )
    onnx.save(strip_metadata(onnx.load(path)), path)


def open_session(path: Path, threads: int = 2) -> onnxruntime.InferenceSession:
    """A CPU session of ONNX Runtime with all graph optimisations."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def relative_error(actual: np.ndarray, expected: Tensor) -> float:
    """Norm of the difference over norm of the expectation."""
    reference = expected.numpy()
    return float(np.linalg.norm(actual - reference) / max(np.linalg.norm(reference), 1e-12))


def randomise_batchnorm(model: nn.Module, seed: int = 0) -> None:
    """Gives BatchNorm statistics that are no identity, so that a lost one is seen."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            shape = module.running_mean.shape
            module.running_mean.copy_(0.1 * torch.randn(shape, generator=generator))
            module.running_var.copy_(0.5 + torch.rand(shape, generator=generator))
            with torch.no_grad():
                module.weight.copy_(0.5 + torch.rand(shape, generator=generator))


@torch.no_grad()
def parity(model: ESPMedSAM, path: Path, size: int, seed: int = 0) -> dict[str, float]:
    """Relative error of ONNX against PyTorch for each modality alone and for a mixed batch."""
    model = copy.deepcopy(model).eval()
    session = open_session(path)
    generator = torch.Generator().manual_seed(seed)
    cases = {str(i): torch.tensor([i]) for i in range(NUM_CHANNELS)}
    cases["mixed"] = torch.tensor([5, 0, 3])
    errors = {}
    for name, modality in cases.items():
        image = torch.randn(len(modality), 3, size, size, generator=generator)
        expected = model(image, modality)
        actual = session.run(None, {"image": image.numpy(), "modality": modality.numpy()})
        errors[name] = max(relative_error(a, e) for a, e in zip(actual, expected, strict=True))
    return errors


def require_parity(errors: dict[str, float]) -> None:
    """Raises if any case differs by more than the limit."""
    wrong = {k: v for k, v in errors.items() if not v <= MAX_RELATIVE_ERROR}
    if wrong:
        raise ParityError(f"ONNX differs from PyTorch by more than {MAX_RELATIVE_ERROR}: {wrong}")


def check_graph(size: int, directory: Path) -> dict[str, float]:
    """Exports a randomly initialised network with random BatchNorm statistics and compares."""
    torch.manual_seed(0)
    model = ESPMedSAM()
    randomise_batchnorm(model)
    path = directory / "parity-check.onnx"
    try:
        export_onnx(model, size, path)
        errors = parity(model, path, size)
    finally:
        path.unlink(missing_ok=True)
    require_parity(errors)
    return errors


def export(checkpoint: Path | None, size: int, output: Path, training: dict) -> dict:
    """Model, manifest and golden file into `output`; returns the manifest."""
    output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    model = ESPMedSAM()
    if checkpoint is not None:
        load_weights(model, checkpoint)
    errors = check_graph(size, output)
    logging.info("parity, random BatchNorm: %s", errors)
    path = output / manifests.MODEL_FILE
    export_onnx(model, size, path)
    require_parity(parity(model, path, size))
    onnx.save(store_as_fp16(onnx.load(path)), path)
    logging.info("fp16 rounding moves logits by %s", parity(model, path, size))
    thresholds = training.pop("thresholds", {})
    result = manifests.model_manifest(path, size, OPSET, thresholds, training)
    manifests.write(output, result)
    write_golden(output, result)
    return result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, help="omitted: an untrained network")
    parser.add_argument("--size", type=int, required=True, help="input edge, a multiple of 32")
    parser.add_argument("--output", type=Path, required=True, help="model directory")
    parser.add_argument("--training", type=Path, help="JSON for the manifest's `training`")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    training = {"summary": "untrained"}
    if arguments.training is not None:
        training = json.loads(arguments.training.read_text())
    result = export(arguments.checkpoint, arguments.size, arguments.output, training)
    logging.info("%s: %d bytes", result["file"], result["bytes"])


if __name__ == "__main__":
    main()
