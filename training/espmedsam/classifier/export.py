"""`python -m espmedsam.classifier.export`: members become the classifier of a model directory."""

import argparse
import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from espmedsam import checkpoint
from espmedsam import manifest as manifests
from espmedsam.channels import CHANNELS, NONE_CLASS
from espmedsam.classifier import CLASSES, SIZE
from espmedsam.classifier.calibrate import calibrate
from espmedsam.classifier.mining import logits_of
from espmedsam.classifier.network import CalibratedClassifier, Ensemble, ModalityClassifier
from espmedsam.classifier.validation import NEAR_PICTURES, validation_set
from espmedsam.layers import ConvBN
from espmedsam.onnx_graph import OPSET, open_session
from espmedsam.onnx_storage import strip_metadata
from espmedsam.onnx_weights import OnnxWeightsError, fill

MAX_DIFFERENCE = 1e-4
"""Largest allowed difference of a probability between ONNX and PyTorch."""


def export_classifier(model: CalibratedClassifier, path: Path) -> None:
    """Writes `image [N,3,112,112]` → `probabilities [N,classes]` and checks it against PyTorch."""
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
        raise RuntimeError(f"the exported classifier differs by {difference}")


def exported_classes(manifest: dict[str, Any]) -> tuple[str, ...]:
    """The classes that a model has a channel for, and `none`.

    A manifest without channels counts as one with the usual six.
    """
    channels = {entry["name"] for entry in manifest.get("channels", [])} or set(CHANNELS)
    return tuple(name for name in CLASSES if name in channels or name == NONE_CLASS)


def read_members(path: Path, new_head: bool = False) -> list[ModalityClassifier]:
    """The networks of a run's `classifier.pt` (one) or of an exported classifier (all its members).

    With `new_head` a file of other classes is taken too and its heads are left out. Raises
    `OnnxWeightsError` for an ONNX file of another kind.
    """
    if checkpoint.is_exported(path):
        return members_of(path, new_head)
    member = ModalityClassifier()
    member.load_state_dict(checkpoint.load(path)["model"])
    return [member]


def members_of(path: Path, new_head: bool) -> list[ModalityClassifier]:
    """The members of an exported classifier, as `espmedsam.onnx_weights` does for segmentation."""
    graph = onnx.load(path).graph
    stored = {item.name: torch.tensor(numpy_helper.to_array(item)) for item in graph.initializer}
    # Up to version 0.4.0 the outer name was `detector`.
    outer = next((name.split(".")[0] for name in stored if ".members.0." in name), "")
    members: list[ModalityClassifier] = []
    while any(name.startswith(f"{outer}.members.{len(members)}.") for name in stored):
        prefix, member, fused = f"{outer}.members.{len(members)}", ModalityClassifier(), {}
        for name, module in member.named_modules():
            if isinstance(module, ConvBN):
                fused[f"{name}.weight"] = stored[f"{prefix}.{name}.c.weight"]
                # What the exporter calls the bias that folding BatchNorm gave.
                fused[f"{name}.bias"] = stored[f"{prefix}.{name}.c.weight_bias"]
        for name, own in member.head.named_parameters():
            given = own.detach() if new_head else stored.get(f"{prefix}.head.{name}")
            if given is None or given.shape != own.shape:
                raise OnnxWeightsError(f"{path} has a head of another shape or other classes")
            fused[f"head.{name}"] = given
        fill(member, fused)
        members.append(member)
    if not members:
        raise OnnxWeightsError(f"{path} is no modality classifier")
    return members


def export_members(
    members: Sequence[Path],
    roots: Sequence[Path],
    output: Path,
    near_pictures: int = NEAR_PICTURES,
    cache: Path | None = None,
    classes: Sequence[str] | None = None,
) -> None:
    """Joins members, chooses the thresholds on the folders' val splits, writes file and manifest.

    `output` is a model directory. `classes` are the file's answers, `none` the last; by default
    those that the directory's model has a channel for.
    """
    manifest = manifests.read(output)
    classes = exported_classes(manifest) if classes is None else tuple(classes)
    ensemble = Ensemble([member for path in members for member in read_members(path)]).eval()
    found = validation_set(roots, near_pictures, cache)
    # The labels of classes without a channel are `none` as well.
    merge = CalibratedClassifier(ensemble, 1.0, classes).merge
    calibration = calibrate(logits_of(ensemble, found.images), found.labels, found.near, merge)
    path = output / manifests.CLASSIFIER_FILE
    export_classifier(CalibratedClassifier(ensemble, calibration.temperature, classes), path)
    manifest["detector"] = manifests.classifier_entry(
        path, SIZE, calibration.threshold, calibration.alone, classes
    )
    manifests.write(output, manifest)
    logging.info("%s: %d bytes, classes %s", path.name, path.stat().st_size, ", ".join(classes))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--members", type=Path, nargs="+", required=True, help="classifier.pt of runs"
    )
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, help="folders; their val splits decide"
    )
    parser.add_argument("--output", type=Path, required=True, help="model directory")
    parser.add_argument(
        "--near", type=int, default=NEAR_PICTURES, help="pictures made of known ones to decide on"
    )
    parser.add_argument("--cache", type=Path, help="folder for the decoded pictures")
    parser.add_argument(
        "--classes", nargs="+", choices=CLASSES, help="answers; those of the model's channels"
    )
    a = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    export_members(a.members, a.data, a.output, a.near, a.cache, a.classes)


if __name__ == "__main__":
    main()
