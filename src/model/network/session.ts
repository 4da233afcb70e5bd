import { basename } from 'node:path';
import { env, InferenceSession, type Tensor } from 'onnxruntime-node';
import { AppError } from '../../core/index.js';
import type { Provider } from '../process/protocol.js';
import { isMemoryFailure } from './memory-failure.js';

// Errors come back as exceptions; ONNX Runtime would also print them.
env.logLevel = 'fatal';

/** One output of a run. */
export interface Output {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** A model file loaded into ONNX Runtime. */
export interface Session {
  /** The execution provider in use. */
  readonly provider: Provider;
  /**
   * Runs the model.
   * @returns values and shape of each output named, in their order
   * @throws AppError `MODEL_INVALID` when the model does not take these inputs, lacks an output or gives no numbers;
   *   `ENGINE_OUT_OF_MEMORY` when memory does not suffice for them, which leaves the session as it was
   */
  run(inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Promise<readonly Output[]>;
  close(): Promise<void>;
}

/** What a model must take and give. */
export interface SessionContract {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** How a model is loaded. @throws AppError `MODEL_INVALID` */
export type OpenSession = (
  path: string,
  options: { readonly provider: Provider; readonly threads: number },
  contract: SessionContract,
) => Promise<Session>;

/** Loads a model. A GPU is used or refused, never silently replaced by the CPU. */
export const openSession: OpenSession = async (path, { provider, threads }, contract) => {
  const session = await create(path, provider, threads);
  for (const name of contract.inputs) requireName(session.inputNames, name, 'input', path);
  for (const name of contract.outputs) requireName(session.outputNames, name, 'output', path);
  return {
    provider,
    run: async (inputs, outputs) => {
      const result = await session.run(inputs, outputs).catch((cause: unknown) => {
        throw runFailure(path, cause);
      });
      return outputs.map((name) => {
        const tensor = result[name];
        if (!(tensor?.data instanceof Float32Array)) {
          throw new AppError('MODEL_INVALID', `Model ${basename(path)}: output ${name} is not float32`);
        }
        if (!tensor.data.every(Number.isFinite))
          throw new AppError('MODEL_INVALID', 'The model gave values that are no numbers');
        return { values: tensor.data, shape: tensor.dims };
      });
    },
    close: () => session.release(),
  };
};

function runFailure(path: string, cause: unknown): AppError {
  const model = `Model ${basename(path)}`;
  if (isMemoryFailure(cause))
    return new AppError('ENGINE_OUT_OF_MEMORY', `${model}: memory does not suffice to run it`, { cause });
  const message = `${model} failed to run. Check its input size and types.`;
  return new AppError('MODEL_INVALID', message, { cause });
}

async function create(path: string, provider: Provider, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      // What TensorRT does not know is left to CUDA; without it ONNX Runtime would take the CPU.
      executionProviders: provider === 'tensorrt' ? ['tensorrt', 'cuda'] : [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
    });
  } catch (cause) {
    const message = isMemoryFailure(cause)
      ? `Memory does not suffice to load model ${basename(path)}. End what else uses it, or lower worker.concurrency.`
      : LOAD_FAILURES[provider](basename(path));
    throw new AppError('MODEL_INVALID', message, { cause });
  }
}

const CUDA_NEEDS =
  'Install CUDA 12, cuDNN 9 and the CUDA libraries of onnxruntime-node ' +
  '(npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12)';

/** What is said when a model of this name cannot be loaded. */
const LOAD_FAILURES: Readonly<Record<Provider, (name: string) => string>> = {
  cpu: (name) => `Model ${name} cannot be loaded by ONNX Runtime. Export it again for this version.`,
  cuda: () => `CUDA is not available to ONNX Runtime. ${CUDA_NEEDS}, or set the provider to cpu.`,
  tensorrt: () =>
    `TensorRT is not available to ONNX Runtime. ${CUDA_NEEDS} and TensorRT 10, or set the provider to cuda or cpu.`,
};

function requireName(names: readonly string[], name: string, what: string, path: string): void {
  if (names.includes(name)) return;
  throw new AppError(
    'MODEL_INVALID',
    `Model ${basename(path)} has no ${what} "${name}". Export it with this project.`,
  );
}
