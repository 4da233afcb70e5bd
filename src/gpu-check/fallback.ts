import { AppError } from '../core/index.js';
import { createEngine, type EngineState, type OpenSession, type Provider } from '../model/in-process.js';
import { intersectionOverUnion, MIN_IOU } from './parity.js';
import type { Shown } from './pictures.js';

/** What an engine did when memory was made to run short. */
export interface FallbackFigure {
  /** Pictures of a batch that there was room for. */
  readonly roomFor: number;
  readonly began: EngineState;
  readonly ended: EngineState;
  /** Of its mask with that of the CPU. */
  readonly iou: number;
  readonly ok: boolean;
}

const BATCH_SIZE = 16;

/**
 * Segments a picture with an engine whose sessions fail beyond some batch as a full GPU's would: they must halve and stay, and
 * with room for nothing go on with the CPU.
 * @param expected the CPU's mask
 */
export async function forceFallback(
  options: { readonly manifestPath: string; readonly threads: number; readonly provider: Provider },
  { raster, channel }: Shown,
  expected: Uint8Array,
  open: OpenSession,
): Promise<FallbackFigure[]> {
  const figures: FallbackFigure[] = [];
  for (const roomFor of [1, 0]) {
    // Where the CPU itself is checked, it stands for the GPU too: an engine of the CPU has nothing to fall back to.
    const asked = options.provider === 'cpu' ? 'cuda' : options.provider;
    const short = shortOfMemory(open, options.provider, roomFor);
    const wanted = { ...options, provider: asked, batchSize: BATCH_SIZE, cpuFallback: true };
    const engine = await createEngine(wanted, undefined, short);
    try {
      const began = engine.state();
      const { mask } = await engine.segmentRaster(raster, channel);
      const ended = engine.state();
      const iou = intersectionOverUnion(expected, mask);
      const stayed = ended.provider === (roomFor === 0 ? 'cpu' : asked) && ended.batchSize === 1;
      figures.push({ roomFor, began, ended, iou, ok: stayed && iou >= MIN_IOU });
    } finally {
      await engine.close();
    }
  }
  return figures;
}

/** Sessions that are really of `real`; those asked for on a GPU have room for so many pictures of a batch. */
function shortOfMemory(open: OpenSession, real: Provider, roomFor: number): OpenSession {
  return async (path, options, contract) => {
    if (options.provider === 'cpu') return open(path, options, contract);
    const session = await open(path, { ...options, provider: real }, contract);
    return {
      provider: options.provider,
      run: async (inputs, outputs) => {
        const pictures = Math.max(...Object.values(inputs).map(({ dims }) => dims[0] ?? 1));
        if (pictures > roomFor) throw new AppError('ENGINE_OUT_OF_MEMORY', 'As the check wants it');
        return session.run(inputs, outputs);
      },
      close: () => session.close(),
    };
  };
}
