import { containerInstructions } from './container-instructions';
import type { Instruction } from './instruction';
import { numberInstructions } from './number-instructions';
import { objectInstructions } from './object-instructions';
import { type PickleHost, PickleMachine } from './pickle-machine';
import type { PickleValue } from './pickle-value';
import { stackInstructions } from './stack-instructions';
import { textInstructions } from './text-instructions';

export interface ReadPickleOptions {
  /** The file, for messages. */
  readonly subject: string;
  readonly host: PickleHost;
}

export interface PickleReading {
  readonly value: PickleValue;
  /** Number of bytes the pickle takes. */
  readonly length: number;
}

/**
 * Reads one Python pickle, protocols 0 to 5, from the start of `bytes`. It follows the format of Python's
 * `pickletools`, with one difference that matters: nothing a pickle asks for is ever run. Classes and
 * functions are what the host says they are. Buffers outside the pickle (protocol 5) are not supported.
 * @throws {TruncatedPickleError} if it goes on beyond the bytes
 * @throws {CheckpointError} if it is malformed
 */
export function readPickle(bytes: Uint8Array, { subject, host }: ReadPickleOptions): PickleReading {
  const machine = new PickleMachine(bytes, subject, host);
  const { cursor } = machine;
  while (machine.result === undefined) {
    const code = cursor.uint8();
    const instruction = instructions.get(code);
    if (instruction === undefined) {
      throw cursor.damaged(`unknown instruction 0x${code.toString(16).padStart(2, '0')}`);
    }
    instruction(machine);
  }
  return { value: machine.result.value, length: cursor.position };
}

const instructions: ReadonlyMap<number, Instruction> = new Map(
  [
    numberInstructions,
    textInstructions,
    containerInstructions,
    objectInstructions,
    stackInstructions,
  ].flatMap((set) => Object.values(set)),
);
