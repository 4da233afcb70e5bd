"""A second graph on the same weights that multiplies 8-bit numbers, for CPUs that do so faster.

    python -m espmedsam.int8_products models --data DATA

The model's matrices are stored in 8 bits already. This graph leaves them so: the other factor of
each product is rounded to 8 bits by the range that it has at that moment, and the product is one of
whole numbers. All else stays fp32. The file holds no large weights: they are read from the model
beside it, by their place in that file. It is written only if it is worthwhile on the validation
split (`quantise.Comparison`), and named in the manifest as `int8`.
"""

import argparse
import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, external_data_helper, helper, numpy_helper

from espmedsam import manifest as manifests
from espmedsam.data import read_all
from espmedsam.quantise import compare, spread
from espmedsam.segmenter import contract_of, from_onnx

FILE = "esp-medsam-int8.onnx"
RUNTIME_DOMAIN = "com.microsoft"
"""Operators of ONNX Runtime; `DynamicQuantizeMatMul` rounds and multiplies in one."""
MIN_BORROWED_BYTES = 4096
"""Smaller constants are copied: their place could not be told from chance."""


class Rewriter:
    """Replaces products of a graph one by one."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.constants = {tensor.name: tensor for tensor in graph.initializer}
        self.makers = {name: node for node in graph.node for name in node.output}
        self.count = 0

    def stored_matrix(self, name: str) -> tuple[str, np.ndarray] | None:
        """The 8-bit constant that `name` is unpacked from, and its scale; else None."""
        product = self.makers.get(name)
        if product is None or product.op_type != "Mul":
            return None
        whole = self.makers.get(product.input[0])
        if whole is None or whole.op_type != "Cast":
            return None
        stored, scale = (self.constants.get(n) for n in (whole.input[0], product.input[1]))
        if stored is None or scale is None or stored.data_type != TensorProto.INT8:
            return None
        return stored.name, numpy_helper.to_array(scale)

    def constant(self, name: str, value: np.ndarray) -> str:
        self.graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    def of_all_channels(self, node: NodeProto, weight: str, scale: np.ndarray) -> list[NodeProto]:
        """A product with a matrix that is the same for every channel: one node of the runtime."""
        own, [factor], name = [], node.input[:1], node.name
        columns = scale
        if scale.shape[0] > 1:
            # A scale for each row of the matrix belongs to the columns of the other factor.
            rows = self.constant(f"{name}_rows", scale.reshape(-1))
            own.append(helper.make_node("Mul", [factor, rows], [f"{name}_scaled"]))
            factor, columns = f"{name}_scaled", np.ones((), np.float32)
        per_column = columns.reshape(-1) if columns.size > 1 else columns.reshape(())
        inputs = [factor, weight, self.constant(f"{name}_columns", per_column)]
        product = helper.make_node(
            "DynamicQuantizeMatMul", inputs, node.output, name, domain=RUNTIME_DOMAIN
        )
        return [*own, product]

    def of_one_channel(
        self, node: NodeProto, gather: NodeProto, weight: str, scale: np.ndarray
    ) -> list[NodeProto]:
        """A product with the matrix of the channel asked for, picked while still in 8 bits."""
        name, [factor] = node.name, node.input[:1]
        by_row = scale.shape[1] > 1
        # `[C,1,in]`, to be multiplied with the other factor, or `[C,1,out]`, with the product.
        scales = self.constant(f"{name}_scales", scale.reshape(scale.shape[0], 1, -1))
        channel = gather.input[1]
        own = [
            helper.make_node("Gather", [weight, channel], [f"{name}_matrix"], axis=0),
            helper.make_node("Gather", [scales, channel], [f"{name}_scale"], axis=0),
        ]
        if by_row:
            own.append(helper.make_node("Mul", [factor, f"{name}_scale"], [f"{name}_scaled"]))
            factor = f"{name}_scaled"
        rounded = [f"{name}_rounded", f"{name}_step", f"{name}_zero"]
        unscaled = node.output[0] if by_row else f"{name}_unscaled"
        own += [
            helper.make_node("DynamicQuantizeLinear", [factor], rounded),
            helper.make_node(
                "MatMulInteger", [rounded[0], f"{name}_matrix", rounded[2]], [f"{name}_sum"]
            ),
            helper.make_node("Cast", [f"{name}_sum"], [f"{name}_float"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}_float", rounded[1]], [unscaled]),
        ]
        if not by_row:
            own.append(helper.make_node("Mul", [unscaled, f"{name}_scale"], node.output))
        return own

    def rewritten(self, node: NodeProto) -> list[NodeProto]:
        """What stands in the place of a node."""
        if node.op_type != "MatMul":
            return [node]
        matrix = self.stored_matrix(node.input[1])
        if matrix is not None:
            self.count += 1
            return self.of_all_channels(node, *matrix)
        gather = self.makers.get(node.input[1])
        if gather is not None and gather.op_type == "Gather":
            matrix = self.stored_matrix(gather.input[0])
            if matrix is not None and matrix[1].ndim == 3:
                self.count += 1
                return self.of_one_channel(node, gather, *matrix)
        return [node]


def multiply_in_8_bits(model: onnx.ModelProto) -> int:
    """Rewrites a model whose matrices are stored in 8 bits, in place. Returns how many products."""
    graph = model.graph
    rewriter = Rewriter(graph)
    nodes = [new for node in graph.node for new in rewriter.rewritten(node)]
    wanted = {output.name for output in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    constants = [tensor for tensor in graph.initializer if tensor.name in wanted]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(constants)
    model.opset_import.append(helper.make_opsetid(RUNTIME_DOMAIN, 1))
    return rewriter.count


def borrow_weights(model: onnx.ModelProto, source: Path) -> None:
    """Lets the large constants be read from the file that they came from; changes the model."""
    content = source.read_bytes()
    for tensor in model.graph.initializer:
        raw = tensor.raw_data
        if len(raw) < MIN_BORROWED_BYTES:
            continue
        at = content.find(raw)
        if at == -1:
            # Made here: scales that were brought into another form.
            continue
        external_data_helper.set_external_data(tensor, source.name, at, len(raw))
        tensor.ClearField("raw_data")


def write(directory: Path, output: Path) -> int:
    """Writes the 8-bit graph of a model directory; returns how many products it has."""
    source = directory / manifests.MODEL_FILE
    model = onnx.load(source)
    count = multiply_in_8_bits(model)
    borrow_weights(model, source)
    onnx.save(model, output)
    return count


def main() -> None:
    """Tries the 8-bit graph and keeps it if it is worthwhile."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path, help="of the model and its manifest")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="with a val split")
    parser.add_argument("--images", type=int, default=40, help="of each channel")
    a = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    manifest = manifests.read(a.directory)
    contract = contract_of(manifest)
    # Beside the model: the weights are read from there.
    with tempfile.NamedTemporaryFile(dir=a.directory, suffix=".onnx") as file:
        candidate = Path(file.name)
        logging.info("%d products in 8 bits", write(a.directory, candidate))
        before, after = (
            from_onnx(path, contract, threads=1)
            for path in (a.directory / manifests.MODEL_FILE, candidate)
        )
        result = compare(before, after, spread(read_all(a.data, "val"), contract, a.images))
        for name, drop in result.drop.items():
            logging.info("%s: mean Dice %+.4f", name, -drop)
        logging.info("speed x%.2f, one thread", result.speed)
        if result.worthwhile:
            (a.directory / FILE).write_bytes(candidate.read_bytes())
            entry = {"int8": manifests.file_identity(a.directory / FILE)}
            manifests.write(a.directory, manifest | entry)
        logging.info("8 bits are %s", "taken" if result.worthwhile else "not worthwhile, left out")


if __name__ == "__main__":
    main()
