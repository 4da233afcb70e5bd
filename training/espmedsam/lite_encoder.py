"""LiteMedSAM's image encoder as published: the foundation that common knowledge comes from.

It is TinyViT on a picture of 256×256 whose two first convolutions look at single pixels, so its
embedding has a token for each 4×4 pixels. Frozen, and without augmentation, it says the same of a
picture every time: `CachedEncoder` asks once.
"""

import hashlib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.encoder import DIMS, SemiTViT
from espmedsam.layers import ConvBN
from espmedsam.preprocess import MEAN, STD

LITE_SIZE = 256
"""Input edge in pixels that it was trained at."""


class LiteMedSAMEncoder(SemiTViT):
    """Picture `[N,3,S,S]`, normalised as ours → embedding `[N,256,s/4,s/4]`, s = `size`.

    The picture is brought to s × s pixels, of its own scale 256.
    """

    def __init__(self, size: int = LITE_SIZE) -> None:
        super().__init__(channels=1)
        self.size = size
        self.patch_embed.seq = nn.Sequential(
            ConvBN(3, DIMS[0] // 2), nn.GELU(), ConvBN(DIMS[0] // 2, DIMS[0])
        )
        self.register_buffer("mean", torch.tensor(MEAN)[:, None, None] / 255, persistent=False)
        self.register_buffer("std", torch.tensor(STD)[:, None, None] / 255, persistent=False)

    def forward(self, image: Tensor, modality: Tensor | None = None) -> Tensor:
        if image.shape[2:] != (self.size, self.size):
            shape = (self.size, self.size)
            image = F.interpolate(image, shape, mode="bilinear", antialias=True)
        return super().forward(image * self.std + self.mean, None)


class CachedEncoder(nn.Module):
    """A frozen encoder that embeds a picture once and keeps the answer as fp16 on disk.

    Pictures are told apart by their pixels, so stages and runs may share a folder; views that
    change each time would only fill it.
    """

    def __init__(self, encoder: nn.Module, folder: Path) -> None:
        super().__init__()
        self.encoder = encoder.eval().requires_grad_(False)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def train(self, mode: bool = True) -> "CachedEncoder":
        """Stays in eval mode: BatchNorm would give other embeddings."""
        return super().train(False)

    @torch.no_grad()
    def one(self, image: Tensor) -> Tensor:
        """The embedding `[256,h,w]` of one picture `[3,S,S]`."""
        content = image.contiguous().float().numpy().tobytes()
        path = self.folder / f"{hashlib.blake2b(content, digest_size=16).hexdigest()}.npy"
        if path.exists():
            return torch.from_numpy(np.load(path)).float()
        embedding = self.encoder(image[None])[0]
        partial = path.with_suffix(".tmp.npy")
        np.save(partial, embedding.half().numpy())
        partial.replace(path)
        return embedding.half().float()

    def forward(self, image: Tensor, modality: Tensor | None = None) -> Tensor:
        return torch.stack([self.one(picture) for picture in image])
