/**
 * What ONNX Runtime says when memory does not suffice: its allocator (the first three), CUDA, cuBLAS, cuDNN and the C++
 * library. It gives no code, so its text is read here and nowhere else.
 */
const SIGNS = [
  /failed to allocate memory for requested buffer/i,
  /available memory of .* is smaller than requested/i,
  /\bout of memory\b/i,
  /\b(CUBLAS|CUDNN)_STATUS_ALLOC_FAILED\b/,
  /\bstd::bad_alloc\b/,
];

/** True when a run of the network, or loading it, ended because memory did not suffice. */
export function isMemoryFailure(thrown: unknown): boolean {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return SIGNS.some((sign) => sign.test(text));
}
