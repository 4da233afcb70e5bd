"""SPPG, the self-patch prompt generator: the network's own coarse guess becomes its prompt."""

import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.encoder import EMBEDDING_DIM
from espmedsam.layers import LayerNorm2d


class SelfPatchPromptGenerator(nn.Module):
    """Embedding `[N,256,S/16,S/16]` → patch logits `[N,1,S/32,S/32]` and dense prompt `[N,256,…]`.

    The threshold is hard (probability 0.5, i.e. logit 0) in training as in inference and passes no
    gradient, as in the release: the patch head learns from the patch loss alone, and the decoder
    always sees the prompts it will see in use.
    """

    def __init__(self) -> None:
        super().__init__()
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
        chosen = (patch_logits.detach() >= 0).to(embedding.dtype)
        prompt = self.dense_prompter(F.interpolate(chosen, scale_factor=2.0, mode="nearest"))
        return patch_logits, prompt
