import { fork, type ChildProcess } from 'node:child_process';
import {
  AppError,
  type Channel,
  type EncodedFrame,
  type ErrorCode,
  ERRORS,
  type Raster,
} from '../../core/index.js';
import { picturesTogether } from './engine-count.js';
import { openEngineLine } from './engine-line.js';
import { residentBytes } from './resident-memory.js';
import {
  type DetectResult,
  type EngineFailure,
  type EngineOptions,
  type EngineRequest,
  type EngineResponse,
  type EngineState,
  type EngineTiming,
  HELD_PICTURE,
  type LoadedModel,
  type Picture,
  type SegmentResult,
  type TogetherAnswer,
} from './protocol.js';

/**
 * Inference and decoding, in a child process of its own. One request at a time; further ones wait in line, where pictures of one
 * channel are put together as far as `batchSize` allows.
 */
export interface EngineClient {
  /** Starts the child if none runs and tells what model it has loaded. */
  load(): Promise<LoadedModel>;
  /** The picture of a frame as a viewer shows it, for whoever wants to keep it or show it to another engine. */
  decode(frame: EncodedFrame): Promise<Raster>;
  /** Classifies a picture. The child holds it, decoded, until it has segmented it or classifies another. */
  detect(picture: Picture): Promise<DetectResult>;
  /** Segments a picture; the one (the same object) of the last `detect` is neither sent nor decoded again. */
  segment(picture: Picture, channel: Channel): Promise<SegmentResult>;
  /** How the child runs by now; undefined before one has loaded its model. */
  state(): EngineState | undefined;
  /** How many other engines do pictures for it while it is busy; none without it. */
  helpers?(): number;
  /** Process id of the running child, for tests and metrics. */
  pid(): number | undefined;
  close(): Promise<void>;
}

export interface EngineClientOptions extends EngineOptions {
  /** Built file of the child: dist/model/process/engine-main.js. */
  readonly entry: string;
  /** Search path for CUDA's libraries; empty for the system's own. */
  readonly libraryPath?: string;
  /** With `batchSize`: how long a picture waits for others to go with at most, when those before it had company; 0 or nothing: never. */
  readonly batchWaitMs?: number;
  /** One request may take so long; then the child is killed. Pictures that went together are then tried one by one. */
  readonly deadlineMs: number;
  /** Resident memory of the child at which it is replaced between two requests, bytes. */
  readonly memoryBytes: number;
  readonly watch?: EngineHooks;
}

/**
 * What an engine did when memory did not suffice: went on with smaller batches, went on with the CPU, or gave the picture up.
 */
export type MemoryAnswer = 'halved' | 'cpu' | 'refused';

/** Somebody who wants to know what an engine does. Called within the work that asked. */
export interface EngineHooks {
  /** A model was loaded; also after a restart, and by the CPU when it takes over. */
  loaded(model: LoadedModel): void;
  /** A child takes the place of one that crashed, hung or had grown too large. */
  restarted(): void;
  /** A request has ended. */
  took(timing: EngineTiming): void;
  /** Memory did not suffice. @param state how it runs since */
  outOfMemory(answer: MemoryAnswer, state: EngineState): void;
}

type Body = EngineRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

type Answer = Extract<EngineResponse, { ok: true }>;

/** What an answer to a picture is noted by. */
type Timed<T> = { readonly result: T; readonly timing?: EngineTiming | undefined };

type Settled = PromiseSettledResult<Timed<SegmentResult>>;

interface ToSegment {
  readonly picture: Picture;
  readonly channel: Channel;
}

interface Running {
  readonly child: ChildProcess;
  readonly loaded: Promise<LoadedModel>;
}

/** Loading reads and compiles the model: slower than a frame on a busy machine. */
const LOAD_DEADLINE_MS = 120_000;
/** A child that has nothing to do answers at once, on any machine. */
const PING_DEADLINE_MS = 20_000;
/** Children that may be gone before a request is given up. */
const MAX_CHILDREN = 3;

/** Starts nothing yet: the child comes with the first request and again after a crash. */
export function openEngine(options: EngineClientOptions): EngineClient {
  let running: Running | undefined;
  let held: { readonly child: ChildProcess; readonly picture: Picture } | undefined;
  /** The child that has just answered a request while another stood in line behind it. */
  let answered: ChildProcess | undefined;
  let nextId = 1;
  let starts = 0;
  let wasLoaded = false;
  let model: LoadedModel | undefined;
  let state: EngineState | undefined;
  let closes = 0;
  const line = openEngineLine<ToSegment, Timed<SegmentResult>>({
    // Before anybody hears of the result: what is asked for from then on may find that child killed.
    emptied: () => (answered = undefined),
    fits: (first, other) => first.channel === other.channel,
    most: ({ channel }) => picturesTogether(state?.batchSize ?? 1, channel, model),
    waitMs: options.batchWaitMs ?? 0,
    ask: segmentTogether,
  });

  function start(): Running {
    if ((starts += 1) > 1) options.watch?.restarted();
    const child = fork(options.entry, [], {
      serialization: 'advanced',
      // No environment: the child needs none and must not see credentials.
      env: {
        PATH: '/usr/bin:/bin',
        // ONNX Runtime would tell its maker of models and machine (since 1.29 on Linux too).
        ORT_DISABLE_TELEMETRY: '1',
        // NVIDIA's libraries would multiply with 10 bits of mantissa (TF32), which ONNX Runtime allows them; the Node binding
        // has no option against it. A SEG's identity does not name the provider, so results must not depend on it.
        NVIDIA_TF32_OVERRIDE: '0',
        ...(options.libraryPath ? { LD_LIBRARY_PATH: options.libraryPath } : {}),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { manifestPath, threads, provider, precision = 'float32' } = options;
    const { batchSize = 1, cpuFallback = false } = options;
    const loaded = exchange(
      child,
      { type: 'load', options: { manifestPath, threads, provider, precision, batchSize, cpuFallback } },
      LOAD_DEADLINE_MS,
    ).then(({ result }) => result as LoadedModel);
    const started: Running = { child, loaded };
    const forget = () => {
      if (running === started) running = undefined;
    };
    child.once('exit', forget);
    // A model that cannot be loaded is reported to whoever asked; the next request tries afresh.
    const noteLoaded = (of: LoadedModel) => {
      wasLoaded = true;
      model = of;
      state = { provider: of.provider, batchSize };
      options.watch?.loaded(of);
    };
    loaded.then(noteLoaded, () => {
      forget();
      child.kill('SIGKILL');
    });
    return started;
  }

  /** An answer, told to whoever watches: within the work that asked, though several may have been asked about together. */
  async function noted<T>(asked: Promise<Timed<T>>): Promise<T> {
    try {
      const { result, timing } = await asked;
      if (timing) options.watch?.took(timing);
      return result;
    } catch (error) {
      if (state && error instanceof AppError && error.code === 'ENGINE_OUT_OF_MEMORY')
        options.watch?.outOfMemory('refused', state);
      throw error;
    }
  }

  function noteState(now: EngineState): void {
    const before = state;
    state = now;
    if (before === undefined || model === undefined) return;
    if (before.provider !== now.provider) {
      model = { ...model, provider: now.provider };
      options.watch?.loaded(model);
      options.watch?.outOfMemory('cpu', now);
    } else if (now.batchSize < before.batchSize) options.watch?.outOfMemory('halved', now);
  }

  function exchange(child: ChildProcess, body: Body, deadlineMs: number): Promise<Answer> {
    const id = nextId++;
    return new Promise<Answer>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.off('error', onExit);
        finish();
      };
      const onMessage = (message: unknown) => {
        const response = message as EngineResponse;
        if (response.id !== id) return;
        settle(() => (response.ok ? resolve(response) : reject(engineError(response))));
      };
      const onExit = () =>
        settle(() => reject(new AppError('ENGINE_CRASHED', 'The engine process ended during a request')));
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        settle(() => reject(new AppError('ENGINE_TIMEOUT', `No answer within ${deadlineMs / 1000} s`)));
      }, deadlineMs);
      child.on('message', onMessage);
      child.once('exit', onExit);
      child.once('error', onExit);
      child.send({ id, ...body }, (error) => {
        if (error) onExit();
      });
    });
  }

  /** The model of a child. @throws AppError `MODEL_BROKEN` when it could be loaded before and no longer can */
  async function modelOf({ loaded }: Running): Promise<LoadedModel> {
    try {
      return await loaded;
    } catch (error) {
      if (!wasLoaded || !(error instanceof AppError) || error.code !== 'MODEL_INVALID') throw error;
      throw new AppError('MODEL_BROKEN', error.message, { cause: error });
    }
  }

  /**
   * A child that has just answered, the request before in the line or a ping: one that was killed meanwhile is replaced, and
   * costs no request.
   */
  async function living(): Promise<Running> {
    for (let children = 1; ; children += 1) {
      const candidate = (running ??= start());
      if (candidate.child === answered) return candidate;
      await modelOf(candidate);
      try {
        await exchange(candidate.child, { type: 'ping' }, PING_DEADLINE_MS);
        return candidate;
      } catch (error) {
        if (running === candidate) running = undefined;
        if (children >= MAX_CHILDREN) throw error;
      }
    }
  }

  async function request<T>(bodyFor: (child: ChildProcess) => Body): Promise<Timed<T>> {
    const { child } = await living();
    return requestOf(child, bodyFor(child));
  }

  async function requestOf<T>(child: ChildProcess, body: Body): Promise<Timed<T>> {
    answered = undefined;
    const { result, timing, state: now } = await exchange(child, body, options.deadlineMs);
    if (now) noteState(now);
    answered = child;
    if (running?.child === child && residentBytes(child.pid) > options.memoryBytes) {
      running = undefined;
      child.kill('SIGKILL');
    }
    return { result: result as T, timing };
  }

  async function detect(picture: Picture): Promise<DetectResult> {
    held = undefined;
    let asked: ChildProcess | undefined;
    const result = await noted(
      request<DetectResult>((child) => {
        asked = child;
        return { type: 'detect', frame: picture };
      }),
    );
    // A model without a detector looks at nothing and holds nothing.
    if (asked && result !== undefined) held = { child: asked, picture };
    return result;
  }

  /** A picture as it is sent to a child: not at all if the child holds it. */
  function frameFor(child: ChildProcess, picture: Picture): Picture | typeof HELD_PICTURE {
    if (held?.child !== child || held.picture !== picture) return picture;
    held = undefined;
    return HELD_PICTURE;
  }

  const segmentAlone = ({ picture, channel }: ToSegment) =>
    request<SegmentResult>((child) => ({ type: 'segment', frame: frameFor(child, picture), channel }));

  /** Pictures of one channel, of which none costs another its result. Never rejects. */
  async function segmentTogether(asked: readonly ToSegment[]): Promise<Settled[]> {
    const closesBefore = closes;
    let sent = false;
    try {
      if (asked.length === 1) return await Promise.allSettled([segmentAlone(asked[0]!)]);
      const { result } = await request<readonly TogetherAnswer[]>((child) => {
        sent = true;
        const frames = asked.map(({ picture }) => frameFor(child, picture));
        return { type: 'segment-together', frames, channel: asked[0]!.channel };
      });
      return result.map((answer) => (answer.ok ? fulfilled(answer) : rejected(engineError(answer))));
    } catch (reason) {
      const settled: Settled[] = [];
      for (const one of asked) {
        // The child died or hung: one of the pictures may be why, and the others have done nothing.
        const again = sent && closes === closesBefore;
        const found = again ? await Promise.allSettled([segmentAlone(one)]) : [rejected(reason)];
        settled.push(...found);
      }
      return settled;
    } finally {
      // Results are heard before the line moves on: whoever stands behind asks first whether the child still lives.
      answered = undefined;
    }
  }

  return {
    load: () => line.alone(async () => modelOf(await living())),
    decode: (frame) => line.alone(() => noted(request<Raster>(() => ({ type: 'decode', frame })))),
    detect: (picture) => line.alone(() => detect(picture)),
    segment: (picture, channel) =>
      (options.batchSize ?? 1) > 1
        ? noted(line.together({ picture, channel }))
        : line.alone(() => noted(segmentAlone({ picture, channel }))),
    state: () => state,
    pid: () => running?.child.pid,
    async close() {
      closes += 1;
      const child = running?.child;
      running = undefined;
      if (!child || child.exitCode !== null) return;
      await new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      });
    },
  };
}

const fulfilled = (value: Timed<SegmentResult>): Settled => ({ status: 'fulfilled', value });
const rejected = (reason: unknown): Settled => ({ status: 'rejected', reason });

function engineError(response: EngineFailure): AppError {
  const code: ErrorCode = response.code in ERRORS ? (response.code as ErrorCode) : 'INTERNAL';
  return new AppError(code, response.message);
}
