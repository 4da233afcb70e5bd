"""`python -m espmedsam.detector.export`: adds the detector to a model directory."""

import argparse
import logging
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch

from espmedsam import checkpoint
from espmedsam import manifest as manifests
from espmedsam.detector import SIZE
from espmedsam.detector.network import CalibratedDetector, ModalityDetector
from espmedsam.onnx_graph import OPSET, open_session
from espmedsam.onnx_storage import strip_metadata

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


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="detector.pt")
    parser.add_argument("--output", type=Path, required=True, help="model directory")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    state = checkpoint.load(arguments.checkpoint)
    detector = ModalityDetector()
    detector.load_state_dict(state["model"])
    path = arguments.output / manifests.DETECTOR_FILE
    export_detector(CalibratedDetector(detector, state["temperature"]), path)
    manifest = manifests.read(arguments.output)
    manifest["detector"] = manifests.detector_entry(
        path,
        SIZE,
        state["threshold"],
        # Older checkpoints have one threshold for both.
        state.get("threshold_alone"),
    )
    manifests.write(arguments.output, manifest)
    logging.info("%s: %d bytes", path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
