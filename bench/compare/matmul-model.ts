/**
 * An ONNX model that multiplies two square float32 matrices, `a` and `b`, into `output`; written out by
 * hand in protobuf's encoding (field numbers from onnx.proto), for it is all the graph there is.
 */
export function matmulModel(side: number): Uint8Array {
  const node = message(text(1, 'a'), text(1, 'b'), text(2, 'output'), text(4, 'MatMul'));
  const matrix = (name: string) => {
    const dimension = field(1, message(number(1, side)));
    const tensor = message(number(1, FLOAT), field(2, message(dimension, dimension)));
    return message(text(1, name), field(2, message(field(1, tensor))));
  };
  const graph = message(
    field(1, node),
    text(2, 'matmul'),
    field(11, matrix('a')),
    field(11, matrix('b')),
    field(12, matrix('output')),
  );
  return Uint8Array.from(message(number(1, 8), field(7, graph), field(8, message(number(2, 13)))));
}

const FLOAT = 1;

type Bytes = readonly number[];

function message(...fields: readonly Bytes[]): Bytes {
  return fields.flat();
}

function number(tag: number, value: number): Bytes {
  return [...varint(tag << 3), ...varint(value)];
}

function field(tag: number, content: Bytes): Bytes {
  return [...varint((tag << 3) | 2), ...varint(content.length), ...content];
}

function text(tag: number, value: string): Bytes {
  return field(tag, [...new TextEncoder().encode(value)]);
}

function varint(value: number): Bytes {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
