/** Something a pickle may hold that is neither plain data nor a container. */
export abstract class PickleObject {}

/**
 * What stands for every class and function the reader does not know, and for whatever a pickle would have
 * made with them: it has a name and does nothing.
 */
export class ForeignObject extends PickleObject {
  /** Dotted name of the class or function, e.g. `omegaconf.dictconfig.DictConfig`. */
  readonly foreign: string;

  constructor(foreign: string) {
    super();
    this.foreign = foreign;
  }
}

/** Python's None, True, int, str, bytes, tuple or list or set, dict, and the rest. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleObject;
