import type { ByteCursor } from './byte-cursor';

/** Longer integers occur in no checkpoint, and take quadratic time to convert. */
const maxLength = 1024;

/** A two's complement integer of any length, lowest byte first; a bigint only where a number is inexact. */
export function parseBinaryInteger(cursor: ByteCursor, length: number): number | bigint {
  if (length > maxLength) throw cursor.damaged('an endless integer');
  const digits = Array.from(cursor.take(length), (byte) => byte.toString(16).padStart(2, '0')).reverse();
  if (digits.length === 0) return 0;
  return simplest(BigInt.asIntN(8 * length, BigInt(`0x${digits.join('')}`)));
}

/** A decimal integer on a line of its own; Python 2 put an L behind long ones. */
export function parseDecimalInteger(cursor: ByteCursor): number | bigint {
  const digits = cursor.textLine().trim().replace(/L$/, '');
  if (digits.length > maxLength || !/^[+-]?\d+$/.test(digits)) throw cursor.damaged('a malformed integer');
  return simplest(BigInt(digits.replace(/^\+/, '')));
}

function simplest(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}
