/** WebAssembly instructions as bytes: just what two lanes of double precision need. */
export type Code = readonly number[];

/** Unsigned LEB128, as WebAssembly writes whole numbers. */
function leb(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

/** Signed LEB128 of a number that is not negative. */
function signed(value: number): Code {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

const simd = (opcode: number): Code => [0xfd, ...leb(opcode)];
const binary =
  (opcode: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];

export const add = binary(simd(0xf0)); // f64x2.add
export const multiply = binary(simd(0xf2)); // f64x2.mul
export const addInteger = binary([0x6a]); // i32.add
const isBelow = binary([0x49]); // i32.lt_u

export const get = (local: number): Code => [0x20, ...leb(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...leb(local)];
export const integer = (value: number): Code => [0x41, ...signed(value)];

// Addresses are multiples of 8 bytes.
const memory = (offset: number): Code => [3, ...leb(offset)];
/** Two doubles from `address + offset`, in bytes. */
export const load = (address: Code, offset: number): Code => [...address, ...simd(0x00), ...memory(offset)];
export const store = (address: Code, offset: number, value: Code): Code => [
  ...address,
  ...value,
  ...simd(0x0b),
  ...memory(offset),
];

/** A double in both lanes. */
export function splat(value: number): Code {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [0x44, ...bytes, ...simd(0x14)]; // f64.const, f64x2.splat
}

/** Repeats `body` while the local, counted up in bytes from 0 by `step`, is below the limit; at least once. */
export function repeat(local: number, { step, limit }: { step: number; limit: Code }, body: Code): Code {
  const next = addInteger(get(local), integer(step));
  return [
    ...set(local, integer(0)),
    ...[0x03, 0x40, ...body, ...set(local, next)], // loop
    ...[...isBelow(get(local), limit), 0x0d, 0, 0x0b], // br_if 0, end
  ];
}

/** A function of whole numbers without result. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** Further locals, numbered on from the parameters: first whole numbers, then pairs of doubles. */
  readonly integers: number;
  readonly pairs: number;
  readonly body: Code;
}

/** A module that exports functions and its memory, as `memory`. @param pages of 64 KiB */
export function wasmModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const I32 = 0x7f;
  const V128 = 0x7b;
  const types = functions.map(({ parameters }) => [
    0x60,
    ...leb(parameters),
    ...new Array<number>(parameters).fill(I32),
    0,
  ]);
  const exports = functions.map(({ name }, index) => [...text(name), 0, ...leb(index)]);
  const bodies = functions.map(({ integers, pairs, body }) =>
    sized([2, ...leb(integers), I32, ...leb(pairs), V128, ...body, 0x0b]),
  );
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, types),
    ...section(
      3,
      functions.map((_, index) => leb(index)),
    ),
    ...section(5, [[0, ...leb(pages)]]),
    ...section(7, [...exports, [...text('memory'), 2, 0]]),
    ...section(10, bodies),
  );
}

const sized = (content: Code): Code => [...leb(content.length), ...content];
const text = (name: string): Code => sized([...new TextEncoder().encode(name)]);
const section = (id: number, entries: readonly Code[]): Code => [
  id,
  ...sized([...leb(entries.length), ...entries.flat()]),
];
