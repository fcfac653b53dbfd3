import type { ByteCursor } from './byte-cursor';
import type { InstructionSet } from './instruction';

/** Text and bytes. Python 2's byte strings are taken for text, as `torch.load` does. */
export const textInstructions: InstructionSet = {
  SHORT_BINUNICODE: [0x8c, (machine) => machine.push(machine.cursor.text(machine.cursor.uint8()))],
  BINUNICODE: [0x58, (machine) => machine.push(machine.cursor.text(machine.cursor.uint32()))],
  BINUNICODE8: [0x8d, (machine) => machine.push(machine.cursor.text(machine.cursor.uint64()))],
  UNICODE: [0x56, (machine) => machine.push(parseRawUnicode(machine.cursor))],
  SHORT_BINSTRING: [0x55, (machine) => machine.push(machine.cursor.text(machine.cursor.uint8()))],
  BINSTRING: [0x54, (machine) => machine.push(machine.cursor.text(machine.cursor.int32()))],
  STRING: [0x53, (machine) => machine.push(parseQuoted(machine.cursor))],
  SHORT_BINBYTES: [0x43, (machine) => machine.push(copyBytes(machine.cursor, machine.cursor.uint8()))],
  BINBYTES: [0x42, (machine) => machine.push(copyBytes(machine.cursor, machine.cursor.uint32()))],
  BINBYTES8: [0x8e, (machine) => machine.push(copyBytes(machine.cursor, machine.cursor.uint64()))],
  BYTEARRAY8: [0x96, (machine) => machine.push(copyBytes(machine.cursor, machine.cursor.uint64()))],
};

/** A copy, so that a few bytes do not keep the whole pickle in memory. */
function copyBytes(cursor: ByteCursor, length: number): Uint8Array {
  return new Uint8Array(cursor.take(length));
}

/** Python's raw-unicode-escape: a byte is a character, and others are given by their code points. */
function parseRawUnicode(cursor: ByteCursor): string {
  const characters = Array.from(cursor.line(), (byte) => String.fromCharCode(byte));
  return characters.join('').replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g, (escaped, code: string) => {
    const codePoint = Number.parseInt(code.slice(1), 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : escaped;
  });
}

/** A Python string literal. */
function parseQuoted(cursor: ByteCursor): string {
  const literal = cursor.textLine().trim();
  const quote = literal[0];
  if (literal.length < 2 || (quote !== "'" && quote !== '"') || !literal.endsWith(quote)) {
    throw cursor.damaged('a malformed string');
  }
  return literal
    .slice(1, -1)
    .replace(/\\(x[0-9a-f]{2}|.)/gis, (_, code: string) =>
      code.length === 3 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
    );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
