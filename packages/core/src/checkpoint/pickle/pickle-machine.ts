import { ByteCursor } from './byte-cursor';
import type { PickleValue } from './pickle-value';

/** Gives meaning to the parts of a pickle that are not plain data. Nothing here may run foreign code. */
export interface PickleHost {
  /** What the class or function `module.name` stands for. */
  findGlobal(module: string, name: string): PickleValue;
  /** What calling, or making an instance of, such a thing gives. */
  reduce(callable: PickleValue, args: PickleValue): PickleValue;
  /** What an object kept outside the pickle stands for. */
  loadPersistent(id: PickleValue): PickleValue;
}

/** Longest dotted name worth looking up: names come from a memo, so their length costs the file nothing. */
const maxNameLength = 512;

/**
 * The stack machine that pickles are programs for. It makes nothing but plain values; every step takes at
 * least one byte of input, so its work and memory are bounded by the pickle's length.
 */
export class PickleMachine {
  readonly cursor: ByteCursor;
  readonly memo = new Map<number, PickleValue>();
  /** Set by the STOP instruction. */
  result: { readonly value: PickleValue } | undefined;
  private readonly stack: PickleValue[] = [];
  private readonly marks: number[] = [];

  constructor(
    bytes: Uint8Array,
    subject: string,
    readonly host: PickleHost,
  ) {
    this.cursor = new ByteCursor(bytes, subject);
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  top(): PickleValue {
    const value = this.stack[this.stack.length - 1];
    if (value === undefined || this.stack.length <= this.lowestIndex()) {
      throw this.cursor.damaged('an instruction without its operand');
    }
    return value;
  }

  mark(): void {
    this.marks.push(this.stack.length);
  }

  /** Everything above the last mark, which is taken away. */
  popToMark(): PickleValue[] {
    const start = this.marks.pop();
    if (start === undefined) throw this.cursor.damaged('an instruction without its mark');
    return this.stack.splice(start);
  }

  /** Takes away the topmost value or, where there is none above it, the last mark. */
  discard(): void {
    if (this.marks.length > 0 && this.stack.length === this.lowestIndex()) this.marks.pop();
    else this.pop();
  }

  remember(index: number): void {
    this.memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.cursor.damaged(`value ${index} is used before it is made`);
    this.push(value);
  }

  pushGlobal(module: PickleValue, name: PickleValue): void {
    if (typeof module !== 'string' || typeof name !== 'string') {
      throw this.cursor.damaged('a class whose name is not text');
    }
    if (module.length + name.length > maxNameLength) throw this.cursor.damaged('an endless class name');
    this.push(this.host.findGlobal(module, name));
  }

  private lowestIndex(): number {
    return this.marks[this.marks.length - 1] ?? 0;
  }
}
