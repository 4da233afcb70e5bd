import type { EngineState } from '../model/in-process.js';
import type { CheckReport } from './run-check.js';

/** A report for people. */
export function reportText(report: CheckReport): string {
  const { machine, provider, seconds } = report;
  const { cpu, cores, memoryMegabytes, load, node, onnxRuntime, cards } = machine;
  return [
    `${cores} × ${cpu}, ${memoryMegabytes} MB, load ${load.toFixed(1)}, Node ${node}, ONNX Runtime ${onnxRuntime}`,
    ...(cards.length === 0 ? ['NVIDIA’s driver tells of no card'] : cards.map((card) => `card: ${card}`)),
    ...(report.missing === undefined
      ? [`${provider}: found; loaded and ran a first pass within ${report.firstPassSeconds!.toFixed(1)} s`]
      : [`${provider}: not there. ${report.missing}`]),
    ...measured(report),
    '',
    `${report.ok ? 'All right' : 'NOT all right'}, after ${seconds.toFixed(0)} s`,
  ].join('\n');
}

function measured(report: CheckReport): string[] {
  const { missing, provider, size, passes, pictures, together, parity, fallback } = report;
  if (missing !== undefined) return [];
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) => {
    const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
    return [head, ...rows].map((row) => `  ${row.map((cell, i) => cell.padStart(widths[i]!)).join('  ')}`);
  };
  const verdict = (ok: boolean) => (ok ? 'ok' : 'WRONG');
  return [
    '',
    `One pass at ${size}², so many at a time`,
    ...table(
      ['batch', 'ms a pass', 'passes a second'],
      passes.map(({ batch, milliseconds }) =>
        milliseconds === undefined
          ? [String(batch), 'memory', 'does not suffice']
          : [String(batch), milliseconds.toFixed(2), (1000 / milliseconds).toFixed(1)],
      ),
    ),
    '',
    'One picture, with all that is done to it',
    ...table(
      ['channel', 'passes', 'batch size', 'ms a picture'],
      pictures.map(({ channel, passes: count, batchSize, milliseconds }) => [
        channel,
        String(count),
        String(batchSize),
        milliseconds.toFixed(1),
      ]),
    ),
    ...(together.length === 0
      ? []
      : [
          '',
          'Pictures of a channel together, as frames of a loop',
          ...table(
            ['channel', 'at a time', 'ms a picture', 'pictures a second'],
            together.map(({ channel, pictures: count, milliseconds }) => [
              channel,
              String(count),
              milliseconds.toFixed(1),
              (1000 / milliseconds).toFixed(1),
            ]),
          ),
        ]),
    '',
    provider === 'cpu' ? 'The CPU with itself: one batch beside single passes' : `${provider} beside the CPU`,
    ...table(
      ['channel', 'pixels', 'IoU', 'largest logit difference', ''],
      parity.map(({ channel, pixels, iou, largestLogitDifference, ok }) => [
        channel,
        String(pixels),
        iou.toFixed(5),
        largestLogitDifference.toExponential(1),
        verdict(ok),
      ]),
    ),
    '',
    provider === 'cpu'
      ? 'Short memory, forced (sessions on the CPU stand for a GPU)'
      : 'Short memory, forced (the sessions say so; the GPU is not really full)',
    ...table(
      ['room for', 'began', 'ended', 'IoU', ''],
      fallback.map(({ roomFor, began, ended, iou, ok }) => [
        String(roomFor),
        stateText(began),
        stateText(ended),
        iou.toFixed(5),
        verdict(ok),
      ]),
    ),
  ];
}

function stateText({ provider, batchSize }: EngineState): string {
  return `${provider}, batches of ${batchSize}`;
}
