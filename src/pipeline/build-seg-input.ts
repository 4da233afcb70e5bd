import { AppError, type ResultQuality } from '../core/index.js';
import type { SegInput } from '../objects/index.js';
import type { UnitTask } from './context.js';

/** What a SEG says about itself: the segment's codes, the algorithm and the decision; everything but the masks. */
export function buildSegInput(
  task: UnitTask,
  quality?: ResultQuality,
): Omit<SegInput, 'frames' | 'pictures' | 'now'> {
  const { unit, context, model, decision } = task;
  const channel = model.channels.find(({ name }) => name === decision.channel);
  if (!channel) throw new AppError('MODEL_INVALID', `The model has no channel ${decision.channel}`);
  const described = context.modalities.channels[decision.channel];
  if (!described) throw new AppError('CONFIG_INVALID', `No codes are given for ${decision.channel}`);
  const { region, label, description, category, type, color } = described;
  const segment = { label, description, category, type, color };
  const regionHolds = region !== undefined && (region.when === 'always' || decision.bodyPartConfirmed);
  return {
    sources: unit.sources,
    segment: {
      ...segment,
      ...(regionHolds
        ? { region: { value: region.value, scheme: region.scheme, meaning: region.meaning } }
        : {}),
    },
    algorithm: {
      name: model.name,
      version: model.version,
      softwareVersion: context.softwareVersion,
      weightsSha256: model.sha256,
      channel: decision.channel,
      channelIndex: channel.index,
      score: decision.score,
      threshold: channel.threshold,
      tiles: channel.tiles,
      views: channel.views,
      preprocessingVersion: model.preprocessingVersion,
      steps: channel.steps ?? [],
      quality,
    },
    profile: context.settings.seg.profile,
    form: context.settings.seg.form,
  };
}
