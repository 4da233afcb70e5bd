import { readFileSync } from 'node:fs';
import { AppError } from '../../core/index.js';

/** What lets an x86 processor add up products of 8-bit numbers in 32 bits, as Linux names it. */
const EXACT = /\b(avx512_vnni|avx_vnni|amx_int8)\b/;

/**
 * Whether 8-bit products are exact here. ONNX Runtime adds two of them in 16 bits on an x86 processor without VNNI, which
 * overflows and spoils masks silently; ARM processors have no such step.
 * @param cpuinfo `/proc/cpuinfo`; undefined where there is none
 */
export const isExactOn = (architecture: string, cpuinfo: string | undefined): boolean =>
  architecture === 'arm64' || (cpuinfo !== undefined && EXACT.test(cpuinfo));

/** @throws AppError `MODEL_INVALID` on a processor that multiplies 8-bit numbers wrongly, or is not known not to */
export function requireExactProducts(): void {
  if (isExactOn(process.arch, cpuinfo())) return;
  throw new AppError(
    'MODEL_INVALID',
    'This processor has neither VNNI nor AMX, without which 8-bit products overflow. Set engine.precision to float32.',
  );
}

function cpuinfo(): string | undefined {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return undefined;
  }
}
