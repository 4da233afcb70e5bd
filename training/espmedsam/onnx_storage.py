"""Halves an ONNX file, or makes a quarter of it: weights are stored as fp16, or as 8-bit numbers.

They are brought back to fp32 when the model is loaded, and computation stays fp32: a runtime folds
casts and products of constants once, at session creation.
"""

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

MIN_ELEMENTS = 256
"""Smaller tensors (biases, scalars) stay fp32: they weigh nothing."""
MIN_INT8_ELEMENTS = 4096
"""Smaller ones are stored as fp16 at the least."""
INT8_MAX = 127


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


def as_fp16(name: str, value: np.ndarray) -> tuple[list[TensorProto], list[NodeProto]]:
    """A tensor as fp16, and the node that brings it back under its name."""
    half = value.astype(np.float16)
    if not np.isfinite(half).all():
        raise ValueError(f"{name} does not fit fp16")
    stored = [numpy_helper.from_array(half, f"{name}_fp16")]
    return stored, [helper.make_node("Cast", [f"{name}_fp16"], [name], to=TensorProto.FLOAT)]


def rounded(value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`int8` and the fp32 scale that belongs to it, by which the error is least.

    The scale is one number for each index of an axis: which axis is an output's depends on the
    operator, so each is tried. Stacked weights `[C,in,out]` keep the first axis apart.
    """
    best: tuple[float, np.ndarray, np.ndarray] | None = None
    own = {0} if value.ndim == 3 else set()
    for axis in range(value.ndim):
        others = tuple(a for a in range(value.ndim) if a != axis and a not in own)
        largest = np.abs(value).max(axis=others, keepdims=True)
        scale = np.where(largest > 0, largest / INT8_MAX, 1).astype(np.float32)
        whole = np.clip(np.rint(value / scale), -INT8_MAX, INT8_MAX).astype(np.int8)
        error = float(np.square(whole * scale - value).sum())
        if best is None or error < best[0]:
            best = error, whole, scale
    assert best is not None
    return best[1], best[2]


def as_int8(name: str, value: np.ndarray) -> tuple[list[TensorProto], list[NodeProto]]:
    """A tensor as 8-bit numbers and their scale, and the nodes that bring it back."""
    whole, scale = rounded(value)
    stored = [
        numpy_helper.from_array(whole, f"{name}_int8"),
        numpy_helper.from_array(scale, f"{name}_scale"),
    ]
    nodes = [
        helper.make_node("Cast", [f"{name}_int8"], [f"{name}_whole"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_whole", f"{name}_scale"], [name]),
    ]
    return stored, nodes


def store(model: onnx.ModelProto, int8: bool) -> onnx.ModelProto:
    """Returns the model with its large fp32 initialisers stored smaller."""
    share_equal_initialisers(model)
    graph = model.graph
    kept, unpacking = [], []
    for initialiser in graph.initializer:
        elements = np.prod(initialiser.dims)
        if initialiser.data_type != TensorProto.FLOAT or elements < MIN_ELEMENTS:
            kept.append(initialiser)
            continue
        value = numpy_helper.to_array(initialiser)
        # Kernels of convolutions are few numbers, and rounding them costs most.
        whole = int8 and elements >= MIN_INT8_ELEMENTS and value.ndim in (2, 3)
        stored, nodes = (as_int8 if whole else as_fp16)(initialiser.name, value)
        kept += stored
        unpacking += nodes
    nodes = [*unpacking, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def store_as_fp16(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the model with every large fp32 initialiser replaced by fp16 plus a Cast."""
    return store(model, int8=False)


def store_as_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same with 8-bit numbers, a Cast and a scale for every matrix; kernels as fp16."""
    return store(model, int8=True)


def unpacked(graph: onnx.GraphProto) -> tuple[list[NodeProto], dict[str, np.ndarray]]:
    """The nodes that compute, and every constant by name, stored ones brought back."""
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in values:
            values[node.output[0]] = values[node.input[0]].astype(np.float32)
        elif (
            node.op_type == "Mul"
            and node.input[1].endswith("_scale")
            and all(name in values for name in node.input)
        ):
            values[node.output[0]] = values[node.input[0]] * values[node.input[1]]
        else:
            nodes.append(node)
    return nodes, values
