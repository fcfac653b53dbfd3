import type { InstructionSet } from './instruction';
import type { PickleMachine } from './pickle-machine';
import { ForeignObject, type PickleValue } from './pickle-value';

/** Tuples, lists, sets and dicts; the first three are all arrays here. */
export const containerInstructions: InstructionSet = {
  EMPTY_TUPLE: [0x29, (machine) => machine.push([])],
  TUPLE1: [0x85, (machine) => machine.push(popTuple(machine, 1))],
  TUPLE2: [0x86, (machine) => machine.push(popTuple(machine, 2))],
  TUPLE3: [0x87, (machine) => machine.push(popTuple(machine, 3))],
  TUPLE: [0x74, (machine) => machine.push(machine.popToMark())],
  EMPTY_LIST: [0x5d, (machine) => machine.push([])],
  LIST: [0x6c, (machine) => machine.push(machine.popToMark())],
  APPEND: [0x61, (machine) => append(machine, [machine.pop()])],
  APPENDS: [0x65, (machine) => append(machine, machine.popToMark())],
  EMPTY_SET: [0x8f, (machine) => machine.push([])],
  ADDITEMS: [0x90, (machine) => append(machine, machine.popToMark())],
  FROZENSET: [0x91, (machine) => machine.push(machine.popToMark())],
  EMPTY_DICT: [0x7d, (machine) => machine.push(new Map())],
  DICT: [0x64, makeDict],
  SETITEM: [0x73, (machine) => setItems(machine, popTuple(machine, 2))],
  SETITEMS: [0x75, (machine) => setItems(machine, machine.popToMark())],
};

function popTuple(machine: PickleMachine, length: number): PickleValue[] {
  const reversed = Array.from({ length }, () => machine.pop());
  return reversed.reverse();
}

function append(machine: PickleMachine, values: readonly PickleValue[]): void {
  const target = machine.top();
  if (Array.isArray(target)) for (const value of values) target.push(value);
  else if (!(target instanceof ForeignObject)) throw machine.cursor.damaged('values added to no list');
}

function makeDict(machine: PickleMachine): void {
  const items = machine.popToMark();
  machine.push(new Map());
  setItems(machine, items);
}

/** Keys and values alternate. A Map takes any key, `__proto__` too, for what it is. */
function setItems(machine: PickleMachine, items: readonly PickleValue[]): void {
  const target = machine.top();
  if (target instanceof ForeignObject) return;
  if (!(target instanceof Map) || items.length % 2 !== 0)
    throw machine.cursor.damaged('items set on no dict');
  for (let i = 0; i + 1 < items.length; i += 2) target.set(items[i] ?? null, items[i + 1] ?? null);
}
