import type { CheckpointError } from '../../errors/checkpoint-error';
import { damaged } from '../checkpoint-problem';
import { TruncatedPickleError } from './truncated-pickle-error';

const newline = 0x0a;
// Byte order marks are part of a string like any other character.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads numbers and stretches of bytes in order and refuses to go beyond the end. */
export class ByteCursor {
  position = 0;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    readonly subject: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** A length of 8 bytes; beyond 2^53 it is inexact, and larger than any file. */
  uint64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  float64BigEndian(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** A view of the next bytes, not a copy. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return utf8.decode(this.take(length));
  }

  /** A view of the bytes up to the next line feed, which is skipped. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(newline, this.position);
    if (end < 0) throw new TruncatedPickleError(this.subject, this.bytes.length + 1);
    const line = this.take(end - this.position);
    this.position = end + 1;
    return line;
  }

  textLine(): string {
    return utf8.decode(this.line());
  }

  damaged(problem: string): CheckpointError {
    return damaged(this.subject, `${problem} at byte ${this.position} of its pickled part`);
  }

  private advance(length: number): number {
    const start = this.position;
    if (!(length >= 0)) throw this.damaged('a negative length');
    if (length > this.bytes.length - start) throw new TruncatedPickleError(this.subject, start + length);
    this.position = start + length;
    return start;
  }
}
