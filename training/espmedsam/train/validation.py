"""What a stage measures on the validation split."""

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.data import Pair
from espmedsam.metrics import dice
from espmedsam.model import ESPMedSAM
from espmedsam.preprocess import mask_of, normalise, resize_image
from espmedsam.tiling import TILES, logits_at_source

Validate = Callable[[nn.Module, Sequence[Pair], int], dict[str, float]]
"""The averaged model, validation pairs and the input size → named figures."""


def device_of(model: nn.Module) -> torch.device:
    """Where a model's parameters are."""
    return next(model.parameters()).device


def network_input(rgb: np.ndarray, size: int) -> Tensor:
    """`uint8 [H,W,3]`, resized as in use, → `[1,3,size,size]`."""
    return normalise(resize_image(rgb, size))[None]


@torch.no_grad()
def dice_by_modality(
    model: nn.Module, pairs: Sequence[Pair], size: int, tiled: bool = True
) -> dict[str, float]:
    """Mean Dice per modality at source resolution, threshold 0.5, of a student or a teacher.

    Pictures are taken in as many tiles as in use, or whole.
    """
    channels = cast(tuple[str, ...], model.channels)
    device = device_of(model)
    scores: dict[str, list[float]] = {name: [] for name in channels}
    for pair in pairs:
        modality = torch.tensor([channels.index(pair.modality)], device=device)

        def window(part: np.ndarray, modality: Tensor = modality) -> Tensor:
            logits = model(network_input(part, size).to(device), modality)[0]
            return logits[0, 0].cpu()

        tiles = TILES.get(pair.modality, 1) if tiled else 1
        logits = logits_at_source(pair.image(), tiles, window)
        scores[pair.modality].append(dice(mask_of(logits, 0.5), pair.mask() > 127))
    return {name: float(np.mean(values)) if values else np.nan for name, values in scores.items()}


def feature_error(encoder: nn.Module) -> Validate:
    """Norm of the difference to the encoder's embedding over that embedding's norm, averaged.

    The student's shared part alone is compared.
    """

    @torch.no_grad()
    def measure(model: nn.Module, pairs: Sequence[Pair], size: int) -> dict[str, float]:
        errors = []
        for pair in pairs:
            image = network_input(pair.image(), size).to(device_of(model))
            wanted = encoder(image)
            found = cast(ESPMedSAM, model).encoder(image, None)
            wanted = F.adaptive_avg_pool2d(wanted, found.shape[2:])
            errors.append(((found - wanted).norm() / wanted.norm()).item())
        return {"feature_error": float(np.mean(errors)) if errors else np.nan}

    return measure


def limited(pairs: Sequence[Pair], per_modality: int) -> list[Pair]:
    """At most so many pairs of each modality, the first ones."""
    seen: dict[str, int] = {}
    kept = []
    for pair in pairs:
        seen[pair.modality] = seen.get(pair.modality, 0) + 1
        if seen[pair.modality] <= per_modality:
            kept.append(pair)
    return kept
