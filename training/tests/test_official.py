"""Weights in the released layout.

With `ESPMEDSAM_OFFICIAL_LIST` set to a list of the released names and shapes, the table in
`official_layout.py` is checked against it as well.
"""

import copy
import os
from pathlib import Path

import pytest
import torch
from official_layout import listed_shapes, official_shapes

from espmedsam.channels import CHANNELS
from espmedsam.model import ESPMedSAM
from espmedsam.official import (
    LayoutError,
    load_official,
    merge_official,
    official_key,
    our_key,
    to_official,
)


def official_weights(seed: int) -> dict[str, torch.Tensor]:
    """A checkpoint in which every tensor has another value, and every row another offset."""
    weights = {}
    for number, (name, shape) in enumerate(official_shapes().items()):
        weights[name] = torch.full(shape, float(1000 * seed + number))
        if shape:
            weights[name] += torch.arange(shape[0]).reshape(-1, *[1] * (len(shape) - 1)) / 4096
        else:
            weights[name] = weights[name].long()
    return weights


def test_the_layout_has_504_tensors_of_which_484_are_read(network: ESPMedSAM) -> None:
    shapes = official_shapes()
    assert len(shapes) == 504
    used = {name: shape for name, shape in shapes.items() if our_key(name) is not None}
    written = to_official(network, "fundus")
    assert {name: tuple(value.shape) for name, value in written.items()} == used


def test_names_map_there_and_back(network: ESPMedSAM) -> None:
    for key in network.state_dict():
        assert our_key(official_key(key)) == key


@pytest.mark.skipif("ESPMEDSAM_OFFICIAL_LIST" not in os.environ, reason="no list given")
def test_the_table_equals_the_released_list() -> None:
    assert official_shapes() == listed_shapes(Path(os.environ["ESPMEDSAM_OFFICIAL_LIST"]))


def test_loading_one_modality_leaves_the_other_five_untouched(network: ESPMedSAM) -> None:
    model = copy.deepcopy(network)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    weights = official_weights(3)
    load_official(model, weights, "ultrasound")
    index = CHANNELS.index("ultrasound")
    others = [i for i in range(6) if i != index]
    for key, value in model.state_dict().items():
        theirs = weights[official_key(key)]
        if "med" in key:
            assert torch.equal(value[index], theirs), key
            assert torch.equal(value[others], before[key][others]), key
        else:
            assert torch.equal(value, theirs), key


def test_six_checkpoints_merge_into_one_model(network: ESPMedSAM) -> None:
    model = copy.deepcopy(network)
    checkpoints = {name: official_weights(i) for i, name in enumerate(CHANNELS)}
    merge_official(model, checkpoints, shared_from="xray")
    for key, value in model.state_dict().items():
        theirs = official_key(key)
        if key == "qdmd.mask_query.weight":
            for i, name in enumerate(CHANNELS):
                assert torch.equal(value[i], checkpoints[name][theirs][i])
            assert torch.equal(value[6], checkpoints["xray"][theirs][6])
        elif "med" in key:
            for i, name in enumerate(CHANNELS):
                assert torch.equal(value[i], checkpoints[name][theirs]), key
        else:
            assert torch.equal(value, checkpoints["xray"][theirs]), key


@pytest.mark.parametrize("damage", ["missing", "unknown", "shape"])
def test_a_wrong_checkpoint_is_refused_and_changes_nothing(network: ESPMedSAM, damage: str) -> None:
    model = copy.deepcopy(network)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    weights = official_weights(0)
    if damage == "missing":
        del weights["SemiTViT.neck.2.weight"]
    elif damage == "unknown":
        weights["SemiTViT.layers.9.weight"] = torch.zeros(1)
    else:
        weights["patch_decoder.3.weight"] = torch.zeros(1, 32, 1, 1)
    with pytest.raises(LayoutError):
        load_official(model, weights, "fundus")
    for key, value in model.state_dict().items():
        assert torch.equal(value, before[key]), key
