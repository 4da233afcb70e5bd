import { AppError } from '../../core/index.js';

/** Reads the entropy-coded bits of a JPEG scan: removes stuffed zeros, stops at markers, and never reads past them. */
export class BitReader {
  private bits = 0;
  private count = 0;
  /** Zero bits that were made up behind the last real one. */
  private padding = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** The next 16 bits, zeros behind the end. */
  peek16(): number {
    if (this.count < 16) this.fill();
    return (this.bits >>> (this.count - 16)) & 0xffff;
  }

  /** Moves on by at most 16 bits that were peeked. */
  skip(n: number): void {
    this.count -= n;
    if (this.count < this.padding) throw new AppError('PIXELS_INVALID', 'JPEG scan ends early');
  }

  /** The next `n` bits, at most 16. */
  take(n: number): number {
    if (n === 0) return 0;
    const value = this.peek16() >>> (16 - n);
    this.skip(n);
    return value;
  }

  /** Drops the rest of the byte and passes a restart marker. */
  restart(): void {
    this.bits = 0;
    this.count = 0;
    this.padding = 0;
    const code = this.bytes[this.at + 1] ?? 0;
    if (this.bytes[this.at] !== 0xff || code < 0xd0 || code > 0xd7) {
      throw new AppError('PIXELS_INVALID', 'JPEG scan lacks a restart marker');
    }
    this.at += 2;
  }

  private fill(): void {
    while (this.count <= 24) {
      let byte = this.bytes[this.at] ?? 0xff;
      if (byte !== 0xff) {
        this.at += 1;
      } else if (this.bytes[this.at + 1] === 0) {
        this.at += 2;
      } else {
        byte = 0;
        this.padding += 8;
      }
      this.bits = (this.bits << 8) | byte;
      this.count += 8;
    }
  }
}
