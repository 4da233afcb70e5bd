"""The network as an ONNX graph, and sessions that run one.

Inputs `image` float32 `[N,3,S,S]` and `modality` int64 `[N]`, outputs `mask_logits` and
`patch_logits`; N is free.
"""

import copy
import logging
import warnings
from pathlib import Path

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
