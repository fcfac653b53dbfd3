import type { InstructionSet } from './instruction';
import type { PickleMachine } from './pickle-machine';
import { ForeignObject } from './pickle-value';

/** Classes, functions and what is made with them: all of it is left to the host. */
export const objectInstructions: InstructionSet = {
  GLOBAL: [0x63, (machine) => machine.pushGlobal(machine.cursor.textLine(), machine.cursor.textLine())],
  STACK_GLOBAL: [
    0x93,
    (machine) => {
      const name = machine.pop();
      machine.pushGlobal(machine.pop(), name);
    },
  ],
  REDUCE: [0x52, reduce],
  NEWOBJ: [0x81, reduce],
  NEWOBJ_EX: [
    0x92,
    (machine) => {
      machine.pop();
      reduce(machine);
    },
  ],
  INST: [
    0x69,
    (machine) => {
      machine.pushGlobal(machine.cursor.textLine(), machine.cursor.textLine());
      const callable = machine.pop();
      machine.push(machine.host.reduce(callable, machine.popToMark()));
    },
  ],
  OBJ: [
    0x6f,
    (machine) => {
      const [callable = null, ...args] = machine.popToMark();
      machine.push(machine.host.reduce(callable, args));
    },
  ],
  // What an object's state holds besides its items never matters to a checkpoint.
  BUILD: [
    0x62,
    (machine) => {
      machine.pop();
      machine.top();
    },
  ],
  PERSID: [0x50, (machine) => machine.push(machine.host.loadPersistent(machine.cursor.textLine()))],
  BINPERSID: [0x51, (machine) => machine.push(machine.host.loadPersistent(machine.pop()))],
  EXT1: [0x82, (machine) => pushExtension(machine, machine.cursor.uint8())],
  EXT2: [0x83, (machine) => pushExtension(machine, machine.cursor.uint16())],
  EXT4: [0x84, (machine) => pushExtension(machine, machine.cursor.int32())],
};

function reduce(machine: PickleMachine): void {
  const args = machine.pop();
  machine.push(machine.host.reduce(machine.pop(), args));
}

/** Extension codes name classes in a registry of the program that wrote the pickle. */
function pushExtension(machine: PickleMachine, code: number): void {
  machine.push(new ForeignObject(`copyreg.extension.${code}`));
}
