import { isOutOfMemory } from './batches.js';
import type { Session } from './session.js';

/**
 * A session on a GPU that goes on with the CPU, for good, when the GPU's memory does not suffice for a single picture. A
 * larger batch is left to whoever can halve it.
 * @param openOnCpu opens the same model on the CPU
 */
export function withCpuFallback(onGpu: Session, openOnCpu: () => Promise<Session>): Session {
  let session = onGpu;
  return {
    get provider() {
      return session.provider;
    },
    run: async (inputs, outputs) => {
      try {
        return await session.run(inputs, outputs);
      } catch (error) {
        const pictures = Math.max(...Object.values(inputs).map(({ dims }) => dims[0] ?? 1));
        if (session !== onGpu || pictures > 1 || !isOutOfMemory(error)) throw error;
      }
      session = await openOnCpu();
      await onGpu.close();
      return session.run(inputs, outputs);
    },
    close: () => session.close(),
  };
}
