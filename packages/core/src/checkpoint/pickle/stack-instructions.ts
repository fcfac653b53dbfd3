import type { ByteCursor } from './byte-cursor';
import type { InstructionSet } from './instruction';

const newestProtocol = 5;

/** Stack, memo, and the frame around it all. */
export const stackInstructions: InstructionSet = {
  PROTO: [
    0x80,
    (machine) => {
      const protocol = machine.cursor.uint8();
      if (protocol > newestProtocol) throw machine.cursor.damaged(`unknown pickle protocol ${protocol}`);
    },
  ],
  // Frames say how much a streaming reader should fetch at once; the instructions inside do not need them.
  FRAME: [
    0x95,
    (machine) => {
      machine.cursor.uint64();
    },
  ],
  STOP: [
    0x2e,
    (machine) => {
      machine.result = { value: machine.pop() };
    },
  ],
  MARK: [0x28, (machine) => machine.mark()],
  POP: [0x30, (machine) => machine.discard()],
  POP_MARK: [
    0x31,
    (machine) => {
      machine.popToMark();
    },
  ],
  DUP: [0x32, (machine) => machine.push(machine.top())],
  PUT: [0x70, (machine) => machine.remember(parseIndex(machine.cursor))],
  BINPUT: [0x71, (machine) => machine.remember(machine.cursor.uint8())],
  LONG_BINPUT: [0x72, (machine) => machine.remember(machine.cursor.uint32())],
  MEMOIZE: [0x94, (machine) => machine.remember(machine.memo.size)],
  GET: [0x67, (machine) => machine.recall(parseIndex(machine.cursor))],
  BINGET: [0x68, (machine) => machine.recall(machine.cursor.uint8())],
  LONG_BINGET: [0x6a, (machine) => machine.recall(machine.cursor.uint32())],
};

function parseIndex(cursor: ByteCursor): number {
  const digits = cursor.textLine();
  if (!/^\d{1,10}$/.test(digits)) throw cursor.damaged('a malformed memo index');
  return Number(digits);
}
