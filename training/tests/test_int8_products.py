"""The graph that multiplies in 8 bits: what it replaces, and where its weights are."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from espmedsam.int8_products import borrow_weights, multiply_in_8_bits
from espmedsam.onnx_storage import as_int8

WIDTH = 96
CHANNELS = 3


def matrices() -> dict[str, np.ndarray]:
    """Of every channel alike and of each its own; with a scale for each row, or each column."""
    random = np.random.default_rng(7)
    made = {
        "columns": random.normal(size=(WIDTH, WIDTH)) * random.uniform(0.1, 9, (1, WIDTH)),
        "rows": random.normal(size=(WIDTH, WIDTH)) * random.uniform(0.1, 9, (WIDTH, 1)),
        "own_columns": random.normal(size=(CHANNELS, WIDTH, WIDTH))
        * random.uniform(0.1, 9, (CHANNELS, 1, WIDTH)),
        "own_rows": random.normal(size=(CHANNELS, WIDTH, WIDTH))
        * random.uniform(0.1, 9, (CHANNELS, WIDTH, 1)),
    }
    return {name: value.astype(np.float32) for name, value in made.items()}


def stored_model(path: Path) -> None:
    """A product with each of the matrices, stored in 8 bits, and one that has no constant."""
    constants, nodes, outputs = [], [], []
    for name, value in matrices().items():
        stored, unpacking = as_int8(name, value)
        constants += stored
        nodes += unpacking
        factor = name
        if value.ndim == 3:
            nodes.append(helper.make_node("Gather", [name, "channel"], [f"{name}_one"], axis=0))
            factor = f"{name}_one"
        nodes.append(helper.make_node("MatMul", ["tokens", factor], [f"out_{name}"], f"by_{name}"))
        outputs.append(f"out_{name}")
    nodes.append(helper.make_node("Transpose", ["tokens"], ["turned"], perm=[0, 2, 1]))
    nodes.append(helper.make_node("MatMul", ["tokens", "turned"], ["out_none"], "by_none"))
    outputs.append("out_none")
    graph = helper.make_graph(
        nodes,
        "products",
        [
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, "n", WIDTH]),
            helper.make_tensor_value_info("channel", TensorProto.INT64, [1]),
        ],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])
    model.ir_version = 10
    onnx.save(model, path)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    source, output = tmp_path / "model.onnx", tmp_path / "int8.onnx"
    stored_model(source)
    model = onnx.load(source)
    assert multiply_in_8_bits(model) == len(matrices())
    borrow_weights(model, source)
    onnx.save(model, output)
    return source, output


def run(path: Path, channel: int) -> dict[str, np.ndarray]:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    tokens = np.random.default_rng(1).normal(size=(1, 50, WIDTH)).astype(np.float32)
    feed = {"tokens": tokens, "channel": np.array([channel], np.int64)}
    return dict(zip(names, session.run(names, feed), strict=True))


@pytest.mark.parametrize("channel", range(CHANNELS))
def test_products_are_nearly_the_same(files: tuple[Path, Path], channel: int) -> None:
    before, after = (run(path, channel) for path in files)
    np.testing.assert_array_equal(after.pop("out_none"), before.pop("out_none"))
    for name, expected in before.items():
        error = np.abs(after[name] - expected).mean() / np.abs(expected).mean()
        assert 0 < error < 0.02, name


def test_matrices_with_either_scale_are_among_them(files: tuple[Path, Path]) -> None:
    """Otherwise one half of the rewriting would go untested."""
    constants = {tensor.name: tensor for tensor in onnx.load(files[0]).graph.initializer}
    shapes = {name: list(constants[f"{name}_scale"].dims) for name in matrices()}
    assert shapes == {
        "columns": [1, WIDTH],
        "rows": [WIDTH, 1],
        "own_columns": [CHANNELS, 1, WIDTH],
        "own_rows": [CHANNELS, WIDTH, 1],
    }


def test_the_weights_are_those_of_the_other_file(files: tuple[Path, Path]) -> None:
    source, output = files
    weights = {name: numpy_helper.to_array(t) for name, t in by_name(source).items()}
    model = onnx.load(output, load_external_data=False)
    borrowed = [t for t in model.graph.initializer if t.data_location == TensorProto.EXTERNAL]
    assert {tensor.name for tensor in borrowed} == {f"{name}_int8" for name in matrices()}
    content = source.read_bytes()
    for tensor in borrowed:
        entry = {pair.key: pair.value for pair in tensor.external_data}
        assert entry["location"] == source.name
        start = int(entry["offset"])
        assert content[start : start + int(entry["length"])] == weights[tensor.name].tobytes()
    assert output.stat().st_size < source.stat().st_size / 4


def by_name(path: Path) -> dict[str, TensorProto]:
    return {tensor.name: tensor for tensor in onnx.load(path).graph.initializer}
