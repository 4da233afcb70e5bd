"""The three layouts of data, and the random views."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from conftest import CLEAN, write_disc

from espmedsam.artefacts import bordered, coarse, compressed, joined, marked, tinted, vignetted
from espmedsam.augment import VIEWS, View, random_view, whole_view
from espmedsam.data import DataError, PairCache, read_images, read_pairs
from espmedsam.preprocess import MEAN
from espmedsam.tiling import TILES, tile_edge

BUDGET = 1_000_000


def test_a_plain_pair_of_folders_is_read_in_any_format_and_size(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    for number, suffix in enumerate(("png", "jpg", "bmp", "tif", "PNG") * 4):
        write_disc(tmp_path, f"case-{number:02}", rng, suffix)
    big = np.zeros((130, 40, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "images" / "case-99.png"), big)
    cv2.imwrite(str(tmp_path / "masks" / "case-99.png"), big[..., 0])
    train = read_pairs(tmp_path, "train", "dental")
    val = read_pairs(tmp_path, "val", "dental")
    assert [pair.stem for pair in val] == ["case-09", "case-19"]
    assert len(train) == 19
    assert {pair.modality for pair in train + val} == {"dental"}
    assert train[-1].image().shape == (130, 40, 3)
    assert set(np.unique(train[0].mask())) == {0, 255}


def test_wrong_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="neither"):
        read_pairs(tmp_path, "train")
    write_disc(tmp_path, "a", np.random.default_rng(0))
    with pytest.raises(DataError, match="modality must be given"):
        read_pairs(tmp_path, "train")
    (tmp_path / "masks" / "a.png").rename(tmp_path / "masks" / "a_mask.png")
    with pytest.raises(DataError, match=r"a\.jpg has no mask"):
        read_pairs(tmp_path, "train", "dental")
    (pair,) = read_images(tmp_path / "images", "train")
    with pytest.raises(DataError, match="no mask"):
        pair.mask()


def test_a_mask_of_another_size_than_its_image_is_refused(tmp_path: Path) -> None:
    write_disc(tmp_path, "a", np.random.default_rng(0))
    cv2.imwrite(str(tmp_path / "masks" / "a.png"), np.zeros((80, 60), np.uint8))
    with pytest.raises(DataError, match="image \\(60, 80\\), mask \\(80, 60\\)"):
        PairCache(read_pairs(tmp_path, "train", "dental"), BUDGET)[0]


def test_images_alone_are_found_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for number in range(12):
        folder = tmp_path / ("a" if number % 2 else "a/b")
        cv2.imwrite(str(folder / f"{number:02}.png"), np.full((20, 30, 3), number, np.uint8))
    (tmp_path / "a" / "notes.txt").write_text("no image")
    assert len(read_images(tmp_path, "train")) == 11
    assert len(read_images(tmp_path, "val")) == 1
    image, mask = PairCache(read_images(tmp_path, "train"), BUDGET)[0]
    assert image.shape == (20, 30, 3)
    assert not mask.any()


def test_the_cache_keeps_no_more_than_its_budget(tiny_data: Path) -> None:
    pairs = read_pairs(tiny_data, "train")[:3]
    cache = PairCache(pairs, 2 * 60 * 80 * 4)
    first = [cache[i] for i in range(3)]
    assert list(cache.kept) == [pair.image_path for pair in pairs[:2]]
    for (image, mask), again in zip(first, (cache[i] for i in range(3)), strict=True):
        assert np.array_equal(image, again[0])
        assert np.array_equal(mask, again[1])


def scene(size: int) -> tuple[np.ndarray, np.ndarray]:
    """A bright ellipse on grey, and its mask."""
    mask = np.zeros((size, size), np.uint8)
    cv2.ellipse(mask, (size // 3, size // 2), (size // 5, size // 8), 20, 0, 360, 255, -1)
    image = np.where(mask[..., None] > 0, 220, 60).astype(np.uint8).repeat(3, axis=2)
    return image, mask


@pytest.mark.parametrize("name", list(VIEWS))
def test_views_move_image_and_mask_together_and_stay_in_range(name: str) -> None:
    image, mask = scene(200)
    # Large crops, so that the ellipse is in them.
    view = replace(VIEWS[name], min_crop=0.8, max_crop=1.0, **CLEAN)
    kept, turned = [], 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        pixels, label = random_view(image, mask, view, 96, 0.5, rng)
        assert pixels.shape == (3, 96, 96)
        assert label.shape == (1, 96, 96)
        assert 0 <= pixels.min() <= pixels.max() <= 255
        assert 0 <= label.min() <= label.max() <= 1
        inside, outside = pixels[:, label[0] > 0.9], pixels[:, label[0] < 0.1]
        if inside.numel() > 300 and outside.numel() > 300:
            # Bright inside and dark outside, or the other way round in a negative.
            kept.append((inside.mean() - outside.mean()).item())
        turned += int((label > 0.5).any(dim=1).sum() > (label > 0.5).any(dim=2).sum())
    assert len(kept) > 20
    assert min(abs(step) for step in kept) > 40
    assert (min(kept) < 0) == (VIEWS[name].invert > 0)
    # Where the image has no up and down the ellipse, wider than high, stands upright at times.
    assert VIEWS[name].quarter_turns == (turned < 20)


def test_a_view_depends_on_its_generator_only_and_leaves_the_global_one_alone() -> None:
    image, mask = scene(120)
    torch.manual_seed(1)
    state = torch.random.get_rng_state()
    first = random_view(image, mask, View(), 64, 0.5, np.random.default_rng(4))
    assert torch.equal(torch.random.get_rng_state(), state)
    torch.rand(7)
    again = random_view(image, mask, View(), 64, 0.5, np.random.default_rng(4))
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))


@pytest.mark.parametrize("size", [96, 448])
def test_what_is_used_in_tiles_is_never_shown_whole(size: int) -> None:
    image = np.zeros((300, 300, 3), np.uint8)
    mask = np.zeros((300, 300), np.uint8)
    mask[:150] = 255  # a crop of at most a third shows one half, or both at an edge of its own
    view = View(0.25, max_crop=0.33)
    seen = [
        random_view(image, mask, view, size, 1.0, np.random.default_rng(seed))[1].mean().item()
        for seed in range(20)
    ]
    assert max(seen) > 0.95
    assert min(seen) < 0.05
    whole = random_view(image, mask, View(), size, 1.0, np.random.default_rng(1))[1]
    assert whole.mean().item() == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("name", list(TILES))
def test_views_are_about_as_large_as_a_tile_in_use(name: str) -> None:
    view, tile = VIEWS[name], tile_edge(1000, TILES[name]) / 1000
    assert view.min_crop < tile < view.max_crop


def test_grey_images_stay_grey() -> None:
    image, mask = scene(100)
    pixels, _ = random_view(
        image, mask, replace(VIEWS["xray"], marks=0.0), 64, 1.0, np.random.default_rng(0)
    )
    spread = (pixels.amax(dim=0) - pixels.amin(dim=0)).max()
    assert MEAN[0] != MEAN[2]
    assert spread < 60  # noise only, which is drawn per channel


def test_black_borders_and_dark_surrounds_hide_the_mask_that_lies_in_them() -> None:
    image, mask = scene(160)
    mask[:] = 255
    for seed in range(40):
        rng = np.random.default_rng(seed)
        for covered, left in (bordered(image, mask, rng), vignetted(image, mask, rng)):
            assert covered.shape[:2] == left.shape
            dark = covered.max(axis=2) < 15
            assert not left[dark].any()
            assert left.mean() > 0.3 * 255


def test_marks_compression_and_coarseness_leave_the_size_and_change_the_picture() -> None:
    image, _ = scene(160)
    image[..., 2] //= 2
    for change in (marked, compressed, coarse, tinted):
        changed = [change(image, np.random.default_rng(seed)) for seed in range(8)]
        assert all(one.shape == image.shape and one.dtype == np.uint8 for one in changed)
        assert any(not np.array_equal(one, image) for one in changed)


def test_a_mosaic_has_a_part_of_each_picture() -> None:
    size = 64
    one = (np.full((size, size, 3), 10, np.uint8), np.zeros((size, size), np.uint8))
    other = (np.full((size, size, 3), 200, np.uint8), np.full((size, size), 255, np.uint8))
    for seed in range(10):
        image, mask = joined(one, other, np.random.default_rng(seed))
        assert 0.25 < (mask > 0).mean() < 0.75
        assert np.array_equal(image[..., 0] == 200, mask > 0)


def test_an_empty_crop_shows_no_foreground_where_there_is_room_for_one() -> None:
    image, mask = scene(200)
    empty = []
    for share in (0.0, 1.0):
        view = replace(View(0.5), empty_crop=share)
        views = [
            random_view(image, mask, view, 64, 0.0, np.random.default_rng(seed))[1]
            for seed in range(20)
        ]
        empty.append(sum(not label.any() for label in views))
    # A tilt may mirror some foreground back in.
    assert empty[1] > 10 > 3 * empty[0]


def test_a_whole_view_is_the_picture_itself() -> None:
    image, mask = scene(64)
    pixels, label = whole_view(image, mask, 64)
    assert torch.equal(pixels, torch.from_numpy(image).permute(2, 0, 1).float())
    assert torch.equal(label[0] > 0.5, torch.from_numpy(mask) > 0)
