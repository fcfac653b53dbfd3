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

/** `TensorProto.DataLocation.EXTERNAL` */
const EXTERNAL = 1;

/** Where a constant lies that is not inside the file. */
interface ExternalPlace {
  /** A path relative to the .onnx file's, or the name that the reader knows the bytes by. */
  readonly location: string;
  /** Bytes into it. */
  readonly offset: number;
}

/** Puts a constant elsewhere, or nowhere: then it lies inside the file. */
export type PlaceConstant = (name: string, tensor: OnnxTensor) => ExternalPlace | undefined;

/**
 * The bytes of an .onnx file (protobuf `ModelProto`; field numbers from onnx.proto of onnx/onnx), which
 * must stay below protobuf's 2 GiB with all that lies inside.
 * @param place default: everything lies inside
 */
export function writeOnnxModel(model: OnnxModel, place: PlaceConstant = () => undefined): Uint8Array {
  const writer = Writer.create();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, 'diffir');
  message(writer, 7, () => graph(writer, model, place));
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

function graph(
  writer: Writer,
  { name, nodes, initializers, inputs, outputs }: OnnxModel,
  place: PlaceConstant,
): void {
  nodes.forEach((each, index) => {
    message(writer, 1, () => node(writer, each, index));
  });
  text(writer, 2, name);
  for (const [key, tensor] of initializers) {
    message(writer, 5, () => constant(writer, { name: key, tensor, place: place(key, tensor) }));
  }
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

interface PlacedConstant {
  readonly name: string;
  readonly tensor: OnnxTensor;
  readonly place: ExternalPlace | undefined;
}

function constant(writer: Writer, { name, tensor, place }: PlacedConstant): void {
  for (const length of tensor.shape) integer(writer, 1, length);
  integer(writer, 2, onnxTypes[tensor.type]);
  text(writer, 8, name);
  if (place === undefined) {
    writer.uint32(tag(9, LENGTH_DELIMITED)).bytes(tensor.data());
    return;
  }
  for (const [key, value] of Object.entries({ ...place, length: tensor.byteLength })) {
    message(writer, 13, () => {
      text(writer, 1, key);
      text(writer, 2, `${value}`);
    });
  }
  integer(writer, 14, EXTERNAL);
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
