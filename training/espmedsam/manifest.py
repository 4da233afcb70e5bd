"""The manifest beside the exported model: all that a consumer must know of it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from espmedsam.channels import CHANNELS, NONE_CLASS
from espmedsam.preprocess import MEAN, STD

MODEL_FILE = "esp-medsam.onnx"
CLASSIFIER_FILE = "modality-detector.onnx"
MANIFEST_FILE = "manifest.json"
VERSION = "0.1.0"


def file_identity(path: Path) -> dict[str, Any]:
    """Name, SHA-256 (hex) and size in bytes of a file."""
    content = path.read_bytes()
    return {
        "file": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }


def input_contract(size: int, std: tuple[float, ...] = STD) -> dict[str, Any]:
    """Input edge in pixels and the normalisation that training used."""
    return {"size": size, "normalisation": {"mean": list(MEAN), "std": list(std)}}


def model_manifest(
    model_file: Path,
    size: int,
    opset: int,
    thresholds: dict[str, float],
    training: dict[str, Any],
    *,
    indices: dict[str, int] | None = None,
    tiles: dict[str, int] | None = None,
    views: dict[str, int] | None = None,
    sizes: dict[str, int] | None = None,
    std: tuple[float, ...] = STD,
    version: str = VERSION,
) -> dict[str, Any]:
    """The manifest of a segmentation model, without a modality classifier.

    `indices` are the channels that the weights are good for, with the network's numbers for them;
    the usual six by default. A channel without a threshold has 0.5, one without `tiles` takes the
    whole picture at once, one without `views` just as it is, one without `sizes` at `size`.
    """
    if indices is None:
        indices = {name: i for i, name in enumerate(CHANNELS)}
    return {
        "schemaVersion": 1,
        "name": "ESP-MedSAM",
        "version": version,
        **file_identity(model_file),
        "precision": "fp16-storage",
        "opset": opset,
        "input": input_contract(size, std),
        "channels": [
            {"name": name, "index": i, "threshold": thresholds.get(name, 0.5)}
            | ({"tiles": tiles[name]} if tiles is not None and name in tiles else {})
            | ({"views": views[name]} if views is not None and name in views else {})
            | ({"size": sizes[name]} if sizes is not None and name in sizes else {})
            for name, i in indices.items()
        ],
        "training": training,
    }


def classifier_entry(
    classifier_file: Path,
    size: int,
    threshold: float,
    threshold_alone: float | None = None,
    classes: Sequence[str] = (*CHANNELS, NONE_CLASS),
) -> dict[str, Any]:
    """The manifest's optional `detector`, the modality classifier.

    An answer below the threshold counts as `none`. `threshold_alone` holds where the header names
    no kind and is the same one unless given. `classes` are the file's outputs in order.
    """
    return {
        **file_identity(classifier_file),
        "input": input_contract(size),
        "classes": list(classes),
        "threshold": threshold,
        "thresholdAlone": threshold if threshold_alone is None else threshold_alone,
    }


def kept_classifier(directory: Path) -> dict[str, Any]:
    """`{"detector": …}` of a directory's manifest while its file is the same, otherwise `{}`."""
    if not (directory / MANIFEST_FILE).exists():
        return {}
    entry = read(directory).get("detector")
    if entry is None or not (directory / entry["file"]).exists():
        return {}
    same = file_identity(directory / entry["file"])["sha256"] == entry["sha256"]
    return {"detector": entry} if same else {}


def read(directory: Path) -> dict[str, Any]:
    """The manifest of a model directory."""
    return json.loads((directory / MANIFEST_FILE).read_text())


def write(directory: Path, manifest: dict[str, Any]) -> None:
    """Writes the manifest into a model directory."""
    (directory / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n")
