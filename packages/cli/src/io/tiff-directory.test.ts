import { createRandomSource } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import {
  HEADER_BYTES,
  readTiffDirectory,
  readTiffHeader,
  type TiffDirectory,
  writeTiffDirectory,
} from './tiff-directory';

const littleHeader = [0x49, 0x49, 42, 0, HEADER_BYTES, 0, 0, 0];
const bigHeader = [0x4d, 0x4d, 0, 42, 0, 0, 0, HEADER_BYTES];

/** In big-endian order: text, a short, two rationals, and a subdirectory with one in it. */
const directory: TiffDirectory = [
  { tag: 0x010f, type: 2, value: Uint8Array.from([77, 97, 107, 101, 114, 0]) },
  { tag: 0x0112, type: 3, value: Uint8Array.from([0, 6]) },
  { tag: 0x011a, type: 5, value: Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 250, 0, 0, 1, 0, 0, 2, 0, 0]) },
  {
    tag: 0x8769,
    fields: [
      { tag: 0x9000, type: 7, value: Uint8Array.from([48, 50, 51, 50]) },
      { tag: 0xa005, fields: [{ tag: 1, type: 12, value: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) }] },
    ],
  },
];

const big = Buffer.concat([
  Uint8Array.from(bigHeader),
  writeTiffDirectory(directory, { offset: HEADER_BYTES, from: 'big', to: 'big' }),
]);

describe('a TIFF directory', () => {
  it('is read as it was written', () => {
    expect(readTiffHeader(big)).toEqual({ littleEndian: false, directory: HEADER_BYTES });
    expect(plain(readTiffDirectory(big))).toEqual(plain(directory));
  });

  it('changes its byte order and back', () => {
    const little = Buffer.concat([
      Uint8Array.from(littleHeader),
      writeTiffDirectory(readTiffDirectory(big), { offset: HEADER_BYTES, from: 'big', to: 'little' }),
    ]);
    const fields = readTiffDirectory(little);
    expect(plain(fields).slice(1, 3)).toEqual([
      { tag: 0x0112, type: 3, value: [6, 0] },
      { tag: 0x011a, type: 5, value: [1, 0, 0, 0, 250, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0] },
    ]);
    const back = writeTiffDirectory(fields, { offset: HEADER_BYTES, from: 'little', to: 'big' });
    expect(Buffer.concat([Uint8Array.from(bigHeader), back])).toEqual(big);
  });

  it('keeps entries that are there already, sorted among the others', () => {
    const entry = Uint8Array.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0]);
    const placement = { offset: HEADER_BYTES, from: 'big', to: 'big', entries: [entry] } as const;
    const written = Buffer.concat([Uint8Array.from(bigHeader), writeTiffDirectory(directory, placement)]);
    const fields = readTiffDirectory(written);
    expect(fields.map(({ tag }) => tag)).toEqual([0x010f, 0x0112, 0x011a, 0x8769]);
    expect(plain(fields)[1]).toEqual({ tag: 0x0112, type: 3, value: [0, 1] });
  });

  it('is read as far as it is sound, however it is damaged', () => {
    expect(readTiffDirectory(new Uint8Array(3))).toEqual([]);
    const random = createRandomSource(3);
    for (let round = 0; round < 2000; round++) {
      const damaged = big.subarray(0, big.length - Math.floor(random() * 8));
      const copy = new Uint8Array(damaged);
      for (let count = 0; count < 4; count++)
        copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
      const size = JSON.stringify(plain(readTiffDirectory(copy))).length;
      expect(size).toBeLessThan(copy.length * 100);
    }
  });

  it('is read without a field whose value lies beyond the end', () => {
    expect(readTiffDirectory(big.subarray(0, -1)).map(({ tag }) => tag)).toEqual([
      0x010f, 0x0112, 0x011a, 0x8769,
    ]);
    expect(plain(readTiffDirectory(big.subarray(0, -1)))[3]?.fields?.map(({ tag }) => tag)).toEqual([0x9000]);
  });

  it('does not follow a directory into itself without end', () => {
    const loop = new Uint8Array(Buffer.concat([Uint8Array.from(bigHeader), Buffer.alloc(18)]));
    loop.set([0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, HEADER_BYTES], HEADER_BYTES);
    expect(readTiffDirectory(loop)).toEqual([]);
  });

  it('gives no more bytes than there are, however often they are named', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      tag: index + 1,
      type: 7,
      value: new Uint8Array(100),
    }));
    const file = Buffer.concat([
      Uint8Array.from(bigHeader),
      writeTiffDirectory(many, { offset: HEADER_BYTES, from: 'big', to: 'big' }),
    ]);
    // All name the first value, four times as long.
    for (let index = 0; index < 40; index++) {
      file.writeUInt32BE(400, HEADER_BYTES + 2 + index * 12 + 4);
      file.writeUInt32BE(file.length - 400, HEADER_BYTES + 2 + index * 12 + 8);
    }
    expect(readTiffDirectory(file)).toHaveLength(Math.floor(file.length / 400));
  });
});

type Plain = { tag: number; type?: number; value?: number[]; fields?: Plain[] };

function plain(fields: TiffDirectory): Plain[] {
  return fields.map((field) =>
    'fields' in field
      ? { tag: field.tag, fields: plain(field.fields) }
      : { ...field, value: [...field.value] },
  );
}
