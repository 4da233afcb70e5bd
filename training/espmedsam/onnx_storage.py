"""Halves an ONNX file: fp32 weights are stored as fp16 and cast back when the model is loaded.

Computation stays fp32. A runtime folds the casts into constants once, at session creation.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MIN_ELEMENTS = 256
"""Smaller tensors (biases, scalars) stay fp32: they weigh nothing."""


def strip_metadata(model: onnx.ModelProto) -> onnx.ModelProto:
    """Removes what the exporter notes on every node: stack traces with paths of its machine."""
    graph = model.graph
    for item in (*graph.node, *graph.initializer, *graph.value_info, *graph.input, *graph.output):
        del item.metadata_props[:]
        item.doc_string = ""
    for holder in (model, graph):
        del holder.metadata_props[:]
        holder.doc_string = ""
    del graph.value_info[:]
    return model


def share_equal_initialisers(model: onnx.ModelProto) -> None:
    """Keeps one copy of initialisers with equal content, in place (e.g. the window offsets)."""
    graph = model.graph
    first: dict[tuple, str] = {}
    renamed: dict[str, str] = {}
    kept = []
    for initialiser in graph.initializer:
        content = numpy_helper.to_array(initialiser).tobytes()
        key = (initialiser.data_type, tuple(initialiser.dims), content)
        name = first.setdefault(key, initialiser.name)
        if name == initialiser.name:
            kept.append(initialiser)
        else:
            renamed[initialiser.name] = name
    for node in graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)
    del graph.initializer[:]
    graph.initializer.extend(kept)


def store_as_fp16(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the model with every large fp32 initialiser replaced by fp16 plus a Cast."""
    share_equal_initialisers(model)
    graph = model.graph
    kept, casts = [], []
    for initialiser in graph.initializer:
        if initialiser.data_type != TensorProto.FLOAT or np.prod(initialiser.dims) < MIN_ELEMENTS:
            kept.append(initialiser)
            continue
        name = initialiser.name
        half = numpy_helper.to_array(initialiser).astype(np.float16)
        if not np.isfinite(half).all():
            raise ValueError(f"{name} does not fit fp16")
        kept.append(numpy_helper.from_array(half, f"{name}_fp16"))
        casts.append(helper.make_node("Cast", [f"{name}_fp16"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
