"""The network as an ONNX graph, and sessions that run one.

Inputs `image` float32 `[N,3,S,S]` and `modality` int64 `[N]`, outputs `mask_logits`,
`patch_logits` and, of a network with that head, `presence_logits`; N is free, and so is S (a
multiple of 32), unless the export is for one size.
"""

import copy
import logging
import warnings
from pathlib import Path
from typing import Any

import onnx
import onnxruntime
import torch
from torch import nn

from espmedsam.layers import ConvBN
from espmedsam.model import ESPMedSAM
from espmedsam.onnx_storage import strip_metadata

OPSET = 20
OUTPUTS = ("mask_logits", "patch_logits", "presence_logits")
"""The network's answers, in their order; one without a presence head has the first two."""


def fuse_batchnorm(module: nn.Module) -> None:
    """Replaces every ConvBN below `module` by one convolution, in place."""
    for name, child in module.named_children():
        if isinstance(child, ConvBN):
            setattr(module, name, child.fused())
        else:
            fuse_batchnorm(child)


EXAMPLE_SIZE = 256
"""Input edge at which every stage pads its windows, as a graph for all sizes must."""
MAX_SIZE = 2048


def export_onnx(model: ESPMedSAM, path: Path, size: int | None = None) -> None:
    """Writes the network (its weights fp32) as ONNX; the model itself is left as it is.

    With a `size` the graph takes that input edge alone: what depends on it is computed here.
    """
    model = copy.deepcopy(model).eval()
    fuse_batchnorm(model)
    edge = size or EXAMPLE_SIZE
    # Two samples in the example: an axis of one would be taken for a constant.
    example = (torch.zeros(2, 3, edge, edge), torch.zeros(2, dtype=torch.int64))
    batch = torch.export.Dim("batch", min=1, max=1024)
    axes: dict[int, Any] = {0: batch}
    if size is None:
        units = torch.export.Dim("units", min=1, max=MAX_SIZE // 32)
        axes |= {2: 32 * units, 3: 32 * units}
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
            output_names=list(OUTPUTS[: 2 if model.presence is None else 3]),
            dynamic_shapes={"image": axes, "modality": {0: batch}},
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
