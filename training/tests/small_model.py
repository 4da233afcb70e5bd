"""A model directory whose graph is made in no time: bright pixels are foreground."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from espmedsam import manifest as manifests
from espmedsam.onnx_graph import OPSET

SIZE = 32


def bright_is_foreground(path: Path) -> None:
    """`mask_logits` = four times (mean of the colours + 1), at a quarter of the input's edge."""
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, SIZE, SIZE])
    modality = helper.make_tensor_value_info("modality", TensorProto.INT64, ["n"])
    mask = helper.make_tensor_value_info("mask_logits", TensorProto.FLOAT, ["n", 1, 8, 8])
    patch = helper.make_tensor_value_info("patch_logits", TensorProto.FLOAT, ["n", 1, 1, 1])
    weight = np.full((1, 3, 4, 4), 4 / 48, np.float32)
    nodes = [
        helper.make_node("Conv", ["image", "weight", "bias"], ["mask_logits"], strides=[4, 4]),
        helper.make_node("GlobalAveragePool", ["mask_logits"], ["patch_logits"]),
    ]
    constants = [
        numpy_helper.from_array(weight, "weight"),
        numpy_helper.from_array(np.full(1, 4, np.float32), "bias"),
    ]
    graph = helper.make_graph(nodes, "bright", [image, modality], [mask, patch], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = 10
    onnx.save(model, path)


def write_model(directory: Path) -> dict:
    """The graph and a manifest; returns the manifest."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / manifests.MODEL_FILE
    bright_is_foreground(path)
    manifest = manifests.model_manifest(path, SIZE, OPSET, {}, {"summary": "bright"})
    manifests.write(directory, manifest)
    return manifest
