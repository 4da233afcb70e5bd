"""The whole network: encoder → SPPG → QDMD."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from espmedsam.channels import CHANNELS
from espmedsam.encoder import SemiTViT
from espmedsam.presence import PresenceHead
from espmedsam.qdmd import SPARE, QueryDecoupledModalityDecoder, query_row
from espmedsam.sppg import SelfPatchPromptGenerator


class ChannelError(ValueError):
    """A channel that does not exist, or exists already."""


class ESPMedSAM(nn.Module):
    """All modalities in one network; each sample uses the controller and query of its own.

    `image` float32 `[N,3,S,S]`, already normalised, S a multiple of 32; `modality` int64 `[N]`,
    an index into `channels`, may differ between the samples of a batch. Returns
    `mask_logits [N,1,S/4,S/4]`, `patch_logits [N,1,S/32,S/32]` and, with the presence head,
    `presence_logits [N,1]`.

    `prompt` and `presence` are what ours may have beyond the released network: a soft prompt
    (`espmedsam.sppg`) and a head that says whether there is anything to segment.
    """

    def __init__(
        self, channels: Sequence[str] = CHANNELS, prompt: str = "hard", presence: bool = False
    ) -> None:
        super().__init__()
        self.prompt = prompt
        if len(set(channels)) != len(channels):
            raise ChannelError(f"a channel is named twice: {list(channels)}")
        self.channels = tuple(channels)
        self.encoder = SemiTViT(len(self.channels))
        self.sppg = SelfPatchPromptGenerator(prompt)
        self.qdmd = QueryDecoupledModalityDecoder(len(self.channels))
        self.presence = PresenceHead() if presence else None

    @property
    def options(self) -> dict[str, Any]:
        """What a network of the same layout is made with, besides its channels."""
        return {"prompt": self.prompt, "presence": self.presence is not None}

    def forward(self, image: Tensor, modality: Tensor) -> tuple[Tensor, ...]:
        embedding = self.encoder(image, modality)
        patch_logits, prompt = self.sppg(embedding)
        mask_logits, query = self.qdmd.decode(embedding + prompt, modality)
        if self.presence is None:
            return mask_logits, patch_logits
        return mask_logits, patch_logits, self.presence(query, embedding, patch_logits)


def with_presence(model: ESPMedSAM) -> ESPMedSAM:
    """The model with a presence head; one that has none gets a fresh one."""
    if model.presence is None:
        model.presence = PresenceHead()
    return model


def is_controller(name: str) -> bool:
    """Whether a parameter belongs to a modality controller (`med` in its name, as released)."""
    return name.startswith("encoder.") and "med" in name


QUERY = "qdmd.mask_query.weight"


@torch.no_grad()
def with_channel(model: ESPMedSAM, name: str, like: str | None = None) -> ESPMedSAM:
    """A copy of the model with one more channel, the others' weights unchanged.

    The new controller and query start as those of the channel `like`. Without one, the query
    starts as the spare one and the controller's MLP branch adds nothing. Raises `ChannelError` when
    the name is taken or `like` unknown.
    """
    if like is not None and like not in model.channels:
        raise ChannelError(f"{like} is no channel; channels are {model.channels}")
    if len(model.channels) < SPARE:
        raise ChannelError(f"a channel can be added to {SPARE} or more, not {len(model.channels)}")
    grown = ESPMedSAM((*model.channels, name), **model.options)
    new = len(model.channels)
    source = None if like is None else model.channels.index(like)
    old = model.state_dict()
    for key, value in grown.state_dict().items():
        if key == QUERY:
            value[:-1] = old[key]
            value[-1] = old[key][SPARE if source is None else query_row(source)]
        elif is_controller(key):
            value[:new] = old[key]
            if source is not None:
                value[new] = old[key][source]
            elif ".fc2." in key:
                value[new] = 0
        else:
            value.copy_(old[key])
    return grown.train(model.training)
