// The WebAssembly decoders come without types: what this folder uses of them.
interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  /** A view of WebAssembly memory: copy before the next call. */
  getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned?: boolean;
  };
  /** JPEG-LS only: 0 = by plane, 1 = by line, 2 = by sample. */
  getInterleaveMode?(): number;
  delete(): void;
}

type WasmFactory<Name extends string> = (options: {
  print: (line: string) => void;
  printErr: (line: string) => void;
}) => Promise<Record<Name, new () => WasmDecoder>>;

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: WasmFactory<'J2KDecoder'>;
  export default factory;
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const factory: WasmFactory<'HTJ2KDecoder'>;
  export default factory;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: WasmFactory<'JpegLSDecoder'>;
  export default factory;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: WasmFactory<'JPEGDecoder'>;
  export default factory;
}
