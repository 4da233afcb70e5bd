"""A trained model with its contract, whatever runs it: image in, mask out.

A picture is cut to its content (`crop`), goes through the network in tiles (`tiling`) and mirrored
views (`mirroring`), and its logits are compared with the channel's threshold. Then the mask is
emptied where nothing is there to find (`presence`), cleaned (`clean`), put back into the whole
picture and judged (`quality`). Each step is the manifest's to ask for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from espmedsam import clean as cleaning
from espmedsam import crop as cropping
from espmedsam import manifest as manifests
from espmedsam import quality as qualities
from espmedsam.checkpoint import load_model
from espmedsam.clean import CleanRule, clean
from espmedsam.crop import Box, CropRule, content_box, put_back
from espmedsam.mirroring import VIEWS, mean_of, seen_from_views
from espmedsam.onnx_graph import OUTPUTS, open_session
from espmedsam.preprocess import MEAN, STD, logit, mask_of, normalise, resize_image
from espmedsam.quality import Features, Quality, QualityRule, features_of, predict
from espmedsam.tiling import TILES, logits_at_source

MASK_OUTPUT = "mask_logits"
Outputs = dict[str, np.ndarray]
"""What the network says of one image, by the graph's names, without the sample axis.

`mask_logits` is `[s,s]`; others (`patch_logits`, `presence_logits`) may have any shape."""
Run = Callable[[np.ndarray, int], Outputs]
"""Image `float32 [1,3,S,S]`, normalised, and channel index → the network's outputs."""


@dataclass(frozen=True)
class PresenceRule:
    """When a picture has nothing to segment."""

    output: str
    """The graph's output whose largest value in a picture is the logit that something is there."""
    threshold: float
    """Probability below which the mask is empty."""


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
    size: int | None = None
    """Input edge in pixels where it is not the contract's."""
    crop: bool = False
    """Whether black borders are cut off first."""
    presence: PresenceRule | None = None
    clean: CleanRule | None = None
    quality: QualityRule | None = None


@dataclass(frozen=True)
class Contract:
    """What a consumer must know of a model to use it."""

    size: int
    """Input edge in pixels."""
    channels: dict[str, ChannelRules]
    """What the model is good for, by name."""
    mean: tuple[float, ...] = MEAN
    std: tuple[float, ...] = STD
    crop: CropRule | None = None
    """How black borders are told from content, for the channels that cut them off."""

    def network_input(self, rgb: np.ndarray, size: int | None = None) -> np.ndarray:
        """`uint8 [H,W,3]` → `float32 [1,3,S,S]`, squashed and normalised."""
        return normalise(resize_image(rgb, size or self.size), self.mean, self.std)[None].numpy()

    def with_channel(self, name: str, **changes: Any) -> "Contract":
        """The contract with some of a channel's rules changed."""
        rules = replace(self.channels[name], **changes)
        return replace(self, channels=self.channels | {name: rules})


@dataclass(frozen=True)
class Answer:
    """What the network says of a picture, before a mask is made of it."""

    logits: Tensor
    """Of the content, `float64 [h,w]`."""
    content: Box
    shape: tuple[int, int]
    """Rows and columns of the whole picture."""
    peaks: dict[str, float]
    """Largest value of each other output in the picture: the mean over views, then over tiles."""
    agreement: float | None
    """Dice of the single views with their mean, at probability 0.5; none with one view."""


@dataclass(frozen=True)
class Segmentation:
    """A mask and what is known of it."""

    mask: np.ndarray
    """`bool [H,W]`."""
    presence: float | None
    """Probability that something is there; none without a presence rule."""
    features: Features
    quality: Quality | None
    """None without a quality rule."""


@dataclass(frozen=True)
class Segmenter:
    """A model and its contract."""

    contract: Contract
    run: Run

    def answer(self, rgb: np.ndarray, modality: str) -> Answer:
        """`uint8 [H,W,3]` → the network's answer; `KeyError` for a channel it does not have."""
        rules = self.contract.channels[modality]
        content = content_box(rgb, self.contract.crop if rules.crop else None)
        peaks: dict[str, float] = {}
        # Pixels of the views that their mean has too, and of both.
        common, both = 0, 0

        def window(part: np.ndarray) -> Tensor:
            nonlocal common, both
            image = self.contract.network_input(part, rules.size)
            outputs: list[Outputs] = []

            def run(view: np.ndarray) -> np.ndarray:
                outputs.append(self.run(view, rules.index))
                return outputs[-1][MASK_OUTPUT]

            seen = seen_from_views(image, rules.views, run)
            mean = mean_of(seen)
            for name in outputs[0]:
                if name != MASK_OUTPUT:
                    peak = float(np.mean([output[name].max() for output in outputs]))
                    peaks[name] = max(peak, peaks.get(name, peak))
            # At probability 0.5 whatever the threshold, so that the figure does not depend on it.
            foreground = mean >= 0
            for view in (one >= 0 for one in seen):
                common += int((view & foreground).sum())
                both += int(view.sum()) + int(foreground.sum())
            return torch.from_numpy(mean)

        logits = logits_at_source(rgb[content.window], rules.tiles, window)
        agreement = None if rules.views == 1 else 1.0 if both == 0 else 2 * common / both
        return Answer(logits, content, rgb.shape[:2], peaks, agreement)

    def segment(self, rgb: np.ndarray, modality: str) -> Segmentation:
        """`uint8 [H,W,3]` → mask and quality by the channel's rules."""
        return segmentation_of(self.answer(rgb, modality), self.contract.channels[modality])

    def mask(self, rgb: np.ndarray, modality: str) -> np.ndarray:
        """`uint8 [H,W,3]` → `bool [H,W]` by the channel's rules."""
        return self.segment(rgb, modality).mask


def segmentation_of(answer: Answer, rules: ChannelRules) -> Segmentation:
    """What a channel's rules make of an answer."""
    mask = mask_of(answer.logits, rules.threshold)
    presence = None
    if rules.presence is not None:
        presence = answer.peaks[rules.presence.output]
        if presence < logit(rules.presence.threshold):
            mask = np.zeros_like(mask)
    mask = clean(mask, rules.clean)
    features = features_of(answer.logits, mask, presence, answer.agreement)
    quality = None
    if rules.quality is not None:
        quality = predict(rules.quality, features, empty=not mask.any())
    probability = None if presence is None else float(1 / (1 + np.exp(-presence)))
    full = put_back(mask, answer.content, answer.shape)
    return Segmentation(full, probability, features, quality)


def rules_of(entry: dict[str, Any]) -> ChannelRules:
    """The rules that a manifest states for a channel."""
    presence = entry.get("presence")
    return ChannelRules(
        entry["index"],
        entry["threshold"],
        entry.get("tiles", 1),
        entry.get("views", 1),
        entry.get("size"),
        entry.get("crop", False),
        None if presence is None else PresenceRule(**presence),
        cleaning.rule_of(entry.get("clean")),
        qualities.rule_of(entry.get("quality")),
    )


def contract_of(manifest: dict[str, Any]) -> Contract:
    """The contract that a manifest states."""
    scale = manifest["input"]["normalisation"]
    return Contract(
        manifest["input"]["size"],
        {entry["name"]: rules_of(entry) for entry in manifest["channels"]},
        tuple(scale["mean"]),
        tuple(scale["std"]),
        cropping.rule_of(manifest["input"].get("crop")),
    )


def from_models(models: Path, threads: int = 2) -> Segmenter:
    """The exported model of a directory, driven as its manifest says."""
    manifest = manifests.read(models)
    return from_onnx(models / manifest["file"], contract_of(manifest), threads)


def from_onnx(path: Path, contract: Contract, threads: int = 2) -> Segmenter:
    """An ONNX file in ONNX Runtime."""
    session = open_session(path, threads)
    names = [output.name for output in session.get_outputs()]

    def run(image: np.ndarray, channel: int) -> Outputs:
        feed = {"image": image, "modality": np.array([channel], dtype=np.int64)}
        return outputs_of(dict(zip(names, session.run(names, feed), strict=True)))

    return Segmenter(contract, run)


def outputs_of(batch: dict[str, np.ndarray]) -> Outputs:
    """The outputs for the one sample of a batch; the mask without its channel axis."""
    first = {name: values[0] for name, values in batch.items()}
    return first | {MASK_OUTPUT: first[MASK_OUTPUT][0]}


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
    def run(image: np.ndarray, channel: int) -> Outputs:
        answers = model(torch.from_numpy(image), torch.tensor([channel]))
        named = zip(OUTPUTS, answers, strict=False)
        return outputs_of({name: values.numpy() for name, values in named})

    return Segmenter(contract, run)
