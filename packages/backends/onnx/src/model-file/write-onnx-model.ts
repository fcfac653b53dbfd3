import { Writer } from 'protobufjs/minimal.js';
import {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  onnxTypes,
} from './onnx-model';

/** Wire types of protobuf. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** `AttributeProto.AttributeType` of each kind. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** The IR version that came with opset 17; every runtime that knows the opset reads it. */
const IR_VERSION = 8;

/**
 * The bytes of an .onnx file (protobuf `ModelProto`; field numbers from onnx.proto of onnx/onnx).
 * Weights lie inside, so that the file must stay below protobuf's 2 GiB.
 */
export function writeOnnxModel(model: OnnxModel): Uint8Array {
  const writer = Writer.create();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, 'diffir');
  message(writer, 7, () => graph(writer, model));
  for (const [domain, version] of operatorSets(model)) {
    message(writer, 8, () => {
      text(writer, 1, domain);
      integer(writer, 2, version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata ?? {})) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function operatorSets({ opset, nodes }: OnnxModel): Map<string, number> {
  const extra = nodes.flatMap(({ domain }) => (domain === undefined ? [] : [[domain, 1] as const]));
  return new Map([['', opset], ...extra]);
}

function graph(writer: Writer, { name, nodes, initializers, inputs, outputs }: OnnxModel): void {
  nodes.forEach((each, index) => {
    message(writer, 1, () => node(writer, each, index));
  });
  text(writer, 2, name);
  for (const [key, tensor] of initializers) message(writer, 5, () => constant(writer, key, tensor));
  for (const input of inputs) message(writer, 11, () => valueInfo(writer, input));
  for (const output of outputs) message(writer, 12, () => valueInfo(writer, output));
}

function node(
  writer: Writer,
  { operator, domain, inputs, outputs, attributes }: OnnxNode,
  index: number,
): void {
  for (const input of inputs) text(writer, 1, input);
  for (const output of outputs) text(writer, 2, output);
  text(writer, 3, `${operator}_${index}`);
  text(writer, 4, operator);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    message(writer, 5, () => attribute(writer, name, value));
  }
  if (domain !== undefined) text(writer, 7, domain);
}

function attribute(writer: Writer, name: string, value: OnnxAttribute): void {
  text(writer, 1, name);
  if ('float' in value) {
    writer.uint32(tag(2, FIXED32)).float(value.float);
    integer(writer, 20, attributeTypes.float);
  } else if ('int' in value) {
    integer(writer, 3, value.int);
    integer(writer, 20, attributeTypes.int);
  } else if ('string' in value) {
    text(writer, 4, value.string);
    integer(writer, 20, attributeTypes.string);
  } else {
    for (const item of value.ints) integer(writer, 8, item);
    integer(writer, 20, attributeTypes.ints);
  }
}

function constant(writer: Writer, name: string, { type, shape, data }: OnnxTensor): void {
  for (const length of shape) integer(writer, 1, length);
  integer(writer, 2, onnxTypes[type]);
  text(writer, 8, name);
  writer.uint32(tag(9, LENGTH_DELIMITED)).bytes(data);
}

function valueInfo(writer: Writer, { name, type, shape }: OnnxValue): void {
  text(writer, 1, name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      integer(writer, 1, onnxTypes[type]);
      message(writer, 2, () => {
        for (const length of shape) {
          message(writer, 1, () =>
            typeof length === 'string' ? text(writer, 2, length) : integer(writer, 1, length),
          );
        }
      });
    }),
  );
}

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

function integer(writer: Writer, field: number, value: number): void {
  writer.uint32(tag(field, VARINT)).int64(value);
}

function text(writer: Writer, field: number, value: string): void {
  writer.uint32(tag(field, LENGTH_DELIMITED)).string(value);
}

function message(writer: Writer, field: number, content: () => void): void {
  writer.uint32(tag(field, LENGTH_DELIMITED)).fork();
  content();
  writer.ldelim();
}
