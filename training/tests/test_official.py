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
    parse_sources,
    read_official,
    read_release,
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


def saved(directory: Path, name: str, weights: dict[str, torch.Tensor]) -> str:
    """Writes a file as a training script might and returns `name=path`."""
    path = directory / f"{name}.pth"
    torch.save({"model": {f"module.{key}": value for key, value in weights.items()}}, path)
    return f"{name}={path}"


def test_files_of_two_modalities_make_a_model_that_is_good_for_these_two(
    network: ESPMedSAM, tmp_path: Path
) -> None:
    arguments = [saved(tmp_path, n, to_official(network, n)) for n in ("fundus", "dermoscopy")]
    model, modalities = read_official(parse_sources(arguments))
    assert modalities == ("dermoscopy", "fundus")
    image = torch.randn(2, 3, 64, 64)
    modality = torch.tensor([0, 3])
    with torch.no_grad():
        for ours, theirs in zip(model(image, modality), network(image, modality), strict=True):
            assert torch.equal(ours, theirs)


def test_one_file_counts_for_all_modalities(network: ESPMedSAM, tmp_path: Path) -> None:
    argument = saved(tmp_path, "fundus", to_official(network, "fundus"))
    model, modalities = read_official(parse_sources([argument.partition("=")[2]]))
    assert modalities == CHANNELS
    for key, value in model.state_dict().items():
        if "med" in key.split(".", 1)[1]:
            theirs = network.state_dict()[key][CHANNELS.index("fundus")]
            assert all(torch.equal(row, theirs) for row in value), key


def test_files_that_differ_in_the_shared_part_need_a_word_whose_counts(
    network: ESPMedSAM, tmp_path: Path
) -> None:
    weights = {name: to_official(network, name) for name in ("xray", "fundus")}
    weights["fundus"]["SemiTViT.neck.2.weight"] += 1
    sources = parse_sources([saved(tmp_path, name, w) for name, w in weights.items()])
    with pytest.raises(LayoutError, match="shared part"):
        read_official(sources)
    with pytest.raises(LayoutError, match="no file"):
        read_official(sources, "ultrasound")
    model, _ = read_official(sources, "fundus")
    key = "encoder.neck.2.weight"
    assert torch.equal(model.state_dict()[key], network.state_dict()[key] + 1)


def test_a_file_that_is_no_state_dict_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.pth"
    text.write_text("not tensors")
    with pytest.raises(LayoutError):
        read_release(text)
    code = tmp_path / "code.pth"
    torch.save({"model": Path("a")}, code)
    with pytest.raises(LayoutError):
        read_release(code)


@pytest.mark.parametrize("arguments", [["skin=a", "xray=b"], ["xray=a"] * 2, ["xray=a", "b"]])
def test_sources_that_are_not_clear_are_refused(arguments: list[str]) -> None:
    with pytest.raises(ValueError, match="name=file"):
        parse_sources(arguments)
