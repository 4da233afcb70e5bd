"""A trained model with its contract, whatever runs it: image in, mask out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from espmedsam import manifest as manifests
from espmedsam.checkpoint import load_model
from espmedsam.mirroring import VIEWS, mean_over_views
from espmedsam.onnx_graph import open_session
from espmedsam.preprocess import MEAN, STD, mask_of, normalise, resize_image
from espmedsam.tiling import TILES, logits_at_source

Run = Callable[[np.ndarray, int], np.ndarray]
"""Image `float32 [1,3,S,S]`, normalised, and channel index → mask logits `[S/4,S/4]`."""


@dataclass(frozen=True)
class ChannelRules:
    """How one channel is used."""

    index: int
    """The number by which the network knows it."""
    threshold: float = 0.5
    """Probability from which a pixel is foreground."""
    tiles: int = 1
    """In how many tiles each way a picture is taken."""
    views: int = 1
    """How often each tile is seen, mirrored or not."""


@dataclass(frozen=True)
class Contract:
    """What a consumer must know of a model to use it."""

    size: int
    """Input edge in pixels."""
    channels: dict[str, ChannelRules]
    """What the model is good for, by name."""
    mean: tuple[float, ...] = MEAN
    std: tuple[float, ...] = STD

    def network_input(self, rgb: np.ndarray) -> np.ndarray:
        """`uint8 [H,W,3]` → `float32 [1,3,S,S]`, squashed and normalised."""
        return normalise(resize_image(rgb, self.size), self.mean, self.std)[None].numpy()


@dataclass(frozen=True)
class Segmenter:
    """A model and its contract."""

    contract: Contract
    run: Run

    def logits(self, rgb: np.ndarray, modality: str) -> Tensor:
        """`uint8 [H,W,3]` → mask logits `[H,W]`; `KeyError` for a channel it does not have."""
        rules = self.contract.channels[modality]

        def window(part: np.ndarray) -> Tensor:
            image = self.contract.network_input(part)
            return torch.from_numpy(
                mean_over_views(image, rules.views, lambda view: self.run(view, rules.index))
            )

        return logits_at_source(rgb, rules.tiles, window)

    def mask(self, rgb: np.ndarray, modality: str) -> np.ndarray:
        """`uint8 [H,W,3]` → `bool [H,W]` at the channel's threshold."""
        return mask_of(self.logits(rgb, modality), self.contract.channels[modality].threshold)


def contract_of(manifest: dict[str, Any]) -> Contract:
    """The contract that a manifest states."""
    scale = manifest["input"]["normalisation"]
    channels = {
        entry["name"]: ChannelRules(
            entry["index"], entry["threshold"], entry.get("tiles", 1), entry.get("views", 1)
        )
        for entry in manifest["channels"]
    }
    return Contract(manifest["input"]["size"], channels, tuple(scale["mean"]), tuple(scale["std"]))


def from_models(models: Path, threads: int = 2) -> Segmenter:
    """The exported model of a directory, driven as its manifest says."""
    manifest = manifests.read(models)
    return from_onnx(models / manifest["file"], contract_of(manifest), threads)


def from_onnx(path: Path, contract: Contract, threads: int = 2) -> Segmenter:
    """An ONNX file in ONNX Runtime."""
    session = open_session(path, threads)

    def run(image: np.ndarray, channel: int) -> np.ndarray:
        feed = {"image": image, "modality": np.array([channel], dtype=np.int64)}
        return session.run(["mask_logits"], feed)[0][0, 0]

    return Segmenter(contract, run)


def from_checkpoint(path: Path, contract: Contract | int) -> Segmenter:
    """A training checkpoint in PyTorch; a number is the input size: threshold 0.5, our rules."""
    model = load_model(path).eval()
    if isinstance(contract, int):
        channels = {
            name: ChannelRules(i, tiles=TILES.get(name, 1), views=VIEWS.get(name, 1))
            for i, name in enumerate(model.channels)
        }
        contract = Contract(contract, channels)

    @torch.no_grad()
    def run(image: np.ndarray, channel: int) -> np.ndarray:
        return model(torch.from_numpy(image), torch.tensor([channel]))[0][0, 0].numpy()

    return Segmenter(contract, run)
