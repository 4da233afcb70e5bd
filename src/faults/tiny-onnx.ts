/** Writes small ONNX models by hand (protobuf wire format, onnx.proto3), so that neither tests nor the fault run need an exporter. */
export interface TinyNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly ints?: Readonly<Record<string, readonly number[]>>;
  readonly int?: Readonly<Record<string, number>>;
}

export interface TinyGraph {
  readonly nodes: readonly TinyNode[];
  readonly inputs: readonly TinyValue[];
  readonly outputs: readonly TinyValue[];
  readonly constants?: readonly {
    readonly name: string;
    readonly dims: readonly number[];
    readonly data: readonly number[];
  }[];
}

export interface TinyValue {
  readonly name: string;
  readonly type: 'float' | 'int64';
  readonly dims: readonly (number | string)[];
}

function encodeOnnx(graph: TinyGraph): Buffer {
  const opset = message([number(2, 17)]);
  const body = message([
    ...graph.nodes.map((node) => bytes(1, encodeNode(node))),
    text(2, 'tiny'),
    ...(graph.constants ?? []).map(({ name, dims, data }) =>
      bytes(
        5,
        message([
          ...dims.map((dim) => number(1, dim)),
          number(2, 1),
          text(8, name),
          bytes(9, Buffer.from(Float32Array.from(data).buffer)),
        ]),
      ),
    ),
    ...graph.inputs.map((value) => bytes(11, encodeValue(value))),
    ...graph.outputs.map((value) => bytes(12, encodeValue(value))),
  ]);
  return message([number(1, 8), bytes(7, body), bytes(8, opset)]);
}

/**
 * A stand-in for ESP-MedSAM: logits are the mean of the three normalised colours over 4 × 4 pixels, minus the
 * channel's index.
 * @param roomFor pictures of a batch; for a larger one the model asks for more memory than there is. As many as asked when left
 *   out
 */
export function tinySegmenter(size: number, roomFor?: number): Buffer {
  const { constants, nodes } = roomFor === undefined ? { constants: [], nodes: [] } : memoryEater(roomFor);
  return encodeOnnx({
    constants: [...constants, { name: 'planes', dims: [3], data: [1, 2, 3] }],
    nodes: [
      {
        op: 'AveragePool',
        inputs: ['image'],
        outputs: ['pooled'],
        ints: { kernel_shape: [4, 4], strides: [4, 4] },
      },
      { op: 'ReduceMean', inputs: ['pooled'], outputs: ['mean'], ints: { axes: [1] }, int: { keepdims: 1 } },
      { op: 'Cast', inputs: ['modality'], outputs: ['index'], int: { to: 1 } },
      ...nodes,
      { op: 'Cast', inputs: ['planes'], outputs: ['axes'], int: { to: 7 } },
      {
        op: 'Unsqueeze',
        inputs: [roomFor === undefined ? 'index' : 'fed', 'axes'],
        outputs: ['lower'],
      },
      { op: 'Sub', inputs: ['mean', 'lower'], outputs: ['mask_logits'] },
      { op: 'GlobalAveragePool', inputs: ['mask_logits'], outputs: ['patch_logits'] },
    ],
    inputs: [
      { name: 'image', type: 'float', dims: ['batch', 3, size, size] },
      { name: 'modality', type: 'int64', dims: ['batch'] },
    ],
    outputs: [
      { name: 'mask_logits', type: 'float', dims: ['batch', 1, size / 4, size / 4] },
      { name: 'patch_logits', type: 'float', dims: ['batch', 1, 1, 1] },
    ],
  });
}

/** Values of 4 bytes that no machine has memory for: together 2^48 bytes, more than a process can address. */
const MORE_THAN_MEMORY = 2 ** 46;

/** Nodes between `index` and `fed`, which is the same, that need more memory than there is for a batch above `roomFor`. */
function memoryEater(roomFor: number): Required<Pick<TinyGraph, 'constants' | 'nodes'>> {
  return {
    constants: [
      { name: 'room', dims: [1], data: [roomFor] },
      { name: 'most', dims: [1], data: [MORE_THAN_MEMORY] },
      { name: 'one', dims: [1], data: [1] },
    ],
    nodes: [
      { op: 'Shape', inputs: ['index'], outputs: ['pictures'] },
      { op: 'Cast', inputs: ['pictures'], outputs: ['count'], int: { to: 1 } },
      { op: 'Greater', inputs: ['count', 'room'], outputs: ['over'] },
      { op: 'Cast', inputs: ['over'], outputs: ['beyond'], int: { to: 1 } },
      { op: 'Mul', inputs: ['beyond', 'most'], outputs: ['wanted'] },
      { op: 'Max', inputs: ['wanted', 'one'], outputs: ['values'] },
      { op: 'Cast', inputs: ['values'], outputs: ['length'], int: { to: 7 } },
      { op: 'ConstantOfShape', inputs: ['length'], outputs: ['zeros'] },
      { op: 'ReduceMax', inputs: ['zeros'], outputs: ['zero'], ints: { axes: [0] }, int: { keepdims: 0 } },
      { op: 'Add', inputs: ['index', 'zero'], outputs: ['fed'] },
    ],
  };
}

/** A stand-in for the detector: red pictures are class 0, green ones class 1, blue ones class 6. */
export function tinyDetector(size: number): Buffer {
  const weights = Array.from({ length: 21 }, () => 0);
  weights[0] = weights[8] = weights[20] = 20;
  return encodeOnnx({
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['image'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'weights'], outputs: ['scores'] },
      { op: 'Softmax', inputs: ['scores'], outputs: ['probabilities'] },
    ],
    constants: [{ name: 'weights', dims: [3, 7], data: weights }],
    inputs: [{ name: 'image', type: 'float', dims: ['batch', 3, size, size] }],
    outputs: [{ name: 'probabilities', type: 'float', dims: ['batch', 7] }],
  });
}

function encodeNode(node: TinyNode): Buffer {
  const attribute = (name: string, values: readonly Buffer[], type: number) =>
    bytes(5, message([text(1, name), ...values, number(20, type)]));
  return message([
    ...node.inputs.map((name) => text(1, name)),
    ...node.outputs.map((name) => text(2, name)),
    text(4, node.op),
    ...Object.entries(node.ints ?? {}).map(([name, values]) =>
      attribute(
        name,
        values.map((value) => number(8, value)),
        7,
      ),
    ),
    ...Object.entries(node.int ?? {}).map(([name, value]) => attribute(name, [number(3, value)], 2)),
  ]);
}

function encodeValue({ name, type, dims }: TinyValue): Buffer {
  const shape = message(
    dims.map((dim) => bytes(1, message([typeof dim === 'number' ? number(1, dim) : text(2, dim)]))),
  );
  const tensor = message([number(1, type === 'float' ? 1 : 7), bytes(2, shape)]);
  return message([text(1, name), bytes(2, message([bytes(1, tensor)]))]);
}

function message(fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value));
}

function varint(value: number): Buffer {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) | 128);
  }
}
