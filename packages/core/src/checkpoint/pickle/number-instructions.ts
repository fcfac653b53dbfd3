import type { ByteCursor } from './byte-cursor';
import type { InstructionSet } from './instruction';
import { parseBinaryInteger, parseDecimalInteger } from './parse-integer';

/** None, truth values and numbers, in binary and in text (protocol 0). */
export const numberInstructions: InstructionSet = {
  NONE: [0x4e, (machine) => machine.push(null)],
  NEWTRUE: [0x88, (machine) => machine.push(true)],
  NEWFALSE: [0x89, (machine) => machine.push(false)],
  BININT1: [0x4b, (machine) => machine.push(machine.cursor.uint8())],
  BININT2: [0x4d, (machine) => machine.push(machine.cursor.uint16())],
  BININT: [0x4a, (machine) => machine.push(machine.cursor.int32())],
  LONG1: [0x8a, (machine) => machine.push(parseBinaryInteger(machine.cursor, machine.cursor.uint8()))],
  LONG4: [0x8b, (machine) => machine.push(parseBinaryInteger(machine.cursor, machine.cursor.int32()))],
  BINFLOAT: [0x47, (machine) => machine.push(machine.cursor.float64BigEndian())],
  INT: [0x49, (machine) => machine.push(parseIntegerOrTruth(machine.cursor))],
  LONG: [0x4c, (machine) => machine.push(parseDecimalInteger(machine.cursor))],
  FLOAT: [0x46, (machine) => machine.push(parseDecimalFloat(machine.cursor))],
};

/** Protocol 0 writes True as 01 and False as 00. */
function parseIntegerOrTruth(cursor: ByteCursor): boolean | number | bigint {
  const start = cursor.position;
  const line = cursor.textLine();
  if (line === '01') return true;
  if (line === '00') return false;
  cursor.position = start;
  return parseDecimalInteger(cursor);
}

function parseDecimalFloat(cursor: ByteCursor): number {
  const text = cursor.textLine().trim();
  const special = specialFloats.get(text.toLowerCase());
  if (special !== undefined) return special;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw cursor.damaged('a malformed number');
  return Number(text);
}

const specialFloats: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);
