/** The ONNX file of one matrix product, `x [rows, inner] · w [inner, columns]`, w constant: the measured peak of a core. */
export function matmulModel(rows, inner, columns) {
  const weights = Buffer.from(Float32Array.from({ length: inner * columns }, (_, i) => Math.sin(i)).buffer);
  const tensor = join(number(1, inner), number(1, columns), number(2, 1), text(8, 'w'), bytes(9, weights));
  const node = join(text(1, 'x'), text(1, 'w'), text(2, 'y'), text(4, 'MatMul'));
  const graph = join(
    bytes(1, node),
    text(2, 'peak'),
    bytes(5, tensor),
    bytes(11, value('x', [rows, inner])),
    bytes(12, value('y', [rows, columns])),
  );
  return join(number(1, 8), bytes(7, graph), bytes(8, number(2, 17)));
}

// The wire format of protocol buffers; field numbers are those of onnx.proto3.
const join = (...parts) => Buffer.concat(parts);
const bytes = (field, content) => join(varint((field << 3) | 2), varint(content.length), content);
const text = (field, content) => bytes(field, Buffer.from(content));
const number = (field, content) => join(varint(field << 3), varint(content));

function varint(value) {
  const out = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) + 128);
  }
}

function value(name, dims) {
  const shape = join(...dims.map((dim) => bytes(1, number(1, dim))));
  return join(text(1, name), bytes(2, bytes(1, join(number(1, 1), bytes(2, shape)))));
}
