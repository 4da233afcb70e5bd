"""The training loss: cross entropy plus Dice, on the mask and on the patches."""

import torch.nn.functional as F
from torch import Tensor


def dice_loss(logits: Tensor, target: Tensor) -> Tensor:
    """1 − soft Dice of each sample, averaged; `[N,1,H,W]`, target 0–1.

    The constant of one hundredth of the pixels keeps empty crops harmless.
    """
    probability = logits.sigmoid().flatten(1)
    target = target.flatten(1)
    smooth = 0.01 * target.shape[1]
    overlap = (probability * target).sum(1)
    total = probability.sum(1) + target.sum(1)
    return (1 - (2 * overlap + smooth) / (total + smooth)).mean()


def segmentation_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy plus Dice at the target's resolution."""
    return F.binary_cross_entropy_with_logits(logits, target) + dice_loss(logits, target)


def mask_loss(mask_logits: Tensor, mask: Tensor) -> Tensor:
    """Logits `[N,1,S/4,S/4]` against the mask `[N,1,S,S]`, compared at S as in use.

    At S/4 a vessel thinner than four pixels would be less than half of every cell.
    """
    up = F.interpolate(mask_logits.float(), mask.shape[2:], mode="bilinear", align_corners=False)
    return segmentation_loss(up, mask)


def patch_loss(patch_logits: Tensor, mask: Tensor) -> Tensor:
    """Patch logits `[N,1,S/32,S/32]` against "any foreground in this 32×32 patch".

    A teacher that sees finer has smaller patches.
    """
    label = (F.max_pool2d(mask, mask.shape[2] // patch_logits.shape[2]) >= 0.5).to(mask.dtype)
    return segmentation_loss(patch_logits.float(), label)


CLEARLY = 0.003
"""Share of a view that must be foreground for it to count as showing something."""


def presence_loss(logits: Tensor, mask: Tensor) -> Tensor:
    """Cross entropy of `logits [N,1]` against "there is something in the mask `[N,1,S,S]`".

    A view with a mere sliver of foreground, as a crop's edge may have, counts neither way.
    """
    share = mask.flatten(1).mean(1, keepdim=True)
    label = (share >= CLEARLY).to(mask.dtype)
    counts = ((share >= CLEARLY) | (share == 0)).to(mask.dtype)
    each = F.binary_cross_entropy_with_logits(logits.float(), label, reduction="none")
    return (each * counts).sum() / counts.sum().clamp(min=1)


def total_loss(mask_logits: Tensor, patch_logits: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Both losses with equal weight, as in the paper's teacher training."""
    return mask_loss(mask_logits, mask), patch_loss(patch_logits, mask)
