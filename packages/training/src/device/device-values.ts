import { DiffIRError, type Parameters } from '@diffir/core';
import {
  dispose,
  type NamedTensorMap,
  reshape,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs';
import { type NamedValues, trainedVariables } from '../gradients/compute-gradients';
import type { AdamOptions, AdamState, RateOf } from '../optimiser/adam';
import { deviceAdam, type Moments, movingAverage } from './device-adam';
import { type FlatLayout, flatLayout } from './flat-layout';
import { createRateVector } from './rate-vector';

/** What is kept of a network's training, as in a `TrainerState`. */
interface ValueState {
  readonly parameters: NamedValues;
  /** Where one is kept. */
  readonly average?: NamedValues;
  readonly adam: AdamState;
}

export interface DeviceValuesOptions {
  /** Made with `trainable: true`. */
  readonly parameters: Parameters;
  readonly trains: (name: string) => boolean;
  /** Where to go on from. */
  readonly state: ValueState;
  /** Runs computations on the backend that keeps the values. */
  readonly run: <T>(compute: () => T) => T;
}

interface DeviceUpdate {
  readonly rateOf: RateOf;
  readonly adam?: AdamOptions;
  /** How much of the moving average stays. Needed where one is kept. */
  readonly averageDecay?: number;
}

/** A network's parameters, their moving average and Adam's moments, kept on a backend from step to step. */
export interface DeviceValues {
  /** Puts the parameters into their variables, which may have held others meanwhile. */
  put(): void;
  /** One vector of the gradients of all trained variables; the caller's to dispose. */
  join(gradients: ReadonlyMap<Tensor, Tensor>): Tensor1D;
  /** A step of Adam with such a vector, and one of the moving average; nothing is read back. */
  update(gradient: Tensor1D, options: DeviceUpdate): void;
  /** Puts other values into parameters that are not trained, by name. */
  replace(values: NamedTensorMap): void;
  /** Reads everything back. */
  read(): Promise<ValueState>;
  dispose(): void;
}

/** Parameters that lie end to end, and their average. */
interface Group {
  readonly layout: FlatLayout;
  readonly weights: Tensor1D;
  readonly average: Tensor1D | undefined;
}

/**
 * Moves a state to a backend. What is not trained lies there too, as the average follows it.
 * @throws OptionError when nothing is trained
 */
export function createDeviceValues({ parameters, trains, state, run }: DeviceValuesOptions): DeviceValues {
  assign(state.parameters);
  const layout = flatLayout(trainedVariables({ parameters, trains }));
  const sizes = parameters.variables().map(({ name, variable: { size } }) => ({ name, size }));
  const rates = createRateVector(sizes.filter(({ name }) => trains(name)));
  const fixed = parameters.variables().filter(({ name }) => !trains(name));
  let { step } = state.adam;
  let moments: Moments = {
    first: toVector(state.adam.firstMoments, layout),
    second: toVector(state.adam.secondMoments, layout),
  };
  let trained = group(layout);
  let others = fixed.length > 0 ? [group(flatLayout(fixed.map(({ variable }) => variable)))] : [];

  function assign(values: NamedValues): void {
    parameters.assign(new Map([...values].map(([name, { values: data }]) => [name, data])), run);
  }

  /** By way of the variables, which know how each parameter is laid out. */
  function toVector(values: NamedValues, over: FlatLayout): Tensor1D {
    assign(values);
    return run(() => over.join((variable) => variable));
  }

  function group(over: FlatLayout): Group {
    const average = state.average && toVector(state.average, over);
    return { layout: over, weights: toVector(state.parameters, over), average };
  }

  async function readValues(pieces: ReadonlyMap<Tensor, Tensor>): Promise<NamedValues> {
    try {
      return await parameters.export({ tensorFor: (tensor) => pieces.get(tensor), run });
    } finally {
      dispose([...pieces.values()]);
    }
  }

  /** The pieces of a vector of each group. */
  function piecesOf(vectorOf: (group: Group) => Tensor1D | undefined): Map<Variable, Tensor> {
    return run(() => {
      const pieces = [trained, ...others].map((each) => {
        const vector = vectorOf(each);
        return vector === undefined ? [] : [...each.layout.split(vector)];
      });
      return new Map(pieces.flat());
    });
  }

  async function readMoments(before: NamedValues, vector: Tensor1D): Promise<NamedValues> {
    return new Map([...before, ...(await readValues(run(() => layout.split(vector))))]);
  }

  return {
    put() {
      const pieces = piecesOf(({ weights }) => weights);
      run(() => {
        for (const [variable, piece] of pieces) variable.assign(piece);
      });
      dispose([...pieces.values()]);
    },
    join: (gradients) => run(() => layout.join((variable) => gradientOf(gradients, variable))),
    update(gradient, { rateOf, adam, averageDecay = 0 }) {
      step += 1;
      const follow = (each: Group): Group => {
        const { weights, average } = each;
        return { ...each, average: average && tidy(() => movingAverage(average, weights, averageDecay)) };
      };
      run(() => {
        const before = [trained.weights, moments, [trained, ...others].map(({ average }) => average ?? [])];
        const { weights, ...moved } = tidy(() =>
          deviceAdam(trained.weights, moments, { ...adam, gradient, step, rate: rates.of(rateOf) }),
        );
        moments = moved;
        trained = follow({ ...trained, weights });
        others = others.map(follow);
        dispose(before);
      });
    },
    replace(values) {
      const replaced = fixed.filter(({ name }) => name in values);
      if (replaced.length === 0) return;
      run(() => {
        for (const { name, variable } of replaced) {
          tidy(() => variable.assign(reshape(values[name] ?? variable, variable.shape)));
        }
        others = others.map((each) => {
          each.weights.dispose();
          return { ...each, weights: each.layout.join((variable) => variable) };
        });
      });
    },
    async read() {
      return {
        parameters: await readValues(piecesOf(({ weights }) => weights)),
        ...(state.average && { average: await readValues(piecesOf(({ average }) => average)) }),
        adam: {
          step,
          firstMoments: await readMoments(state.adam.firstMoments, moments.first),
          secondMoments: await readMoments(state.adam.secondMoments, moments.second),
        },
      };
    },
    dispose() {
      for (const { weights, average } of [trained, ...others]) dispose([weights, average ?? []]);
      dispose([moments.first, moments.second]);
      rates.dispose();
    },
  };
}

function gradientOf(gradients: ReadonlyMap<Tensor, Tensor>, variable: Tensor): Tensor {
  const gradient = gradients.get(variable);
  if (gradient !== undefined) return gradient;
  throw new DiffIRError({ subject: 'gradients', problem: 'one of the trained parameters has none' });
}
