"""Weights back out of an exported ONNX file, so that what is shipped can be trained on.

The exporter folds BatchNorm into convolutions, turns matrices round and computes in advance what
does not depend on the image; which constant of the graph comes from which weight is written
nowhere. So a network with random weights is exported once more: in its graph every weight can be
recognised, and the constant at the same place of the given graph is taken. (The graph of a network
without training is another one: where weights are alike, the exporter joins nodes.)
"""

import copy
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from espmedsam import manifest as manifests
from espmedsam.layers import ConvBN
from espmedsam.model import ESPMedSAM
from espmedsam.onnx_graph import export_onnx, fuse_batchnorm
from espmedsam.onnx_storage import unpacked

Place = tuple[int, int]
"""Number of a node and number of its input."""
Form = Callable[[np.ndarray], np.ndarray]
"""How a constant is made of a weight, or the way back."""
TOLERANCE = 1e-5
STATISTICS_BATCHES = 8
"""Training batches that BatchNorm's statistics are taken from."""


class OnnxWeightsError(ValueError):
    """A file is not an export of this network by this version of the exporter."""


def constants(graph: onnx.GraphProto) -> tuple[list[str], dict[Place, np.ndarray]]:
    """The operators in order and the fp32 constants they take, stored ones unpacked."""
    nodes, values = unpacked(graph)
    places = {
        (i, j): values[name]
        for i, node in enumerate(nodes)
        for j, name in enumerate(node.input)
        if name in values and values[name].dtype == np.float32
    }
    return [node.op_type for node in nodes], places


def forms(model: nn.Module, size: int | None) -> list[tuple[Form, Form]]:
    """The ways in which the exporter writes a weight, each with the way back.

    `size` is the input edge of a graph that takes no other.
    """
    known: list[tuple[Form, Form]] = [
        (lambda w: w, lambda c: c),
        (lambda w: np.swapaxes(w, -1, -2), lambda c: np.swapaxes(c, -1, -2)),
    ]
    offsets = {m.offsets.shape[0]: m.offsets for m in model.modules() if hasattr(m, "offsets")}
    for table in offsets.values():
        flat = table.flatten().numpy()
        first = np.unique(flat, return_index=True)[1]
        # A bias for each pair of positions; pairs of equal distance share one.
        known.append((lambda w, flat=flat: w[:, flat], lambda c, first=first: c[:, first]))
    if size is None:
        return known
    edge = size // 16
    at = 2 * (np.arange(edge) + 0.5) / edge - 1
    grid = np.stack(np.broadcast_arrays(at, at[:, None]), axis=-1).reshape(-1, 2)
    # Positions times the fixed random matrix of the positional encoding.
    known.append(
        (
            lambda w: (grid @ w).reshape(edge, edge, -1),
            lambda c: np.linalg.lstsq(grid, c.reshape(edge * edge, -1), rcond=None)[0],
        )
    )
    return known


def written(weight: np.ndarray, ways: list[tuple[Form, Form]]) -> Iterable[tuple[np.ndarray, Form]]:
    """The constants a weight may have become, with the way back from each."""
    for forward, backward in ways:
        try:
            constant = forward(weight)
        except (ValueError, IndexError):
            continue
        yield constant, backward


def place_of(constant: np.ndarray, places: dict[Place, np.ndarray]) -> Place | None:
    """Where a constant stands."""
    for place, value in places.items():
        if value.shape == constant.shape and np.allclose(value, constant, TOLERANCE, TOLERANCE):
            return place
    return None


def recognise(
    state: dict[str, Tensor], places: dict[Place, np.ndarray], ways: list[tuple[Form, Form]]
) -> dict[str, tuple[Place, Form]]:
    """Where in the graph each weight of the exported network stands, and the way back to it."""
    found = {}
    for key, weight in state.items():
        for constant, backward in written(weight.numpy(), ways):
            place = place_of(constant, places)
            if place is not None:
                found[key] = place, backward
                break
        else:
            raise OnnxWeightsError(f"the exporter writes {key} in a way that is not known here")
    return found


@torch.no_grad()
def scattered(channels: tuple[str, ...], options: dict[str, Any]) -> ESPMedSAM:
    """A network in which no two weights are alike."""
    model = ESPMedSAM(channels, **options).eval()
    generator = torch.Generator().manual_seed(0)
    for value in model.state_dict().values():
        if value.is_floating_point():
            value.copy_(0.5 + torch.rand(value.shape, generator=generator))
    return model


@torch.no_grad()
def fill(model: nn.Module, fused: dict[str, Tensor]) -> None:
    """Loads weights with BatchNorm folded in; BatchNorm becomes a mere bias."""
    state = model.state_dict()
    for name, module in model.named_modules():
        if isinstance(module, ConvBN):
            bias = fused.pop(f"{name}.bias")
            fused[f"{name}.c.weight"] = fused.pop(f"{name}.weight")
            fused[f"{name}.bn.bias"] = bias
            fused[f"{name}.bn.weight"] = torch.full_like(bias, (1 + module.bn.eps) ** 0.5)
            fused[f"{name}.bn.running_mean"] = torch.zeros_like(bias)
            fused[f"{name}.bn.running_var"] = torch.ones_like(bias)
            counter = f"{name}.bn.num_batches_tracked"
            fused[counter] = torch.zeros_like(state[counter])
    model.load_state_dict(fused)


def channels_of(manifest: dict) -> tuple[str, ...]:
    """The channels of a manifest by index. Raises if the file leaves one of the network's out."""
    named = {entry["index"]: entry["name"] for entry in manifest["channels"]}
    if sorted(named) != list(range(len(named))):
        raise OnnxWeightsError(f"the manifest names the channels {sorted(named)} only")
    return tuple(named[index] for index in range(len(named)))


def takes_any_size(graph: onnx.GraphProto) -> bool:
    """Whether the graph's input edge is free."""
    return graph.input[0].type.tensor_type.shape.dim[2].dim_param != ""


def read_onnx(path: Path) -> ESPMedSAM:
    """The network of an exported file, with the channels that the manifest beside it names.

    In eval mode it computes what the file does. Before BatchNorm learns, `measure_batchnorm` must
    give it statistics again. Raises `OnnxWeightsError` for a file that is not such an export.
    """
    manifest = manifests.read(path.parent)
    channels = channels_of(manifest)
    given_graph = onnx.load(path).graph
    size = None if takes_any_size(given_graph) else manifest["input"]["size"]
    options = manifest.get("training", {}).get("network", {})
    reference = scattered(channels, options)
    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder) / "reference.onnx"
        export_onnx(reference, exported, size)
        operators, places = constants(onnx.load(exported).graph)
    given_operators, given = constants(given_graph)
    if operators != given_operators:
        raise OnnxWeightsError(
            f"{path} is not an export of this network, trained, by this version of the exporter"
        )
    fused = copy.deepcopy(reference)
    fuse_batchnorm(fused)
    weights = {}
    for key, (place, backward) in recognise(
        fused.state_dict(), places, forms(reference, size)
    ).items():
        if place not in given or given[place].shape != places[place].shape:
            raise OnnxWeightsError(f"{path} has no {key}")
        weights[key] = torch.from_numpy(np.array(backward(given[place]), np.float32))
    fill(reference, weights)
    return reference


@torch.no_grad()
def measure_batchnorm(model: nn.Module, batches: Iterable[tuple[Tensor, ...]]) -> None:
    """Gives BatchNorm the mean and variance of these batches without changing what it computes.

    `batches` are the model's inputs. A network that came out of an ONNX file has no statistics; in
    training mode it would be another one.
    """
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    sums = {norm: torch.zeros(3, norm.num_features, dtype=torch.float64) for norm in norms}

    def note(norm: nn.BatchNorm2d, inputs: tuple[Tensor]) -> None:
        values = inputs[0].double()
        count = torch.full((norm.num_features,), values.numel() / norm.num_features)
        sums[norm] += torch.stack((count, values.sum((0, 2, 3)), values.square().sum((0, 2, 3))))

    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    training = model.training
    model.eval()
    for batch in batches:
        model(*batch)
    model.train(training)
    for hook in hooks:
        hook.remove()
    for norm, (count, total, squares) in sums.items():
        mean = total / count
        variance = squares / count - mean.square()
        scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
        norm.bias += ((mean - norm.running_mean) * scale).float()
        norm.weight.copy_(scale * torch.sqrt(variance + norm.eps))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
