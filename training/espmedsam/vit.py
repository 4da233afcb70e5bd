"""The teacher's image encoder: SAM's vision transformer.

Image `[N,3,S,S]` → embedding `[N,256,S/16,S/16]`: 16×16 patches, learned absolute positions,
blocks of windowed or global attention with decomposed relative positions, a neck to 256 channels.
Source: Segment Anything (arXiv 2304.02643) and ViTDet (arXiv 2203.16527). Attribute names are those
of SAM's released state dict, so that its weights load by name.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.layers import LayerNorm2d, from_windows, to_windows

PATCH = 16
EMBEDDING_DIM = 256
MLP_RATIO = 4


@dataclass(frozen=True)
class ViTShape:
    """The size of the encoder; the default is ViT-B as in SAM."""

    size: int = 1024
    """Input edge in pixels for which position tables are stored, a multiple of 16.

    Another input size works: the tables are interpolated.
    """
    dim: int = 768
    depth: int = 12
    heads: int = 12
    window: int = 14
    """Edge of an attention window in patches."""
    global_blocks: tuple[int, ...] = (2, 5, 8, 11)
    """Blocks that attend over the whole image."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "global_blocks", tuple(self.global_blocks))
        if self.size % PATCH != 0:
            raise ValueError(f"vit size {self.size} is no multiple of {PATCH}")
        if self.dim % self.heads != 0:
            raise ValueError(f"vit dim {self.dim} is no multiple of {self.heads} heads")
        if not all(0 <= block < self.depth for block in self.global_blocks):
            raise ValueError(f"vit global blocks {self.global_blocks} exceed depth {self.depth}")

    @property
    def grid(self) -> int:
        """Patches per edge."""
        return self.size // PATCH


def resize_positions(table: Tensor, grid: tuple[int, int]) -> Tensor:
    """Absolute positions `[1,H,W,C]` for another grid, bicubic; unchanged for the same one."""
    if tuple(table.shape[1:3]) == grid:
        return table
    channels_first = table.permute(0, 3, 1, 2)
    resized = F.interpolate(channels_first, grid, mode="bicubic", align_corners=False)
    return resized.permute(0, 2, 3, 1)


def resize_offsets(table: Tensor, edge: int) -> Tensor:
    """A relative position table `[2n−1,d]` for another edge, linear; unchanged for the same one."""
    length = 2 * edge - 1
    if len(table) == length:
        return table
    return F.interpolate(table.T[None], length, mode="linear", align_corners=False)[0].T


def relative_positions(table: Tensor, edge: int) -> Tensor:
    """`[edge,edge,d]`: the vector of the offset between every query and key position."""
    positions = torch.arange(edge, device=table.device)
    offsets = positions[:, None] - positions[None, :] + edge - 1
    return resize_offsets(table, edge)[offsets]


class Attention(nn.Module):
    """Multi-head attention over a grid, `[N,windows,H·W,C]` → same, `edge` = H = W."""

    def __init__(self, dim: int, heads: int, edge: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        self.rel_pos_h = nn.Parameter(torch.zeros(2 * edge - 1, dim // heads))
        self.rel_pos_w = nn.Parameter(torch.zeros(2 * edge - 1, dim // heads))

    def forward(self, x: Tensor, height: int, width: int) -> Tensor:
        samples, windows, length, dim = x.shape
        qkv = self.qkv(x).reshape(-1, length, 3, self.heads, dim // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)  # each [N·windows,heads,L,d]
        grid = q.unflatten(2, (height, width))
        rows = torch.einsum("bnhwd,hkd->bnhwk", grid, relative_positions(self.rel_pos_h, height))
        columns = torch.einsum("bnhwd,wkd->bnhwk", grid, relative_positions(self.rel_pos_w, width))
        bias = (rows[..., :, None] + columns[..., None, :]).reshape(*q.shape[:2], length, length)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return self.proj(y.transpose(1, 2).reshape(samples, windows, length, dim))


class BlockMlp(nn.Module):
    """The block's MLP on `[…,C]`."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.lin1 = nn.Linear(dim, MLP_RATIO * dim)
        self.lin2 = nn.Linear(MLP_RATIO * dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.lin2(F.gelu(self.lin1(x)))


class Block(nn.Module):
    """Pre-norm transformer block on `[N,H,W,C]`; `window` 0 attends over the whole image."""

    def __init__(self, shape: ViTShape, window: int) -> None:
        super().__init__()
        self.window = window
        self.norm1 = nn.LayerNorm(shape.dim, eps=1e-6)
        self.attn = Attention(shape.dim, shape.heads, window or shape.grid)
        self.norm2 = nn.LayerNorm(shape.dim, eps=1e-6)
        self.mlp = BlockMlp(shape.dim)

    def attend(self, x: Tensor) -> Tensor:
        height, width = x.shape[1:3]
        if self.window == 0:
            tokens = x.flatten(1, 2).unsqueeze(1)
            return self.attn(tokens, height, width).squeeze(1).unflatten(1, (height, width))
        windows = to_windows(x, self.window)
        return from_windows(
            self.attn(windows, self.window, self.window), self.window, height, width
        )

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attend(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    """Image `[N,3,S,S]` → patches `[N,S/16,S/16,C]`."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, dim, PATCH, stride=PATCH)

    def forward(self, x: Tensor) -> Tensor:
        return self.proj(x).permute(0, 2, 3, 1)


class ViT(nn.Module):
    """SAM's image encoder; input normalised as everywhere here, any multiple of 16 pixels."""

    def __init__(self, shape: ViTShape) -> None:
        super().__init__()
        self.shape = shape
        self.patch_embed = PatchEmbed(shape.dim)
        self.pos_embed = nn.Parameter(torch.empty(1, shape.grid, shape.grid, shape.dim))
        self.blocks = nn.ModuleList(
            Block(shape, 0 if index in shape.global_blocks else shape.window)
            for index in range(shape.depth)
        )
        self.neck = nn.Sequential(
            nn.Conv2d(shape.dim, EMBEDDING_DIM, 1, bias=False),
            LayerNorm2d(EMBEDDING_DIM),
            nn.Conv2d(EMBEDDING_DIM, EMBEDDING_DIM, 3, padding=1, bias=False),
            LayerNorm2d(EMBEDDING_DIM),
        )
        nn.init.trunc_normal_(self.pos_embed, std=0.02)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        x = self.patch_embed(image)
        x = x + resize_positions(self.pos_embed, tuple(x.shape[1:3]))
        for block in self.blocks:
            x = block(x)
        return self.neck(x.permute(0, 3, 1, 2))
