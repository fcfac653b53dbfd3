import { keep, type Tensor, type Variable, variable } from '@tensorflow/tfjs-core';
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
import { type AxisRange, elements, partShape, takePart } from './parts';
import { joinParts, type LaidOut, type PublishedValues } from './published-values';

export type { PublishedValues };

export interface ParametersOptions {
  /** Trainable parameters are TensorFlow.js variables; frozen ones (the default) plain tensors. */
  readonly trainable?: boolean;
}

export interface ExportOptions {
  /**
   * What to export in place of a parameter's (or piece's) tensor, in its shape: its gradient, say. Parameters
   * of which any piece has none are left out. Default: the tensor itself.
   */
  readonly tensorFor?: (tensor: Tensor) => Tensor | undefined;
  /** Runs each synchronous piece of tensor code, e.g. on a chosen backend. */
  readonly run?: <T>(compute: () => T) => T;
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
  /**
   * Replaces values in place: variables stay the same objects. Names that are not given keep their values.
   * @param values in published layout, row-major
   * @throws DiffIRError for a name that is not declared and for a wrong number of values
   */
  assign(values: ReadonlyMap<string, Float32Array>, run?: (compute: () => void) => void): void;
  /** The current values in published layout, or whatever else belongs to each parameter. */
  export(options?: ExportOptions): Promise<ReadonlyMap<string, PublishedValues>>;
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
      if (isVariable(slot.tensor)) {
        slot.tensor.assign(value);
        value.dispose();
        continue;
      }
      slot.tensor?.dispose();
      slot.tensor = trainable ? toVariable(value) : keep(value);
    }
  }

  function replace(name: string, values: Float32Array): void {
    const entry = entries.get(name);
    if (entry === undefined) throw new DiffIRError({ subject: name, problem: 'no such parameter' });
    const { shape } = entry.declaration;
    if (values.length !== elements(shape)) {
      const problem = `${values.length} values for a parameter of shape [${shape.join(', ')}]`;
      throw new DiffIRError({ subject: name, problem });
    }
    fill(entry, values);
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
    async load(stateDict, run = runHere) {
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
    assign(values, run = runHere) {
      run(() => {
        for (const [name, replacement] of values) replace(name, replacement);
      });
    },
    async export(options: ExportOptions = {}) {
      const { tensorFor = (tensor: Tensor) => tensor, run = runHere } = options;
      const laidOut = run(() =>
        [...entries].map(([name, entry]) => [name, layOut(entry, tensorFor)] as const),
      );
      const published = new Map<string, PublishedValues>();
      // All are asked for before the first is awaited: on a GPU every readback is a round trip.
      const read = laidOut.map(async ([name, parts]) => [name, parts && (await joinParts(parts))] as const);
      for (const [name, values] of await Promise.all(read)) {
        if (values !== undefined) published.set(name, values);
      }
      return published;
    },
    dispose,
  };
}

function runHere<T>(compute: () => T): T {
  return compute();
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
      // The layout fixes the rank: toTensorLayout gives each layout's rank, and only it fills slots.
      return loaded(slot) as LayoutTensors[L];
    },
  };
}

/** Each piece in published layout; undefined where any piece has no tensor. */
function layOut(
  { declaration: { shape, layout }, slots }: Entry,
  tensorFor: (tensor: Tensor) => Tensor | undefined,
): LaidOut | undefined {
  const tensors = slots.map((slot) => tensorFor(loaded(slot)));
  const parts = slots.flatMap(({ range }, index) => {
    const value = tensors[index];
    return value === undefined ? [] : [{ range, value }];
  });
  if (parts.length < slots.length) return undefined;
  return {
    shape,
    parts: parts.map(({ range, value }) => {
      return { range, tensor: toPublishedLayout(value, partShape(shape, range), layout) };
    }),
  };
}

function loaded({ name, tensor }: Slot): Tensor {
  if (tensor !== undefined) return tensor;
  throw new DiffIRError({ subject: name, problem: 'parameter used before it was loaded' });
}

function rangesOf<S extends readonly number[]>({ axis, sizes }: Partition<S>): SameLength<S, AxisRange> {
  let start = 0;
  return mapTuple(sizes, (size) => {
    const range = { axis, start, size };
    start += size;
    return range;
  });
}

function toVariable(value: Tensor): Variable {
  const result = variable(value, true);
  value.dispose();
  return result;
}

function isVariable(tensor: Tensor | undefined): tensor is Variable {
  return tensor !== undefined && 'assign' in tensor;
}
