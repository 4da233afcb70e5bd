"""SPPG, the self-patch prompt generator: the network's own coarse guess becomes its prompt."""

import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.encoder import EMBEDDING_DIM
from espmedsam.layers import LayerNorm2d

PROMPTS = ("hard", "soft")


class SelfPatchPromptGenerator(nn.Module):
    """Embedding `[N,256,S/16,S/16]` → patch logits `[N,1,S/32,S/32]` and dense prompt `[N,256,…]`.

    The `hard` prompt is the released one: a threshold (probability 0.5, i.e. logit 0) in training
    as in inference that passes no gradient; the patch head learns from the patch loss alone. Its
    edges lie on the patch grid and so do outlines that follow them. The `soft` prompt is the
    probability itself, interpolated between patches, and passes the mask loss's gradient.
    """

    def __init__(self, prompt: str = "hard") -> None:
        super().__init__()
        if prompt not in PROMPTS:
            raise ValueError(f"prompt is one of {PROMPTS}, not {prompt}")
        self.soft = prompt == "soft"
        self.patch_decoder = nn.Sequential(
            nn.Conv2d(EMBEDDING_DIM, 64, 2, stride=2),
            LayerNorm2d(64),
            nn.GELU(),
            nn.Conv2d(64, 1, 1),
        )
        self.dense_prompter = nn.Sequential(
            nn.Conv2d(1, EMBEDDING_DIM, 1), LayerNorm2d(EMBEDDING_DIM), nn.GELU()
        )

    def forward(self, embedding: Tensor) -> tuple[Tensor, Tensor]:
        patch_logits = self.patch_decoder(embedding)
        if self.soft:
            guess = F.interpolate(
                patch_logits.sigmoid(), scale_factor=2.0, mode="bilinear", align_corners=False
            )
        else:
            chosen = (patch_logits.detach() >= 0).to(embedding.dtype)
            guess = F.interpolate(chosen, scale_factor=2.0, mode="nearest")
        return patch_logits, self.dense_prompter(guess)
