import { AppError } from '../../../core/index.js';
import { type NestingReader, openNestingReader } from '../../../dicom/index.js';

const MAX_PART_HEAD = 16 * 1024;
const LINE_BREAK: Buffer = Buffer.from('\r\n', 'latin1');
const HEAD_END = Buffer.from('\r\n\r\n', 'latin1');

/** An object whose sequences lie too deep. */
export interface DeepObject {
  readonly sopClassUid?: string;
  readonly sopInstanceUid?: string;
}

/** Looks into the DICOM objects of an upload as it passes. */
export interface PartInspector {
  /**
   * Looks at a piece before it is passed on.
   * @throws AppError `STOW_INVALID`; `NESTED_TOO_DEEP`: then the object's end must not reach the archive, which would read it
   */
  look(piece: Buffer): Promise<void>;
  /** The object that was refused. */
  refused(): DeepObject | undefined;
}

/**
 * @param boundary of the multipart body
 * @param options.maxNesting sequences within each other that are allowed
 * @param options.onStudy called with the Study Instance UID of each object as it passes
 */
export function openPartInspector(
  boundary: string,
  options: { maxNesting: number; onStudy: (study: string) => void },
): PartInspector {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  // The first delimiter may be the very first bytes: a line break before it is implied.
  let kept: Buffer = LINE_BREAK;
  let part: NestingReader | 'head' | undefined;
  let refused: DeepObject | undefined;
  let declared: number | undefined;
  let bytesOfPart = 0;

  async function read(bytes: Buffer): Promise<void> {
    if (part === undefined || part === 'head' || bytes.length === 0) return;
    bytesOfPart += bytes.length;
    await part.push(bytes);
    const { isTooDeep, sopClassUid, sopInstanceUid } = part.facts();
    if (!isTooDeep) return;
    refused = {
      ...(sopClassUid === undefined ? {} : { sopClassUid }),
      ...(sopInstanceUid === undefined ? {} : { sopInstanceUid }),
    };
    throw new AppError(
      'NESTED_TOO_DEEP',
      `An object's sequences lie more than ${options.maxNesting} levels within each other`,
    );
  }

  return {
    refused: () => refused,
    async look(piece) {
      kept = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
      for (;;) {
        if (part === 'head') {
          const end = kept.indexOf(HEAD_END);
          if (end === -1 && kept.length <= MAX_PART_HEAD) return;
          if (end === -1) throw new AppError('STOW_INVALID', 'The header of a part does not end');
          declared = declaredLength(kept.toString('latin1', 0, end + 2));
          bytesOfPart = 0;
          kept = kept.subarray(end + HEAD_END.length);
          part = openNestingReader({ maxDepth: options.maxNesting, onStudy: options.onStudy });
        }
        const at = kept.indexOf(delimiter);
        const end = at + delimiter.length;
        if (at === -1 || kept.length < end + 2) {
          // A delimiter may begin at the end, the line break before it as well.
          const whole = Math.max(0, at === -1 ? kept.length - delimiter.length - 1 : at - 2);
          await read(kept.subarray(0, whole));
          kept = kept.subarray(whole);
          return;
        }
        mustBeDelimiter(kept, at, end);
        await read(kept.subarray(0, at - 2));
        if (part !== undefined && declared !== undefined && declared !== bytesOfPart) {
          throw new AppError('STOW_INVALID', 'A part is not as long as its Content-Length says');
        }
        kept = kept.subarray(end);
        part = 'head';
      }
    },
  };
}

/**
 * What only looks like a delimiter could be one for the archive, which would then read another object than we.
 * @throws AppError `STOW_INVALID`
 */
function mustBeDelimiter(bytes: Buffer, at: number, end: number): void {
  const before = bytes.toString('latin1', Math.max(0, at - 2), at);
  const after = bytes.toString('latin1', end, end + 2);
  if (before === '\r\n' && /^(?:\r\n|--|[ \t])/.test(after)) return;
  throw new AppError('STOW_INVALID', 'The boundary occurs where no part begins or ends');
}

/** Some archives believe a part's Content-Length rather than its delimiter, so that both must agree. */
function declaredLength(head: string): number | undefined {
  const text = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(head)?.[1];
  return text === undefined ? undefined : Number(text);
}
