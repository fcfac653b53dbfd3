import { Reader } from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { encodeEvent, type TensorboardEvent } from './tensorboard-event';

const WALL_TIME = 1_700_000_000.25;

/** The fields of a message by number: numbers for scalars, bytes for what has a length. */
function fieldsOf(bytes: Uint8Array): Map<number, number | Uint8Array> {
  const reader = Reader.create(bytes);
  const fields = new Map<number, number | Uint8Array>();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const read = {
      0: () => Number(reader.int64()),
      1: () => reader.double(),
      2: () => reader.bytes(),
      5: () => reader.float(),
    };
    const wireType = tag & 7;
    if (wireType !== 0 && wireType !== 1 && wireType !== 2 && wireType !== 5)
      throw new Error(`wire type ${wireType}`);
    fields.set(tag >>> 3, read[wireType]());
  }
  return fields;
}

function nested(fields: Map<number, number | Uint8Array>, ...path: readonly number[]) {
  return path.reduce((inner, number) => {
    const bytes = inner.get(number);
    if (!(bytes instanceof Uint8Array)) throw new Error(`no message ${number}`);
    return fieldsOf(bytes);
  }, fields);
}

/** The event inside its record. */
const decode = (event: TensorboardEvent) => fieldsOf(encodeEvent(event).slice(12, -4));
const text = (bytes: unknown) =>
  new TextDecoder().decode(bytes instanceof Uint8Array ? bytes : new Uint8Array());

describe('TensorBoard events', () => {
  it('begin with their version', () => {
    const fields = decode({ kind: 'version', wallTime: WALL_TIME, step: 0 });
    expect(fields.get(1)).toBe(WALL_TIME);
    expect(text(fields.get(3))).toBe('brain.Event:2');
  });

  it('say where training goes on', () => {
    const fields = decode({ kind: 'start', wallTime: WALL_TIME, step: 41 });
    expect(fields.get(2)).toBe(41);
    expect(nested(fields, 7).get(1)).toBe(1);
  });

  it('hold scalars by tag', () => {
    const fields = decode({
      kind: 'scalars',
      wallTime: WALL_TIME,
      step: 5e9,
      values: { 'loss/total': 0.25 },
    });
    expect(fields.get(2)).toBe(5e9);
    const value = nested(fields, 5, 1);
    expect(text(value.get(1))).toBe('loss/total');
    expect(value.get(2)).toBe(0.25);
  });

  it('hold pictures', () => {
    const image = { width: 3, height: 2, png: Uint8Array.from([1, 2, 3]) };
    const value = nested(
      decode({ kind: 'image', wallTime: WALL_TIME, step: 1, tag: 'sample/a', image }),
      5,
      1,
    );
    expect(text(value.get(1))).toBe('sample/a');
    expect(Object.fromEntries(nested(value, 4))).toEqual({ 1: 2, 2: 3, 3: 3, 4: image.png });
  });
});
