import type { PickleMachine } from './pickle-machine';

/** One instruction of the pickle machine. */
export type Instruction = (machine: PickleMachine) => void;

/** Instructions and the bytes that stand for them, by their names in Python's `pickletools`. */
export type InstructionSet = Readonly<Record<string, readonly [code: number, instruction: Instruction]>>;
