"""`python -m espmedsam.detector.export`: members become the detector of a model directory."""

import argparse
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from espmedsam import checkpoint
from espmedsam import manifest as manifests
from espmedsam.data import read_pairs
from espmedsam.detector import SIZE
from espmedsam.detector.calibrate import calibrate
from espmedsam.detector.mining import logits_of
from espmedsam.detector.network import CalibratedDetector, Jury, ModalityDetector
from espmedsam.detector.validation import FOREIGN, evaluation_set
from espmedsam.layers import ConvBN
from espmedsam.onnx_graph import OPSET, open_session
from espmedsam.onnx_storage import strip_metadata
from espmedsam.onnx_weights import OnnxWeightsError, fill

MAX_DIFFERENCE = 1e-4
"""Largest allowed difference of a probability between ONNX and PyTorch."""


def export_detector(model: CalibratedDetector, path: Path) -> None:
    """Writes `image [N,3,112,112]` → `probabilities [N,7]` and checks it against PyTorch."""
    for name in ("onnxscript", "onnx_ir", "torch.onnx"):
        logging.getLogger(name).setLevel(logging.ERROR)
    model.eval()
    batch = torch.export.Dim("batch", min=1, max=1024)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.zeros(2, 3, SIZE, SIZE),),
            str(path),
            input_names=["image"],
            output_names=["probabilities"],
            dynamic_shapes={"image": {0: batch}},
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    onnx.save(strip_metadata(onnx.load(path)), path)
    image = torch.randn(3, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    session = open_session(path)
    actual = session.run(None, {"image": image.numpy()})[0]
    with torch.no_grad():
        expected = model(image).numpy()
    difference = float(np.abs(actual - expected).max())
    if not difference <= MAX_DIFFERENCE:
        raise RuntimeError(f"the exported detector differs by {difference}")


def read_members(path: Path) -> list[ModalityDetector]:
    """The networks of a run's `detector.pt` (one) or of an exported detector (all its members).

    Raises `OnnxWeightsError` for an ONNX file of another kind.
    """
    if checkpoint.is_exported(path):
        return members_of(path)
    member = ModalityDetector()
    member.load_state_dict(checkpoint.load(path)["model"])
    return [member]


def members_of(path: Path) -> list[ModalityDetector]:
    """The members of an exported detector, as `espmedsam.onnx_weights` does for segmentation."""
    graph = onnx.load(path).graph
    stored = {item.name: torch.tensor(numpy_helper.to_array(item)) for item in graph.initializer}
    members: list[ModalityDetector] = []
    while any(name.startswith(f"detector.members.{len(members)}.") for name in stored):
        prefix, member, fused = f"detector.members.{len(members)}", ModalityDetector(), {}
        for name, module in member.named_modules():
            if isinstance(module, ConvBN):
                fused[f"{name}.weight"] = stored[f"{prefix}.{name}.c.weight"]
                # What the exporter calls the bias that folding BatchNorm gave.
                fused[f"{name}.bias"] = stored[f"{prefix}.{name}.c.weight_bias"]
        for name, _ in member.head.named_parameters():
            fused[f"head.{name}"] = stored[f"{prefix}.head.{name}"]
        fill(member, fused)
        members.append(member)
    if not members:
        raise OnnxWeightsError(f"{path} is no modality detector")
    return members


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--members", type=Path, nargs="+", required=True, help="detector.pt of runs"
    )
    parser.add_argument("--data", type=Path, required=True, help="its validation split decides")
    parser.add_argument("--output", type=Path, required=True, help="model directory")
    parser.add_argument("--foreign", type=int, default=FOREIGN, help="foreign images to decide on")
    a = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    jury = Jury([member for path in a.members for member in read_members(path)]).eval()
    images, labels, made = evaluation_set(read_pairs(a.data, "val"), a.foreign, seed=0)
    calibration = calibrate(logits_of(jury, images), labels, made)
    path = a.output / manifests.DETECTOR_FILE
    export_detector(CalibratedDetector(jury, calibration.temperature), path)
    manifest = manifests.read(a.output)
    manifest["detector"] = manifests.detector_entry(
        path, SIZE, calibration.threshold, calibration.alone
    )
    manifests.write(a.output, manifest)
    logging.info("%s: %d bytes", path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
