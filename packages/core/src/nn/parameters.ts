import { keep, type Tensor, type Variable, variable } from '@tensorflow/tfjs';
import type { StateDict } from '../checkpoint/state-dict';
import { DiffIRError } from '../errors/diffir-error';
import { createRandomSource } from '../random/random-source';
import { initialValues } from './initializer';
import { type ParameterLayout, toPublishedLayout, toTensorLayout } from './layout';
import { mapTuple, type SameLength } from './map-tuple';
import type {
  LayoutTensors,
  Parameter,
  ParameterDeclaration,
  ParameterScope,
  Partition,
} from './parameter-scope';
import { type AxisRange, putPart, takePart } from './parts';

export interface ParametersOptions {
  /** Trainable parameters are TensorFlow.js variables; frozen ones (the default) plain tensors. */
  readonly trainable?: boolean;
}

/** A parameter's values in published order. */
export interface PublishedValues {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** All parameters of a network: declared while it is built, then loaded or initialised once. */
export interface Parameters {
  /** The scope to build the network in. */
  readonly root: ParameterScope;
  /** What has been declared, by published name. */
  readonly declarations: ReadonlyMap<string, ParameterDeclaration>;
  /** Number of values over all parameters. */
  readonly count: number;
  /** The variables of trainable parameters, with their published names (pieces share one). */
  variables(): readonly { readonly name: string; readonly variable: Variable }[];
  /**
   * Takes every declared parameter from a state dict that has been checked to fit.
   * @param run runs each synchronous piece of tensor code, e.g. on a chosen backend
   */
  load(stateDict: StateDict, run?: (compute: () => void) => void): Promise<void>;
  /** Starts every parameter afresh, repeatably by seed. */
  initialize(seed: number): void;
  /** The current values in published layout. */
  export(): Promise<ReadonlyMap<string, PublishedValues>>;
  /** Frees every tensor. */
  dispose(): void;
}

interface Slot {
  readonly name: string;
  readonly range: AxisRange | undefined;
  readonly size: number;
  tensor: Tensor | undefined;
}

interface Entry {
  readonly declaration: ParameterDeclaration;
  readonly slots: readonly Slot[];
}

/** An empty set of parameters for a network to declare itself in. */
export function createParameters({ trainable = false }: ParametersOptions = {}): Parameters {
  const entries = new Map<string, Entry>();

  function declare<const R extends readonly (AxisRange | undefined)[]>(
    name: string,
    declaration: ParameterDeclaration,
    ranges: R,
  ): SameLength<R, Slot> {
    if (entries.has(name)) throw new DiffIRError({ subject: name, problem: 'parameter declared twice' });
    const slots = mapTuple(ranges, (range): Slot => {
      return { name, range, size: elements(partShape(declaration.shape, range)), tensor: undefined };
    });
    entries.set(name, { declaration, slots });
    return slots;
  }

  function fill({ declaration, slots }: Entry, values: Float32Array): void {
    for (const slot of slots) {
      const part = slot.range === undefined ? values : takePart(values, declaration.shape, slot.range);
      const value = toTensorLayout(part, partShape(declaration.shape, slot.range), declaration.layout);
      slot.tensor?.dispose();
      slot.tensor = trainable ? toVariable(value) : keep(value);
    }
  }

  function dispose(): void {
    for (const { slots } of entries.values()) {
      for (const slot of slots) {
        slot.tensor?.dispose();
        slot.tensor = undefined;
      }
    }
  }

  return {
    root: createScope('', declare),
    get declarations() {
      return new Map([...entries].map(([name, entry]) => [name, entry.declaration]));
    },
    get count() {
      return [...entries.values()].reduce((sum, { declaration }) => sum + elements(declaration.shape), 0);
    },
    variables() {
      return [...entries].flatMap(([name, { slots }]) =>
        slots.flatMap(({ tensor }) => (isVariable(tensor) ? [{ name, variable: tensor }] : [])),
      );
    },
    async load(stateDict, run = (compute) => compute()) {
      try {
        for (const [name, entry] of entries) {
          const stored = stateDict.get(name);
          if (stored === undefined)
            throw new DiffIRError({ subject: name, problem: 'not in the state dict' });
          const values = await stored.load();
          run(() => fill(entry, values));
        }
      } catch (error) {
        dispose();
        throw error;
      }
    },
    initialize(seed) {
      const random = createRandomSource(seed);
      for (const entry of entries.values()) {
        const { initializer, shape } = entry.declaration;
        fill(entry, initialValues(initializer, elements(shape), random));
      }
    },
    async export() {
      const published = new Map<string, PublishedValues>();
      for (const [name, entry] of entries) published.set(name, await publish(entry));
      return published;
    },
    dispose,
  };
}

type Declare = <const R extends readonly (AxisRange | undefined)[]>(
  name: string,
  declaration: ParameterDeclaration,
  ranges: R,
) => SameLength<R, Slot>;

function createScope(prefix: string, declare: Declare): ParameterScope {
  return {
    scope: (name) => createScope(`${prefix}${name}.`, declare),
    get<L extends ParameterLayout>(name: string, declaration: ParameterDeclaration<L>): Parameter<L> {
      const [slot] = declare(prefix + name, declaration, [undefined]);
      return handle<L>(slot);
    },
    getParts<L extends ParameterLayout, const S extends readonly number[]>(
      name: string,
      declaration: ParameterDeclaration<L>,
      partition: Partition<S>,
    ): SameLength<S, Parameter<L>> {
      const slots = declare(prefix + name, declaration, rangesOf(partition));
      return mapTuple(slots, (slot) => handle<L>(slot));
    },
  };
}

function handle<L extends ParameterLayout>(slot: Slot): Parameter<L> {
  return {
    name: slot.name,
    size: slot.size,
    get tensor(): LayoutTensors[L] {
      if (slot.tensor === undefined) {
        throw new DiffIRError({ subject: slot.name, problem: 'parameter used before it was loaded' });
      }
      // The layout fixes the rank: toTensorLayout gives each layout's rank, and only it fills slots.
      return slot.tensor as LayoutTensors[L];
    },
  };
}

async function publish({ declaration, slots }: Entry): Promise<PublishedValues> {
  const { shape, layout } = declaration;
  const values = new Float32Array(elements(shape));
  for (const slot of slots) {
    if (slot.tensor === undefined) {
      throw new DiffIRError({ subject: slot.name, problem: 'parameter exported before it was loaded' });
    }
    const published = toPublishedLayout(slot.tensor, partShape(shape, slot.range), layout);
    const part = Float32Array.from(await published.data());
    published.dispose();
    if (slot.range === undefined) values.set(part);
    else putPart(values, shape, slot.range, part);
  }
  return { shape, values };
}

function rangesOf<S extends readonly number[]>({ axis, sizes }: Partition<S>): SameLength<S, AxisRange> {
  let start = 0;
  return mapTuple(sizes, (size) => {
    const range = { axis, start, size };
    start += size;
    return range;
  });
}

function partShape(shape: readonly number[], range: AxisRange | undefined): number[] {
  return shape.map((length, axis) => (axis === range?.axis ? range.size : length));
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function toVariable(value: Tensor): Variable {
  const result = variable(value, true);
  value.dispose();
  return result;
}

function isVariable(tensor: Tensor | undefined): tensor is Variable {
  return tensor !== undefined && 'assign' in tensor;
}
