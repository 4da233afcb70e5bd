"""The teacher's encoder against a slow, literal reading of its description."""

import pytest
import torch
import torch.nn.functional as F

from espmedsam.teacher import Teacher
from espmedsam.vit import Attention, ViT, ViTShape, resize_offsets, resize_positions

SMALL = ViTShape(size=96, dim=32, depth=3, heads=2, window=4, global_blocks=(1,))


def test_the_default_has_the_parameters_of_sams_vit_b() -> None:
    with torch.device("meta"):
        encoder = ViT(ViTShape())
    # 89,670,912 as published: 93.7 M of SAM-Base less prompt encoder and mask decoder.
    assert sum(p.numel() for p in encoder.parameters()) == 89_670_912


@torch.no_grad()
def test_attention_adds_the_offset_of_rows_and_columns_to_every_logit() -> None:
    torch.manual_seed(0)
    edge, dim, heads = 3, 8, 2
    attention = Attention(dim, heads, edge)
    torch.nn.init.normal_(attention.rel_pos_h)
    torch.nn.init.normal_(attention.rel_pos_w)
    x = torch.randn(1, 1, edge * edge, dim)
    q, k, v = attention.qkv(x[0, 0]).reshape(9, 3, heads, 4).unbind(1)
    expected = torch.zeros(9, dim)
    for head in range(heads):
        for i in range(9):
            logits = torch.zeros(9)
            for j in range(9):
                rows, columns = i // edge - j // edge, i % edge - j % edge
                own = q[i, head]
                logits[j] = own @ k[j, head] / 4**0.5
                logits[j] += own @ attention.rel_pos_h[rows + edge - 1]
                logits[j] += own @ attention.rel_pos_w[columns + edge - 1]
            expected[i, 4 * head : 4 * head + 4] = logits.softmax(0) @ v[:, head]
    found = attention(x, edge, edge)[0, 0]
    torch.testing.assert_close(found, attention.proj(expected), rtol=1e-4, atol=1e-5)


def test_windows_see_themselves_only_and_global_blocks_the_whole_image() -> None:
    torch.manual_seed(0)
    encoder = ViT(SMALL).eval()
    x = torch.randn(1, 6, 6, 32)
    changed = x.clone()
    changed[0, 5, 5] = torch.randn(32)  # in the second window of both axes; windows are 4 wide
    with torch.no_grad():
        windowed = (encoder.blocks[0](x) != encoder.blocks[0](changed))[0].any(dim=2)
        across = (encoder.blocks[1](x) != encoder.blocks[1](changed))[0].any(dim=2)
    assert not windowed[:4].any()
    assert not windowed[:, :4].any()
    assert windowed[4:, 4:].all()
    assert across.all()


@pytest.mark.parametrize("size", [64, 96, 160])
def test_another_input_size_works_and_all_of_it_learns(size: int) -> None:
    torch.manual_seed(0)
    model = Teacher(SMALL)
    masks, patches = model(torch.randn(2, 3, size, size), torch.tensor([0, 4]))
    assert masks.shape == (2, 1, size // 4, size // 4)
    assert patches.shape == (2, 1, size // 32, size // 32)
    (masks.square().sum() + patches.square().sum()).backward()
    without = [n for n, p in model.encoder.named_parameters() if not p.grad.any()]
    assert without == []


def test_position_tables_keep_their_ends_when_resized() -> None:
    table = torch.linspace(0, 1, 9)[:, None].repeat(1, 3)
    assert resize_offsets(table, 5) is table
    longer = resize_offsets(table, 9)
    assert longer.shape == (17, 3)
    assert longer[8, 0].item() == pytest.approx(0.5)
    assert (longer.diff(dim=0) >= 0).all()
    grid = torch.randn(1, 4, 4, 2)
    assert resize_positions(grid, (4, 4)) is grid
    expected = F.interpolate(grid.permute(0, 3, 1, 2), (8, 6), mode="bicubic")
    assert torch.equal(resize_positions(grid, (8, 6)), expected.permute(0, 2, 3, 1))


def test_shapes_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 16"):
        ViTShape(size=100)
    with pytest.raises(ValueError, match="heads"):
        ViTShape(dim=100, heads=12)
    with pytest.raises(ValueError, match="global blocks"):
        ViTShape(depth=4)
