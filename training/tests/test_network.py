"""The network's shapes, gradients and its treatment of modalities."""

import copy

import pytest
import torch

from espmedsam.channels import CHANNELS
from espmedsam.controller import ModalityMlp
from espmedsam.encoder import offset_index
from espmedsam.losses import mask_loss, presence_loss, total_loss
from espmedsam.model import QUERY, ESPMedSAM, is_controller, with_channel
from espmedsam.qdmd import SPARE, query_row


def test_outputs_are_a_quarter_and_a_thirty_second_of_the_input_and_every_part_learns() -> None:
    torch.manual_seed(0)
    model = ESPMedSAM().train()
    # At its start an MBConv is the identity; its inner gradients would be zero.
    for stage_block in model.encoder.layers[0].blocks:
        torch.nn.init.ones_(stage_block.conv3.bn.weight)
    modality = torch.tensor([CHANNELS.index("xray"), CHANNELS.index("fundus")])
    mask_logits, patch_logits = model(torch.randn(2, 3, 256, 256), modality)
    assert mask_logits.shape == (2, 1, 64, 64)
    assert patch_logits.shape == (2, 1, 8, 8)
    target = torch.zeros(2, 1, 256, 256)
    target[:, :, 64:160, 80:200] = 1
    sum(total_loss(mask_logits, patch_logits, target)).backward()
    without = [n for n, p in model.named_parameters() if p.grad is None or not p.grad.any()]
    # The bias of a key shifts all logits of a query alike, which softmax cancels; rounding decides
    # whether its gradient is exactly zero.
    assert [n for n in without if "k_proj.bias" not in n] == []


@pytest.mark.parametrize("size", [128, 224, 320])
def test_any_multiple_of_32_is_an_input_size(network: ESPMedSAM, size: int) -> None:
    with torch.no_grad():
        mask_logits, patch_logits = network(torch.randn(1, 3, size, size), torch.tensor([3]))
    assert mask_logits.shape == (1, 1, size // 4, size // 4)
    assert patch_logits.shape == (1, 1, size // 32, size // 32)


def test_six_modalities_together_have_28_million_parameters(network: ESPMedSAM) -> None:
    count = sum(p.numel() for p in network.parameters())
    # 28.51 M as stored by the release, less 0.33 M that no forward pass reads.
    assert 28.1e6 < count < 28.3e6


def test_a_sample_does_not_depend_on_the_modalities_beside_it(network: ESPMedSAM) -> None:
    image = torch.randn(3, 3, 64, 64)
    modality = torch.tensor([4, 0, 2])
    with torch.no_grad():
        together, _ = network(image, modality)
        for i in range(3):
            alone, _ = network(image[i : i + 1], modality[i : i + 1])
            torch.testing.assert_close(together[i : i + 1], alone, rtol=1e-3, atol=1e-4)


def test_only_the_asked_modality_takes_part(network: ESPMedSAM) -> None:
    model = copy.deepcopy(network)
    image = torch.randn(2, 3, 64, 64)
    modality = torch.tensor([1, 4])
    with torch.no_grad():
        before, _ = model(image, modality)
        for name, parameter in model.named_parameters():
            if "med" in name:
                parameter[[0, 2, 3, 5]] = float("nan")
        after, _ = model(image, modality)
    assert torch.equal(before, after)


def test_the_modality_changes_the_mask(network: ESPMedSAM) -> None:
    image = torch.randn(1, 3, 128, 128).expand(6, -1, -1, -1)
    with torch.no_grad():
        masks, _ = network(image, torch.arange(6))
    for i in range(1, 6):
        assert (masks[i] - masks[0]).abs().max() > 1e-3


def test_grouped_and_gathered_controllers_agree() -> None:
    torch.manual_seed(0)
    branch = ModalityMlp(32)
    x, modality = torch.randn(5, 9, 32), torch.tensor([3, 0, 5, 3, 1])
    torch.testing.assert_close(branch.grouped(x, modality), branch.gathered(x, modality))


def test_bias_offsets_are_numbered_as_a_walk_over_all_pairs_meets_them() -> None:
    window = 5
    points = [(y, x) for y in range(window) for x in range(window)]
    numbers: dict[tuple[int, int], int] = {}
    walked = [
        numbers.setdefault((abs(a[0] - b[0]), abs(a[1] - b[1])), len(numbers))
        for a in points
        for b in points
    ]
    assert offset_index(window).flatten().tolist() == walked


@pytest.mark.parametrize("like", [None, "fundus"])
def test_an_added_channel_starts_neutral_or_like_another_and_changes_no_other(
    network: ESPMedSAM, like: str | None
) -> None:
    torch.manual_seed(7)
    once = with_channel(network, "dental", like)
    twice = with_channel(once, "thermal")
    assert twice.channels == (*CHANNELS, "dental", "thermal")
    image = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        for channel in range(6):
            modality = torch.full((2,), channel)
            expected = network(image, modality)
            for model in (once, twice):
                for a, b in zip(model(image, modality), expected, strict=True):
                    assert torch.equal(a, b)
        dental = once(image, torch.tensor([6, 6]))
        for a, b in zip(twice(image, torch.tensor([6, 6])), dental, strict=True):
            assert torch.equal(a, b)
    source = SPARE if like is None else query_row(CHANNELS.index(like))
    for key, value in once.state_dict().items():
        if key == QUERY:
            assert torch.equal(value[7], network.state_dict()[key][source])
        elif is_controller(key) and like is not None:
            assert torch.equal(value[6], value[CHANNELS.index(like)])
        elif is_controller(key) and ".fc2." in key:
            assert not value[6].any()


def test_the_query_of_an_added_channel_is_seen_by_its_own_samples_only(network: ESPMedSAM) -> None:
    model = with_channel(network, "dental")
    image, modality = torch.randn(2, 3, 64, 64), torch.tensor([6, 2])
    with torch.no_grad():
        before, _ = model(image, modality)
        model.qdmd.mask_query.weight[query_row(6)] += 1
        after, _ = model(image, modality)
    assert not torch.equal(before[0], after[0])
    assert torch.equal(before[1], after[1])


def test_a_channel_that_exists_or_an_unknown_model_channel_is_refused(network: ESPMedSAM) -> None:
    with pytest.raises(ValueError, match="named twice"):
        with_channel(network, "xray")
    with pytest.raises(ValueError, match="mri is no channel"):
        with_channel(network, "dental", like="mri")
    with pytest.raises(ValueError, match="6 or more"):
        with_channel(ESPMedSAM(("xray",)), "dental")


def test_without_a_modality_the_controllers_take_no_part(network: ESPMedSAM) -> None:
    encoder = copy.deepcopy(network.encoder)
    image = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        before = encoder(image, None)
        for name, parameter in encoder.named_parameters():
            if "med" in name:
                parameter.fill_(float("nan"))
        assert torch.equal(encoder(image, None), before)
        assert encoder(image, torch.tensor([0])).isnan().all()


def test_a_soft_prompt_lets_the_mask_loss_reach_the_patch_head_and_a_hard_one_does_not() -> None:
    for prompt, reaches in (("hard", False), ("soft", True)):
        torch.manual_seed(2)
        model = ESPMedSAM(prompt=prompt).eval()
        mask_logits = model(torch.randn(1, 3, 64, 64), torch.tensor([0]))[0]
        mask_logits.square().mean().backward()
        assert (model.sppg.patch_decoder[0].weight.grad is not None) == reaches


def test_presence_is_one_logit_a_picture_and_changes_no_mask(network: ESPMedSAM) -> None:
    torch.manual_seed(0)
    other = ESPMedSAM(presence=True).eval()
    missing = other.load_state_dict(network.state_dict(), strict=False).missing_keys
    assert missing
    assert all(key.startswith("presence.") for key in missing)
    image, modality = torch.randn(2, 3, 64, 64), torch.tensor([1, 5])
    with torch.no_grad():
        masks, patches, presence = other(image, modality)
        expected = network(image, modality)
    assert presence.shape == (2, 1)
    assert torch.equal(masks, expected[0])
    assert torch.equal(patches, expected[1])


def test_an_empty_mask_has_a_finite_loss_that_falls_with_what_is_drawn() -> None:
    empty = torch.zeros(2, 1, 64, 64)
    losses = [mask_loss(torch.full((2, 1, 16, 16), level), empty).item() for level in (-8, 0, 8)]
    assert losses == sorted(losses)
    assert losses[0] < 0.05
    assert losses[2] < 10


def test_presence_counts_clear_views_alone() -> None:
    mask = torch.zeros(3, 1, 64, 64)
    mask[1, :, :20, :20] = 1
    mask[2, :, :2, :2] = 1  # a sliver: neither way
    right = torch.tensor([[-9.0], [9.0], [0.0]])
    assert presence_loss(right, mask).item() < 1e-3
    assert presence_loss(-right, mask).item() > 5
    changed = right.clone()
    changed[2] = 5.0
    assert torch.equal(presence_loss(right, mask), presence_loss(changed, mask))
