"""Whether there is anything to segment: one logit for each picture.

A mask decoder that was only ever shown lesions draws one everywhere. This head answers for the
whole picture from three things: the asked modality's query after it has looked at the image, the
mean of the embedding, and the patch map's largest and mean logit. It is our addition; the released
network has none, and its checkpoints load without.
"""

import torch
from torch import Tensor, nn

from espmedsam.encoder import EMBEDDING_DIM

HIDDEN = 64


class PresenceHead(nn.Module):
    """`query [N,256]`, `embedding [N,256,h,w]`, `patch_logits [N,1,h/2,w/2]` → logit `[N,1]`."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(2 * EMBEDDING_DIM)
        self.fc1 = nn.Linear(2 * EMBEDDING_DIM + 2, HIDDEN)
        self.fc2 = nn.Linear(HIDDEN, 1)

    def forward(self, query: Tensor, embedding: Tensor, patch_logits: Tensor) -> Tensor:
        seen = self.norm(torch.cat((query, embedding.flatten(2).mean(2)), dim=1))
        patches = patch_logits.flatten(1)
        summary = torch.cat((patches.amax(1, keepdim=True), patches.mean(1, keepdim=True)), dim=1)
        return self.fc2(torch.relu(self.fc1(torch.cat((seen, summary), dim=1))))
