"""The image's way into the network and the mask's way out: the contract with the Node side.

In: RGB, 0–255, squashed to S×S by a triangle filter with antialiasing, then `(x − mean) / std`.
Out: logits, bilinear without antialiasing, straight to the source's rows × columns, compared with
the logit of the channel's threshold. `tiling` does so window by window where a channel asks for it.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

MEAN = (123.675, 116.28, 103.53)
STD = (58.395, 57.12, 57.375)
"""ImageNet statistics on the 0–255 scale, per RGB channel."""


def resize_image(rgb: np.ndarray, size: int) -> Tensor:
    """`uint8 [H,W,3]` → `float32 [3,size,size]`, still 0–255."""
    planes = torch.from_numpy(np.ascontiguousarray(rgb)).permute(2, 0, 1)[None].float()
    shape = (size, size)
    return F.interpolate(planes, shape, mode="bilinear", align_corners=False, antialias=True)[0]


def normalise(image: Tensor, mean: tuple = MEAN, std: tuple = STD) -> Tensor:
    """`[…,3,H,W]` on the 0–255 scale → network units."""
    shift = torch.tensor(mean, dtype=image.dtype)[:, None, None]
    scale = torch.tensor(std, dtype=image.dtype)[:, None, None]
    return (image - shift) / scale


def logit(probability: float) -> float:
    """The logit at which a probability threshold lies; for probabilities strictly in 0–1."""
    return math.log(probability / (1 - probability))


def mask_of(logits: Tensor, threshold: float) -> np.ndarray:
    """Logits at source resolution `[H,W]` → `bool [H,W]`."""
    return (logits >= logit(threshold)).numpy()
