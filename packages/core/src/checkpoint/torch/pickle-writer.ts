const encoder = new TextEncoder();

/** Collects the instructions of a pickle, protocol 2, of which torch's most restricted reader knows all. */
export class PickleWriter {
  private readonly bytes: number[] = [0x80, 2];

  /** A class or function. */
  global(module: string, name: string): this {
    return this.instruct('c').append(encoder.encode(`${module}\n${name}\n`));
  }

  text(text: string): this {
    const bytes = encoder.encode(text);
    return this.instruct('X').append(littleEndian(bytes.length, 4)).append(bytes);
  }

  /** A length or index. */
  count(count: number): this {
    if (count < 0x100) return this.instruct('K').append([count]);
    if (count < 0x80000000) return this.instruct('J').append(littleEndian(count, 4));
    return this.instruct('\x8a').append([8, ...littleEndian(count, 8)]);
  }

  counts(counts: readonly number[]): this {
    this.instruct('(');
    for (const count of counts) this.count(count);
    return this.instruct('t');
  }

  /** Instructions without operands: `(` mark, `)` empty tuple, `t` tuple, `R` call, `u` set items and so on. */
  instruct(instructions: string): this {
    for (const instruction of instructions) this.bytes.push(instruction.charCodeAt(0));
    return this;
  }

  /** The finished pickle. */
  finish(): Uint8Array {
    return Uint8Array.from(this.instruct('.').bytes);
  }

  private append(bytes: Iterable<number>): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }
}

function littleEndian(count: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(count / 2 ** (8 * index)) & 0xff);
}
