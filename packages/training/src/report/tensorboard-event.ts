import { Writer } from 'protobufjs/minimal.js';
import { toRecord } from './tfrecord';

/** Something that TensorBoard shows. */
export type TensorboardEvent = {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
} & (
  | { readonly kind: 'version' }
  /** Training begins or goes on here: what was logged for later steps is not to be shown. */
  | { readonly kind: 'start' }
  | { readonly kind: 'scalars'; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'image'; readonly tag: string; readonly image: EncodedImage }
);

/** An RGB picture as a PNG file. */
interface EncodedImage {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** Wire types of protobuf. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
/** `SessionLog.SessionStatus.START`. */
const START = 1;
const RGB = 3;

/**
 * An event as it stands in an event file: a TFRecord of a protobuf `Event` (field numbers from TensorFlow's
 * event.proto and summary.proto). The first one of a file must be its version.
 */
export function encodeEvent(event: TensorboardEvent): Uint8Array {
  const writer = Writer.create();
  writer.uint32(tag(1, FIXED64)).double(event.wallTime);
  writer.uint32(tag(2, VARINT)).int64(event.step);
  switch (event.kind) {
    case 'version':
      writer.uint32(tag(3, BYTES)).string('brain.Event:2');
      break;
    case 'start':
      message(writer, 7, () => void writer.uint32(tag(1, VARINT)).int32(START));
      break;
    case 'scalars':
      message(writer, 5, () => {
        for (const [name, value] of Object.entries(event.values)) scalar(writer, name, value);
      });
      break;
    case 'image':
      message(writer, 5, () => image(writer, event.tag, event.image));
      break;
  }
  return toRecord(writer.finish());
}

function scalar(writer: Writer, name: string, value: number): void {
  message(writer, 1, () => {
    writer.uint32(tag(1, BYTES)).string(name);
    writer.uint32(tag(2, FIXED32)).float(value);
  });
}

function image(writer: Writer, name: string, { width, height, png }: EncodedImage): void {
  message(writer, 1, () => {
    writer.uint32(tag(1, BYTES)).string(name);
    message(writer, 4, () => {
      writer.uint32(tag(1, VARINT)).int32(height);
      writer.uint32(tag(2, VARINT)).int32(width);
      writer.uint32(tag(3, VARINT)).int32(RGB);
      writer.uint32(tag(4, BYTES)).bytes(png);
    });
  });
}

function message(writer: Writer, field: number, write: () => void): void {
  writer.uint32(tag(field, BYTES)).fork();
  write();
  writer.ldelim();
}

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}
