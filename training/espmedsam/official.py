"""Weights in the released layout: loading into one modality, merging six, writing one.

A released checkpoint holds the shared network and the controller of one modality. Ours holds the
shared network once and six controllers. Names differ only in the prefix:

| released | ours |
|---|---|
| `SemiTViT.…` | `encoder.…` |
| `…med…` (any name with `med` in it: the controller) | same, with a first axis of six |
| `prompt_encoder.pe_layer.…` | `qdmd.pe_layer.…` |
| `mask_query.…` | `qdmd.mask_query.…` |
| `mask_decoder.…` | `qdmd.…` |
| `patch_decoder.…`, `dense_prompter.…` | `sppg.…` |

Tensors that no forward pass reads (the ImageNet head, SAM's point, box and mask prompts) are
skipped.
"""

import pickle
from pathlib import Path

import torch
from torch import Tensor

from espmedsam import checkpoint
from espmedsam.channels import CHANNELS, channel_index
from espmedsam.model import ESPMedSAM
from espmedsam.preprocess import MEAN

OFFICIAL_SIZE = 1024
"""Input edge of the released weights in pixels."""
OFFICIAL_STD = MEAN
"""The release divides by the mean where others divide by the deviation: `(x - mean) / mean`."""
WRAPPERS = ("model", "state_dict", "ema")
"""Keys under which a training script may have put the state dict."""

PREFIXES: tuple[tuple[str, str], ...] = (
    ("SemiTViT.", "encoder."),
    ("prompt_encoder.pe_layer.", "qdmd.pe_layer."),
    ("mask_query.", "qdmd.mask_query."),
    ("mask_decoder.", "qdmd."),
    ("patch_decoder.", "sppg.patch_decoder."),
    ("dense_prompter.", "sppg.dense_prompter."),
)

UNUSED: tuple[str, ...] = (
    "SemiTViT.head.",
    "SemiTViT.norm_head.",
    "prompt_encoder.point_embeddings.",
    "prompt_encoder.not_a_point_embed.",
    "prompt_encoder.mask_downscaling.",
    "prompt_encoder.no_mask_embed.",
)

QUERY_KEY = "qdmd.mask_query.weight"


class LayoutError(ValueError):
    """A state dict is not in the released layout."""


def is_controller_key(key: str) -> bool:
    """Whether a tensor belongs to the modality controller; the release marks them with `med`."""
    return "med" in key.split(".", 1)[1]


def our_key(official_key: str) -> str | None:
    """Our name of a released tensor, or None if it is unused."""
    if official_key.startswith(UNUSED):
        return None
    for theirs, ours in PREFIXES:
        if official_key.startswith(theirs):
            return ours + official_key.removeprefix(theirs)
    raise LayoutError(f"{official_key} is no name of the released layout")


def official_key(key: str) -> str:
    """The released name of one of our tensors."""
    # The longest of our prefixes first: `qdmd.` would swallow the queries' name.
    for theirs, ours in sorted(PREFIXES, key=lambda pair: -len(pair[1])):
        if key.startswith(ours):
            return theirs + key.removeprefix(ours)
    raise LayoutError(f"{key} is no name of this network")


@torch.no_grad()
def load_official(
    model: ESPMedSAM, state_dict: dict[str, Tensor], modality: str, shared: bool = True
) -> None:
    """Loads a released checkpoint into one modality; the other five controllers stay untouched.

    With `shared` the encoder's shared part, SPPG, decoder and all queries are loaded as well;
    without it only the controller and the modality's own query row are. Raises `LayoutError` when
    a tensor is missing, unknown or of another shape; nothing has been written then.
    """
    index = channel_index(modality)
    targets = model.state_dict()
    plan: list[tuple[Tensor, Tensor]] = []
    missing = set(targets)
    for name, value in state_dict.items():
        key = our_key(name)
        if key is None:
            continue
        if key not in targets:
            raise LayoutError(f"{name} has no counterpart")
        missing.discard(key)
        target = targets[key]
        if is_controller_key(key):
            plan.append((target[index], value))
        elif shared:
            plan.append((target, value))
        elif key == QUERY_KEY:
            plan.append((target[index], value[index]))
        if plan and plan[-1][0].shape != plan[-1][1].shape:
            raise LayoutError(f"{name}: {tuple(value.shape)} does not fit {tuple(target.shape)}")
    if missing:
        raise LayoutError(f"missing: {sorted(missing)[:5]} and {max(0, len(missing) - 5)} more")
    for target, value in plan:
        target.copy_(value)


def merge_official(
    model: ESPMedSAM, checkpoints: dict[str, dict[str, Tensor]], shared_from: str = CHANNELS[0]
) -> None:
    """Loads up to six released checkpoints, keyed by modality, into one model.

    The shared part comes from `shared_from`; from the others come the controller and the row of
    the query. In the release the shared part is the same in all of them.
    """
    load_official(model, checkpoints[shared_from], shared_from)
    for modality, state_dict in checkpoints.items():
        if modality != shared_from:
            load_official(model, state_dict, modality, shared=False)


def to_official(model: ESPMedSAM, modality: str) -> dict[str, Tensor]:
    """One modality in the released layout, without the tensors that are never read."""
    index = channel_index(modality)
    return {
        official_key(key): (value[index] if is_controller_key(key) else value).clone()
        for key, value in model.state_dict().items()
    }


def read_release(path: Path) -> dict[str, Tensor]:
    """A file's state dict, without what a training script may have wrapped around it.

    Raises `LayoutError` for a file that holds no tensors or asks to run code.
    """
    try:
        state = checkpoint.load(path)
    except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise LayoutError(f"{path.name} is no file of tensors") from error
    for key in WRAPPERS:
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
    if not isinstance(state, dict) or not all(isinstance(v, Tensor) for v in state.values()):
        raise LayoutError(f"{path.name} holds no state dict")
    return {name.removeprefix("module."): value for name, value in state.items()}


def parse_sources(arguments: list[str]) -> dict[str, Path]:
    """`fundus=a.pth xray=b.pth`, or one path that counts for all modalities.

    Raises `ValueError` for an unknown modality, one named twice, or a path among pairs.
    """
    if len(arguments) == 1 and arguments[0].partition("=")[0] not in CHANNELS:
        return dict.fromkeys(CHANNELS, Path(arguments[0]))
    sources: dict[str, Path] = {}
    for argument in arguments:
        name, equals, path = argument.partition("=")
        if name not in CHANNELS or not equals or not path or name in sources:
            raise ValueError(f"{argument}: give each of {', '.join(CHANNELS)} once, as name=file")
        sources[name] = Path(path)
    return sources


def require_one_shared_part(checkpoints: dict[str, dict[str, Tensor]]) -> None:
    """Raises `LayoutError` when the files differ in more than controllers and queries.

    A controller fits only the shared part that it was trained with.
    """
    first, *others = checkpoints.items()
    for name, state_dict in others:
        for key, value in state_dict.items():
            ours = our_key(key)
            if ours is None or is_controller_key(ours) or ours == QUERY_KEY:
                continue
            if key in first[1] and not torch.equal(value, first[1][key]):
                raise LayoutError(
                    f"the files of {first[0]} and {name} differ in the shared part ({key}); "
                    "say with --shared-from which one counts"
                )


def read_official(
    sources: dict[str, Path], shared_from: str | None = None
) -> tuple[ESPMedSAM, tuple[str, ...]]:
    """The model of up to six released files, and which modalities it is good for, by index.

    Raises `LayoutError` when a file does not fit, or when the shared parts differ and
    `shared_from` does not say whose counts.
    """
    read = {path: read_release(path) for path in dict.fromkeys(sources.values())}
    checkpoints = {name: read[path] for name, path in sources.items()}
    if shared_from is None:
        require_one_shared_part(checkpoints)
    elif shared_from not in checkpoints:
        raise LayoutError(f"no file was given for {shared_from}")
    model = ESPMedSAM()
    merge_official(model, checkpoints, shared_from or next(iter(checkpoints)))
    return model.eval(), tuple(name for name in CHANNELS if name in checkpoints)
