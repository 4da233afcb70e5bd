"""Starting weights that others published: SAM's for the teacher, MobileSAM's for the student.

Both are loaded by the names of their release. All tensors are checked before any is written.

| released | ours |
|---|---|
| `image_encoder.…` | `encoder.…` |
| `prompt_encoder.pe_layer.…` | `qdmd.pe_layer.…` |
| `mask_decoder.transformer.…`, `mask_decoder.output_upscaling.…` | `qdmd.…` |
| `mask_decoder.output_hypernetworks_mlps.0.…` | `qdmd.…` (the one for a single mask) |
| `mask_decoder.mask_tokens.weight`, row 0 | every row of `qdmd.mask_query.weight` |
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from espmedsam.encoder import SemiTViT
from espmedsam.lite_encoder import LiteMedSAMEncoder
from espmedsam.model import QUERY, ESPMedSAM, is_controller
from espmedsam.preprocess import MEAN, STD
from espmedsam.teacher import Teacher
from espmedsam.vit import ViT, resize_offsets, resize_positions

IMAGE_ENCODER = "image_encoder."
MASK_TOKENS = "mask_decoder.mask_tokens.weight"
DECODER_PREFIXES: tuple[tuple[str, str], ...] = (
    ("prompt_encoder.pe_layer.", "qdmd.pe_layer."),
    ("mask_decoder.transformer.", "qdmd.transformer."),
    ("mask_decoder.output_upscaling.", "qdmd.output_upscaling."),
    ("mask_decoder.output_hypernetworks_mlps.0.", "qdmd.output_hypernetworks_mlps.0."),
)
OWN = ("sppg.", "presence.")
"""What no published file has: it keeps its own start."""
CLASSIFIER = ("head.", "norm_head.")
"""TinyViT's ImageNet classifier, of no use here."""

Fit = Callable[[str, Tensor, Tensor], Tensor]
"""Name, released value, our tensor → the value in our shape."""


class WeightsError(ValueError):
    """Published weights do not fit the network; the message names the first tensor."""


def as_is(_name: str, value: Tensor, _target: Tensor) -> Tensor:
    """The value unchanged."""
    return value


def resize_vit_table(name: str, value: Tensor, target: Tensor) -> Tensor:
    """Position tables of a ViT for another input size; other tensors unchanged."""
    if name.endswith("pos_embed") and value.ndim == target.ndim:
        return resize_positions(value, tuple(target.shape[1:3]))
    if name.endswith(("rel_pos_h", "rel_pos_w")) and value.ndim == target.ndim:
        return resize_offsets(value, (len(target) + 1) // 2)
    return value


@torch.no_grad()
def assign(
    module: nn.Module, named: dict[str, tuple[str, Tensor]], wanted: set[str], fit: Fit = as_is
) -> None:
    """Writes values `ours → (released name, value)`; every name in `wanted` must be among them."""
    targets = module.state_dict()
    plan: list[tuple[Tensor, Tensor]] = []
    for key, (name, value) in named.items():
        if key not in targets:
            raise WeightsError(f"{name} has no counterpart in this network")
        target = targets[key]
        fitted = fit(name, value, target)
        if fitted.shape != target.shape:
            raise WeightsError(f"{name}: {tuple(value.shape)} does not fit {tuple(target.shape)}")
        plan.append((target, fitted))
    for key in targets:
        if key in wanted and key not in named:
            raise WeightsError(f"{key} is missing in the file")
    for target, value in plan:
        target.copy_(value)


def encoder_part(state: dict[str, Tensor]) -> dict[str, tuple[str, Tensor]]:
    """The image encoder's tensors under their names within it."""
    return {
        name.removeprefix(IMAGE_ENCODER): (name, value)
        for name, value in state.items()
        if name.startswith(IMAGE_ENCODER)
    }


def decoder_part(state: dict[str, Tensor], queries: int) -> dict[str, tuple[str, Tensor]]:
    """The mask decoder's tensors under our names; every query is the token of the single mask."""
    named = {
        ours + name.removeprefix(theirs): (name, value)
        for name, value in state.items()
        for theirs, ours in DECODER_PREFIXES
        if name.startswith(theirs)
    }
    if MASK_TOKENS in state:
        named[QUERY] = (MASK_TOKENS, state[MASK_TOKENS][:1].expand(queries, -1))
    return named


def load_sam_encoder(encoder: ViT, state: dict[str, Tensor]) -> None:
    """SAM's image encoder; position tables are resized when the input size differs.

    Raises `WeightsError` for a SAM of another width or depth.
    """
    assign(encoder, encoder_part(state), set(encoder.state_dict()), resize_vit_table)


def load_sam(teacher: Teacher, state: dict[str, Tensor]) -> None:
    """SAM's image encoder and mask decoder into a teacher; SPPG keeps its own weights.

    Raises `WeightsError` when a tensor is missing, unknown or of another shape.
    """
    named = {f"encoder.{key}": value for key, value in encoder_part(state).items()}
    named |= decoder_part(state, len(teacher.qdmd.mask_query.weight))
    wanted = {key for key in teacher.state_dict() if not key.startswith("sppg.")}
    assign(teacher, named, wanted, resize_vit_table)


def load_tinyvit(encoder: SemiTViT, state: dict[str, Tensor]) -> None:
    """MobileSAM's image encoder into the student's shared part; controllers keep their weights.

    Raises `WeightsError` when a tensor is missing, unknown or of another shape.
    """
    named = {
        key: value for key, value in encoder_part(state).items() if not key.startswith(CLASSIFIER)
    }
    shared = {key for key in encoder.state_dict() if not is_controller(f"encoder.{key}")}
    assign(encoder, named, shared)


PATCH_CONVOLUTIONS = ("patch_embed.seq.0.c.weight", "patch_embed.seq.2.c.weight")
FIRST_MEAN = "patch_embed.seq.0.bn.running_mean"


def spread(kernel: Tensor) -> Tensor:
    """A 1×1 kernel `[O,I,1,1]` as the 3×3 kernel that does the same to the mean of nine pixels."""
    return kernel.expand(-1, -1, 3, 3) / 9


def as_our_stem(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """LiteMedSAM's encoder as one that takes our input.

    Its patch embedding is two 1×1 convolutions of stride 1 on a picture of 256×256 scaled to 0–1;
    ours two 3×3 ones of stride 2 on a normalised picture. So a kernel is spread over nine pixels,
    and our normalisation `(x − mean) / std` is undone in the first convolution and in the mean
    that its BatchNorm takes away.
    """
    first, second = (IMAGE_ENCODER + name for name in PATCH_CONVOLUTIONS)
    mean, std = (torch.tensor(values) / 255 for values in (MEAN, STD))
    kernel = state[first]
    converted = dict(state)
    converted[first] = spread(kernel * std[None, :, None, None])
    converted[second] = spread(state[second])
    at_mean = kernel[:, :, 0, 0] @ mean
    converted[IMAGE_ENCODER + FIRST_MEAN] = state[IMAGE_ENCODER + FIRST_MEAN] - at_mean
    return converted


@torch.no_grad()
def quieten_controllers(model: ESPMedSAM) -> None:
    """Controllers that add almost nothing, so that a loaded encoder starts as what it was."""
    for name, parameter in model.named_parameters():
        if is_controller(name):
            if ".fc2." in name:
                parameter.zero_()
            elif name.endswith("deep_QKV_embeddings_med"):
                parameter.mul_(0.1)
            elif name.endswith("med_attention_biases"):
                parameter.fill_(-3.0)


def load_lite_medsam(model: ESPMedSAM, state: dict[str, Tensor]) -> tuple[int, int]:
    """LiteMedSAM's encoder and mask decoder into a student whose controllers start quiet.

    Every query starts as the token of SAM's single mask; SPPG keeps its own weights. Returns how
    many of the tensors that belong to no controller were loaded, and how many there are. Raises
    `WeightsError` when a tensor is missing, unknown or of another shape.
    """
    converted = as_our_stem(state)
    named = {f"encoder.{key}": value for key, value in encoder_part(converted).items()}
    named |= decoder_part(converted, len(model.qdmd.mask_query.weight))
    shared = {key for key in model.state_dict() if not is_controller(key)}
    own = {key for key in shared if key.startswith(OWN)}
    assign(model, named, shared - own)
    quieten_controllers(model)
    return len(named), len(shared)


def load_lite_encoder(encoder: LiteMedSAMEncoder, state: dict[str, Tensor]) -> None:
    """LiteMedSAM's image encoder as it is. Raises `WeightsError` when a tensor does not fit."""
    shared = {key for key in encoder.state_dict() if not is_controller(f"encoder.{key}")}
    assign(encoder, encoder_part(state), shared)


def load_lite_teacher(teacher: Teacher, state: dict[str, Tensor]) -> None:
    """LiteMedSAM's encoder and mask decoder into a teacher; SPPG keeps its own start."""
    named = {f"encoder.{key}": value for key, value in encoder_part(state).items()}
    named |= decoder_part(state, len(teacher.qdmd.mask_query.weight))
    wanted = {key for key in teacher.state_dict() if not key.startswith(OWN)}
    assign(teacher, named, {key for key in wanted if not is_controller(key)})
