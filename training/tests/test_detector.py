"""The modality detector: foreign images, a short training, the export."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from small_model import bright_is_foreground

from espmedsam import checkpoint
from espmedsam import manifest as manifests
from espmedsam.data import read_pairs
from espmedsam.detector import CLASSES, SIZE
from espmedsam.detector import export as export_module
from espmedsam.detector.calibrate import (
    calibrate,
    choose_threshold,
    choose_threshold_alone,
    fit_temperature,
)
from espmedsam.detector.evaluate import answer
from espmedsam.detector.export import export_detector, read_members
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.detector.foreign.unseen import UNSEEN
from espmedsam.detector.mining import MinedPool, mistaken_probability
from espmedsam.detector.near_foreign import near_foreign, pick
from espmedsam.detector.network import CalibratedDetector, Jury, ModalityDetector
from espmedsam.detector.train import DetectorSource
from espmedsam.detector.views import detector_view
from espmedsam.onnx_weights import OnnxWeightsError
from espmedsam.parity import randomise_batchnorm


@pytest.mark.parametrize("name", [*PAINTERS, *UNSEEN])
def test_painters_give_rgb_images_and_repeat_with_the_seed(name: str) -> None:
    painter = (PAINTERS | UNSEEN)[name]
    for seed in range(5):
        first = painter(np.random.default_rng(seed), 64)
        again = painter(np.random.default_rng(seed), 64)
        assert first.shape == (64, 64, 3)
        assert first.dtype == np.uint8
        assert np.array_equal(first, again)
    assert foreign_image(np.random.default_rng(0), 64)[0] in PAINTERS


def test_held_out_kinds_are_not_painted_for_training() -> None:
    assert not set(PAINTERS) & set(UNSEEN)
    assert not set(PAINTERS.values()) & set(UNSEEN.values())


def test_foreign_images_of_known_ones_are_changed_but_not_in_size() -> None:
    rng = np.random.default_rng(0)
    kinds = [[rng.integers(0, 256, (60, 60, 3), dtype=np.uint8)] for _ in range(6)]
    before = [kind[0].copy() for kind in kinds]
    for _ in range(60):
        image = near_foreign(kinds, rng)
        assert image.shape == (60, 60, 3)
        assert image.dtype == np.uint8
        assert not any(np.array_equal(image, kind[0]) for kind in kinds)
    assert all(np.array_equal(b, kind[0]) for b, kind in zip(before, kinds, strict=True))


def test_a_picture_that_shows_nothing_is_not_made_into_a_foreign_one() -> None:
    rng = np.random.default_rng(0)
    skin = np.full((60, 60, 3), 200, np.uint8)
    mole = skin.copy()
    mole[:30] = 60
    picked = [pick([[skin, mole]], rng, (0,)) for _ in range(200)]
    # One of them now and then after all, when no better one is found in a few tries.
    assert sum(np.array_equal(image, mole) for image in picked) > 190
    assert np.array_equal(pick([[skin]], rng, (0,)), skin)


@pytest.mark.parametrize("channel", range(7))
def test_views_fit_the_input(channel: int) -> None:
    rng = np.random.default_rng(channel)
    image = rng.integers(0, 256, (150, 150, 3), dtype=np.uint8)
    for _ in range(30):
        view = detector_view(image, rng, channel)
        assert view.shape == (SIZE, SIZE, 3)
        assert 0 <= view.min() <= view.max() < 255.01


def test_the_exported_detector_gives_seven_probabilities_for_any_batch(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = ModalityDetector().eval()
    randomise_batchnorm(model)
    path = tmp_path / "detector.onnx"
    export_detector(CalibratedDetector(model, 1.7), path)
    assert path.stat().st_size < 1_000_000
    graph = onnx.load(path).graph
    assert [v.name for v in graph.input] == ["image"]
    assert [v.name for v in graph.output] == ["probabilities"]
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for count in (1, 4):
        image = np.random.default_rng(0).standard_normal((count, 3, SIZE, SIZE), np.float32)
        probabilities = session.run(None, {"image": image})[0]
        assert probabilities.shape == (count, len(CLASSES))
        assert probabilities.sum(axis=1) == pytest.approx(np.ones(count), abs=1e-5)


def test_the_temperature_undoes_over_confidence() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4000, len(CLASSES), generator=generator) * 2
    labels = torch.multinomial(logits.softmax(1), 1, generator=generator).squeeze(1)
    assert fit_temperature(logits * 3, labels) == pytest.approx(3, rel=0.1)


def answers(probability: float, channel: int, count: int) -> torch.Tensor:
    rows = torch.full((count, 7), (1 - probability) / 6)
    rows[:, channel] = probability
    return rows


def test_the_threshold_keeps_foreign_images_out_before_it_lets_known_ones_in() -> None:
    labels = torch.tensor([0] * 100 + [6] * 100)
    # Foreign images are taken for channel 2 with 0.62, known ones are known with 0.78 or more.
    probabilities = torch.cat((answers(0.78, 0, 50), answers(0.99, 0, 50), answers(0.62, 2, 100)))
    assert choose_threshold(probabilities, labels) == 0.75
    # Known ones with 0.56 as well: letting them in would let the foreign ones in.
    probabilities[:50] = answers(0.56, 0, 50)
    assert choose_threshold(probabilities, labels) == 0.95
    sure = torch.cat((answers(0.99, 0, 100), answers(0.99, 6, 100)))
    assert choose_threshold(sure, labels) == 0.95


def test_the_threshold_falls_until_enough_images_pass() -> None:
    labels = torch.zeros(100, dtype=torch.int64)
    assert choose_threshold(answers(0.99, 0, 100), labels) == 0.95
    assert choose_threshold(answers(0.75, 0, 100), labels) == 0.75


def test_without_a_header_no_foreign_image_is_let_in() -> None:
    labels = torch.tensor([0] * 10 + [6] * 100)
    probabilities = torch.cat((answers(0.985, 0, 10), answers(0.9, 6, 99), answers(0.62, 2, 1)))
    assert choose_threshold_alone(probabilities, labels, 0.5) == 0.63
    # The detector alone is never believed sooner than beside a header.
    assert choose_threshold_alone(probabilities, labels, 0.8) == 0.8
    # One that cannot be kept out: the highest threshold at which the known ones pass.
    probabilities[-1] = answers(0.999, 2, 1)
    assert choose_threshold_alone(probabilities, labels, 0.5) == 0.98
    # One that could be kept out only at the cost of the known ones.
    probabilities[:10] = answers(0.775, 0, 10)
    probabilities[-1] = answers(0.9, 2, 1)
    assert choose_threshold_alone(probabilities, labels, 0.5) == 0.77


def test_a_foreign_image_that_is_called_foreign_does_not_raise_the_threshold() -> None:
    labels = torch.tensor([0, 6])
    called_foreign = torch.tensor([[0.45, 0, 0, 0, 0, 0, 0.55]])
    probabilities = torch.cat((answers(0.99, 0, 1), called_foreign))
    assert choose_threshold_alone(probabilities, labels, 0.4) == 0.4


def test_images_that_are_mistaken_are_drawn_more_often_and_none_is_lost() -> None:
    images = [np.full((4, 4, 3), i, np.uint8) for i in range(10)]
    pool = MinedPool(images)
    rng = np.random.default_rng(0)
    even = np.bincount([pool.draw(rng)[0, 0, 0] for _ in range(5000)], minlength=10)
    assert even.min() > 400
    pool.weigh(np.array([0.001] * 9 + [0.991], np.float32))
    mined = np.bincount([pool.draw(rng)[0, 0, 0] for _ in range(5000)], minlength=10)
    # Half of the draws go by the mistake, the other half is even.
    assert mined[9] / 5000 == pytest.approx(0.55, abs=0.03)
    assert mined[:9].min() > 180


def test_mining_asks_for_the_probability_of_the_likeliest_known_kind() -> None:
    class Brightness(torch.nn.Module):
        """Takes bright images for the third kind, all others for none."""

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            logits = torch.zeros(len(image), len(CLASSES))
            bright = image.mean(dim=(1, 2, 3)) > 0
            logits[bright, 2] = 9
            logits[~bright, 6] = 9
            return logits

    images = [np.full((160, 160, 3), value, np.uint8) for value in (0, 255) * 40]
    mistaken = mistaken_probability(Brightness(), images)
    assert mistaken[1::2] == pytest.approx(1, abs=0.01)
    assert mistaken[0::2] == pytest.approx(0, abs=0.01)


def test_batches_repeat_with_the_seed_however_they_are_made(tiny_data: Path) -> None:
    pairs = read_pairs(tiny_data, "train")
    source, again = (DetectorSource(pairs, 5, per_painter=1) for _ in range(2))
    for step, (images, labels) in enumerate(source.batches(range(3))):
        expected, expected_labels = again.batch(step)
        assert torch.equal(images, expected)
        assert torch.equal(labels, expected_labels)
    torch.manual_seed(0)
    source.weigh(ModalityDetector())
    assert torch.isfinite(source.batch(3)[0]).all()


def random_members(count: int) -> list[ModalityDetector]:
    torch.manual_seed(0)
    members = [ModalityDetector().eval() for _ in range(count)]
    for seed, member in enumerate(members):
        randomise_batchnorm(member, seed)
    return members


def test_a_jury_hears_every_member_on_the_image_and_its_mirror_image() -> None:
    members = random_members(2)
    image = torch.randn(3, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        heard = [member(view) for member in members for view in (image, image.flip(3))]
        torch.testing.assert_close(Jury(members)(image), torch.stack(heard).mean(dim=0))
        torch.testing.assert_close(Jury(members)(image.flip(3)), Jury(members)(image))


def test_members_come_back_out_of_an_exported_detector(tmp_path: Path) -> None:
    members = random_members(2)
    export_detector(CalibratedDetector(Jury(members), 1.3), tmp_path / "detector.onnx")
    image = torch.randn(2, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(1))
    read = read_members(tmp_path / "detector.onnx")
    assert len(read) == 2
    for before, after in zip(members, read, strict=True):
        with torch.no_grad():
            torch.testing.assert_close(after.eval()(image), before(image), rtol=1e-4, atol=1e-4)


def test_another_graph_has_no_members(tmp_path: Path) -> None:
    bright_is_foreground(tmp_path / "other.onnx")
    with pytest.raises(OnnxWeightsError, match="no modality detector"):
        read_members(tmp_path / "other.onnx")


def test_members_are_joined_calibrated_and_exported(
    tiny_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = []
    for number, member in enumerate(random_members(2)):
        paths.append(str(tmp_path / f"{number}.pt"))
        checkpoint.save(Path(paths[-1]), {"model": member.state_dict()})
    manifests.write(tmp_path, {})
    arguments = ["export", "--members", *paths, "--data", str(tiny_data), "--output", str(tmp_path)]
    monkeypatch.setattr("sys.argv", [*arguments, "--foreign", "10"])
    export_module.main()
    entry = manifests.read(tmp_path)["detector"]
    assert 0 < entry["threshold"] <= entry["thresholdAlone"] < 1
    assert len(read_members(tmp_path / entry["file"])) == 2


def test_images_made_of_known_ones_count_only_where_no_header_speaks() -> None:
    # Known ones are known with 0.9; a drawn one is taken for xray with 0.5, a made one with 0.8.
    labels = torch.tensor([0] * 50 + [6] * 50)
    made = torch.tensor([False] * 75 + [True] * 25)
    logits = torch.cat((answers(0.9, 0, 50), answers(0.5, 1, 25), answers(0.8, 1, 25))).log()
    found = calibrate(logits, labels, made)
    most = torch.softmax(logits / found.temperature, dim=1)[:, :6].amax(dim=1)
    assert most[50] < found.threshold <= most[0]
    assert most[75] < found.alone <= most[0]


def test_an_answer_below_the_threshold_is_none() -> None:
    assert answer(("xray", 0.7), 0.7) == "xray"
    assert answer(("xray", 0.7), 0.71) == "none"
