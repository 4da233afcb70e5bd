"""QDMD, the query-decoupled modality decoder: SAM's two-way decoder with a query per modality.

Seven queries (six used, as in the release) pass through the transformer together, because image
tokens attend to every one of them and published weights expect that. Only the asked modality's
query is turned into a mask.

A modality that was added later takes the place of the spare seventh query, and for its own samples
only: the other modalities go on seeing the seven queries they were trained with, so their masks do
not change by a bit.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.channels import NUM_CHANNELS
from espmedsam.encoder import EMBEDDING_DIM
from espmedsam.layers import LayerNorm2d

NUM_QUERIES = 7
"""Queries that a sample sees at once."""
SPARE = NUM_QUERIES - 1
"""Place and row of the query that none of the six modalities uses."""
HEADS = 8
MLP_DIM = 2048
DEPTH = 2


class CrossAttention(nn.Module):
    """Multi-head attention `q [N,Lq,256]`, `k`, `v [N,Lk,256]` → `[N,Lq,256]`."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.q_proj = nn.Linear(EMBEDDING_DIM, inner)
        self.k_proj = nn.Linear(EMBEDDING_DIM, inner)
        self.v_proj = nn.Linear(EMBEDDING_DIM, inner)
        self.out_proj = nn.Linear(inner, EMBEDDING_DIM)

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        q, k, v = (
            t.unflatten(2, (HEADS, -1)).transpose(1, 2)
            for t in (self.q_proj(q), self.k_proj(k), self.v_proj(v))
        )
        weights = torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(-2, -1)).softmax(dim=-1)
        return self.out_proj(torch.matmul(weights, v).transpose(1, 2).flatten(2))


class QueryMlp(nn.Module):
    """The transformer's MLP on queries `[N,7,256]`."""

    def __init__(self) -> None:
        super().__init__()
        self.lin1 = nn.Linear(EMBEDDING_DIM, MLP_DIM)
        self.lin2 = nn.Linear(MLP_DIM, EMBEDDING_DIM)

    def forward(self, x: Tensor) -> Tensor:
        return self.lin2(F.relu(self.lin1(x)))


class TwoWayBlock(nn.Module):
    """Queries attend to themselves and to the image, then the image attends to the queries."""

    def __init__(self, first: bool) -> None:
        super().__init__()
        self.first = first
        self.self_attn = CrossAttention(EMBEDDING_DIM)
        self.norm1 = nn.LayerNorm(EMBEDDING_DIM)
        self.cross_attn_token_to_image = CrossAttention(EMBEDDING_DIM // 2)
        self.norm2 = nn.LayerNorm(EMBEDDING_DIM)
        self.mlp = QueryMlp()
        self.norm3 = nn.LayerNorm(EMBEDDING_DIM)
        self.norm4 = nn.LayerNorm(EMBEDDING_DIM)
        self.cross_attn_image_to_token = CrossAttention(EMBEDDING_DIM // 2)

    def forward(
        self, queries: Tensor, image: Tensor, query_pe: Tensor, image_pe: Tensor
    ) -> tuple[Tensor, Tensor]:
        if self.first:
            # The first layer's queries are their own positional encoding: replaced, not added to.
            queries = self.self_attn(queries, queries, queries)
        else:
            q = queries + query_pe
            queries = queries + self.self_attn(q, q, queries)
        queries = self.norm1(queries)
        keys = image + image_pe
        queries = self.norm2(
            queries + self.cross_attn_token_to_image(queries + query_pe, keys, image)
        )
        queries = self.norm3(queries + self.mlp(queries))
        image = self.norm4(
            image + self.cross_attn_image_to_token(keys, queries + query_pe, queries)
        )
        return queries, image


class TwoWayTransformer(nn.Module):
    """`queries [N,7,256]`, `image [N,L,256]` → both, refined by each other."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(TwoWayBlock(first=i == 0) for i in range(DEPTH))
        self.final_attn_token_to_image = CrossAttention(EMBEDDING_DIM // 2)
        self.norm_final_attn = nn.LayerNorm(EMBEDDING_DIM)

    def forward(self, queries: Tensor, image: Tensor, image_pe: Tensor) -> tuple[Tensor, Tensor]:
        query_pe = queries
        for layer in self.layers:
            queries, image = layer(queries, image, query_pe, image_pe)
        attended = self.final_attn_token_to_image(queries + query_pe, image + image_pe, image)
        return self.norm_final_attn(queries + attended), image


class RandomPositionEncoding(nn.Module):
    """SAM's encoding: sine and cosine of a fixed random projection of (x, y) in −1…1."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer(
            "positional_encoding_gaussian_matrix", torch.randn(2, EMBEDDING_DIM // 2)
        )

    def forward(self, height: int, width: int) -> Tensor:
        """`[1,height·width,256]`, positions at pixel centres."""
        matrix = self.positional_encoding_gaussian_matrix
        y = (torch.arange(height, dtype=matrix.dtype, device=matrix.device) + 0.5) / height
        x = (torch.arange(width, dtype=matrix.dtype, device=matrix.device) + 0.5) / width
        grid = torch.stack((x.expand(height, width), y[:, None].expand(height, width)), dim=-1)
        angles = 2 * math.pi * ((2 * grid - 1) @ matrix)
        return torch.cat((angles.sin(), angles.cos()), dim=-1).flatten(0, 1).unsqueeze(0)


class HypernetworkMlp(nn.Module):
    """Query `[N,256]` → weights of the last 1×1 convolution `[N,32]`."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            (
                nn.Linear(EMBEDDING_DIM, EMBEDDING_DIM),
                nn.Linear(EMBEDDING_DIM, EMBEDDING_DIM),
                nn.Linear(EMBEDDING_DIM, EMBEDDING_DIM // 8),
            )
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.layers[2](F.relu(self.layers[1](F.relu(self.layers[0](x)))))


def query_row(channel: int) -> int:
    """The row of `mask_query` that belongs to a channel; added ones lie behind the spare row."""
    return channel if channel < SPARE else channel + 1


def query_rows(channels: int) -> Tensor:
    """`[channels,7]` int64: the rows that a sample of each channel sees."""
    rows = torch.arange(NUM_QUERIES).repeat(channels, 1)
    for channel in range(SPARE, channels):
        rows[channel, SPARE] = query_row(channel)
    return rows


class QueryDecoupledModalityDecoder(nn.Module):
    """Prompted embedding `[N,256,S/16,S/16]`, `modality [N]` → mask logits `[N,1,S/4,S/4]`."""

    def __init__(self, channels: int = NUM_CHANNELS) -> None:
        super().__init__()
        self.pe_layer = RandomPositionEncoding()
        stored = NUM_QUERIES + max(0, channels - SPARE)
        self.mask_query = nn.Embedding(stored, EMBEDDING_DIM)
        self.register_buffer("rows", query_rows(channels), persistent=False)
        self.transformer = TwoWayTransformer()
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(EMBEDDING_DIM, EMBEDDING_DIM // 4, 2, stride=2),
            LayerNorm2d(EMBEDDING_DIM // 4),
            nn.GELU(),
            nn.ConvTranspose2d(EMBEDDING_DIM // 4, EMBEDDING_DIM // 8, 2, stride=2),
            nn.GELU(),
        )
        self.output_hypernetworks_mlps = nn.ModuleList((HypernetworkMlp(),))

    def forward(self, embedding: Tensor, modality: Tensor) -> Tensor:
        return self.decode(embedding, modality)[0]

    def decode(self, embedding: Tensor, modality: Tensor) -> tuple[Tensor, Tensor]:
        """Mask logits, and the asked modality's query `[N,256]` after it has seen the image."""
        height, width = embedding.shape[2:]
        tokens = embedding.flatten(2).transpose(1, 2)
        seen = self.rows.index_select(0, modality).flatten()
        queries = self.mask_query.weight.index_select(0, seen).unflatten(0, (-1, NUM_QUERIES))
        queries, tokens = self.transformer(queries, tokens, self.pe_layer(height, width))
        picked = modality.clamp(max=SPARE)[:, None, None].expand(-1, 1, EMBEDDING_DIM)
        query = torch.gather(queries, 1, picked).squeeze(1)
        kernel = self.output_hypernetworks_mlps[0](query).unsqueeze(1)  # [N,1,32]
        features = self.output_upscaling(tokens.transpose(1, 2).unflatten(2, (height, width)))
        logits = torch.matmul(kernel, features.flatten(2))
        return logits.unflatten(2, (4 * height, 4 * width)), query
