import { AppError } from '../../core/index.js';

/** A picture as a WebAssembly decoder returns it, copied out of its memory. */
export interface WasmPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly components: number;
  readonly interleaveMode: number | undefined;
}

/** Loads a decoder on first use and decodes with it; loads it anew after a failure. */
export class WasmCodec {
  private decoder: Promise<new () => WasmDecoder> | undefined;
  private failed = false;

  /**
   * @param name for messages
   * @param load the decoder's class; `complain` is told each line the decoder prints
   */
  constructor(
    private readonly name: string,
    private readonly load: (print: (line: string) => void) => Promise<new () => WasmDecoder>,
  ) {}

  /** @throws AppError `PIXELS_INVALID` when the decoder throws or reports an error */
  async decode(encoded: Uint8Array): Promise<WasmPicture> {
    this.decoder ??= this.load((line) => {
      // OpenJPEG goes on after errors and leaves the rest of the picture black; its lines may quote nothing of ours.
      if (line.startsWith('[ERROR]') || line.startsWith('ojph error')) this.failed = true;
    });
    const Decoder = await this.decoder;
    this.failed = false;
    try {
      return this.run(new Decoder(), encoded);
    } catch (cause) {
      // After a trap or an abort the decoder's memory is not to be trusted.
      this.decoder = undefined;
      // JPEG and JPEG-LS decoders throw numbers.
      throw new AppError('PIXELS_INVALID', `${this.name} data cannot be decoded`, { cause });
    }
  }

  private run(decoder: WasmDecoder, encoded: Uint8Array): WasmPicture {
    try {
      decoder.getEncodedBuffer(encoded.length).set(encoded);
      decoder.decode();
      if (this.failed) throw new Error('the decoder reported an error');
      const frame = decoder.getFrameInfo();
      return {
        bytes: Uint8Array.from(decoder.getDecodedBuffer()),
        width: frame.width,
        height: frame.height,
        bitsPerSample: frame.bitsPerSample,
        components: frame.componentCount,
        interleaveMode: decoder.getInterleaveMode?.(),
      };
    } finally {
      decoder.delete();
    }
  }
}
