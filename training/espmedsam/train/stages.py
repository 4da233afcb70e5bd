"""The five stages: which model, what of it learns, from what, and what is measured."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from torch import nn

from espmedsam import checkpoint
from espmedsam.config import ConfigError, TrainConfig
from espmedsam.foundation import (
    load_lite_encoder,
    load_lite_medsam,
    load_lite_teacher,
    load_sam,
    load_sam_encoder,
    load_tinyvit,
)
from espmedsam.lite_encoder import CachedEncoder, LiteMedSAMEncoder
from espmedsam.model import ESPMedSAM, is_controller, with_channel, with_presence
from espmedsam.published import lite_medsam
from espmedsam.teacher import Teacher
from espmedsam.train.ablation import ABLATIONS as ABLATED
from espmedsam.train.learnable import Learnable, chosen, of_channel
from espmedsam.train.objectives import FeatureMatch, Objective, Segmentation, carry_over
from espmedsam.train.validation import Validate, dice_by_modality, feature_error
from espmedsam.vit import ViT


@dataclass(frozen=True)
class Stage:
    """A stage made ready for the trainer."""

    objective: Objective
    learnable: Learnable
    modality_only: bool
    """Only what belongs to a modality learns: BatchNorm stays in eval mode and nothing decays."""
    channels: tuple[str, ...]
    validate: Validate
    extra: dict[str, Any] = field(default_factory=dict)
    """What a checkpoint must hold besides weights to be read again."""


def teacher_stage(config: TrainConfig) -> Stage:
    """A foundation's encoder with SPPG and QDMD on all modalities.

    SAM's encoder learns with them. LiteMedSAM's is frozen, and with a folder for `embeddings` it
    sees each picture once.
    """
    model = Teacher(config.vit, prompt=config.prompt, size=config.foundation_size)
    if config.foundation is not None:
        load_lite_teacher(model, checkpoint.load(lite_medsam()))
        if config.embeddings is not None:
            model.encoder = CachedEncoder(model.encoder, config.embeddings)
        learnable = chosen(model, lambda name: not name.startswith("encoder."))
        model.encoder.requires_grad_(False)
        extra: dict[str, Any] = {"vit": None, "size": config.foundation_size}
        return Stage(Segmentation(model), learnable, True, model.channels, dice_by_modality, extra)
    assert config.vit is not None
    if config.sam is not None:
        load_sam(model, checkpoint.load(config.sam))
    everything = chosen(model, lambda _: True)
    extra = {"vit": asdict(config.vit)}
    return Stage(Segmentation(model), everything, False, model.channels, dice_by_modality, extra)


def cached(encoder: nn.Module, config: TrainConfig) -> nn.Module:
    """The encoder, embedding each picture once if the run has a folder for that."""
    return encoder if config.embeddings is None else CachedEncoder(encoder, config.embeddings)


def foundation_encoder(config: TrainConfig) -> nn.Module:
    """The frozen encoder that common knowledge comes from: a teacher's, SAM's or LiteMedSAM's."""
    if config.teacher is not None:
        return checkpoint.load_teacher(config.teacher).encoder
    if config.embeddings is not None:
        lite = LiteMedSAMEncoder(config.foundation_size)
        load_lite_encoder(lite, checkpoint.load(lite_medsam()))
        return cached(lite, config)
    assert config.vit is not None and config.sam is not None
    encoder = ViT(config.vit)
    load_sam_encoder(encoder, checkpoint.load(config.sam))
    return encoder


def student(config: TrainConfig) -> ESPMedSAM:
    """The student at its start."""
    if config.initial is not None:
        model = checkpoint.load_model(config.initial)
        return with_presence(model) if config.presence else model
    network = ESPMedSAM if config.ablation is None else ABLATED[config.ablation]
    model = network(prompt=config.prompt, presence=config.presence)
    if config.foundation is not None:
        loaded, known = load_lite_medsam(model, checkpoint.load(lite_medsam()))
        logging.info("LiteMedSAM: %d of %d shared tensors loaded", loaded, known)
    return model


def common_stage(config: TrainConfig) -> Stage:
    """The shared encoder takes over the foundation's features; no controllers, no masks."""
    model = student(config)
    if config.tinyvit is not None:
        load_tinyvit(model.encoder, checkpoint.load(config.tinyvit))
    encoder = foundation_encoder(config)
    objective = FeatureMatch(model, encoder, medical=False)
    shared = chosen(model, lambda name: name.startswith("encoder.") and not is_controller(name))
    return Stage(objective, shared, False, model.channels, feature_error(encoder))


def controller_stage(config: TrainConfig) -> Stage:
    """The controllers take over the teacher's features; its SPPG and QDMD are carried over."""
    assert config.teacher is not None
    model, teacher = student(config), checkpoint.load_teacher(config.teacher)
    if model.channels != teacher.channels:
        raise ConfigError(f"student has {model.channels}, teacher {teacher.channels}")
    carry_over(teacher, model)
    objective = FeatureMatch(model, cached(teacher.encoder, config), medical=True)
    return Stage(objective, chosen(model, is_controller), True, model.channels, dice_by_modality)


LEARNS: dict[str, Callable[[str], bool]] = {
    "all": lambda _: True,
    "controllers": is_controller,
    "presence": lambda name: name.startswith("presence."),
}
"""Which parameters learn, by the setting `trainable`."""


def finetune_stage(config: TrainConfig) -> Stage:
    """End to end with mask and patch loss: everything, or a part of the student alone."""
    model = student(config)
    if config.trainable == "presence" and model.presence is None:
        raise ConfigError("trainable is `presence`, but the student has no presence head")
    learnable = chosen(model, LEARNS[config.trainable])
    part = config.trainable != "all"
    return Stage(Segmentation(model), learnable, part, model.channels, dice_by_modality)


def added_stage(config: TrainConfig) -> Stage:
    """One modality more: its controller and its query learn, all else stays bit for bit."""
    assert config.channel is not None
    model = with_channel(student(config), config.channel, config.like)
    learnable = of_channel(model, len(model.channels) - 1)
    return Stage(Segmentation(model), learnable, True, model.channels, dice_by_modality)


STAGES: dict[str, Callable[[TrainConfig], Stage]] = {
    "teacher": teacher_stage,
    "common": common_stage,
    "controller": controller_stage,
    "finetune": finetune_stage,
    "add-modality": added_stage,
}


def build(config: TrainConfig) -> Stage:
    """The stage of a run, its random weights decided by the seed."""
    torch.manual_seed(config.seed)
    return STAGES[config.stage](config)


def set_mode(stage: Stage, freeze_statistics: bool = False) -> None:
    """Training mode, but for what the stage keeps fixed."""
    stage.objective.model.train()
    if stage.modality_only or freeze_statistics:
        for module in stage.objective.model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
