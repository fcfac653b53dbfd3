import { OptionError, type PublishedValues, type RunningBackend, withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import type { Objective } from './objective';

/** Values by published parameter name, in published layout. */
export type NamedValues = ReadonlyMap<string, PublishedValues>;

/** The gradients of one batch, or of one worker's part of it. */
export interface GradientResult {
  /** The total and every logged term, by name. */
  readonly losses: Readonly<Record<string, number>>;
  /** Of every trained parameter. */
  readonly gradients: NamedValues;
  /** The discriminator's, where one is trained beside the network. */
  readonly discriminator?: DiscriminatorGradients;
}

/** What a discriminator's step is made from. */
export interface DiscriminatorGradients {
  readonly gradients: NamedValues;
  /** New values of what changes without being trained; they depend on the parameters alone. */
  readonly advanced: NamedValues;
}

export interface ComputeOptions {
  /** Is handed what the network made, and has to dispose it. */
  readonly takeOutput?: (output: tf.Tensor4D) => void;
}

/** The gradients of one batch where they were computed; whoever asks for them has to dispose them. */
export interface GradientTensors {
  readonly losses: Readonly<Record<string, tf.Scalar>>;
  /** By the variable that each belongs to. */
  readonly gradients: ReadonlyMap<tf.Tensor, tf.Tensor>;
}

/**
 * Runs forward and backward once and reads everything back as plain arrays, so that gradients of parts of a
 * batch can come from several threads and be averaged. Leaves no tensors behind.
 * @param batch makes the batch's tensors; called on the backend, its tensors are freed
 * @throws OptionError when no variable is trained
 */
export async function computeGradients<Batch>(
  objective: Objective<Batch>,
  batch: () => Batch,
  backend: RunningBackend,
  options: ComputeOptions = {},
): Promise<GradientResult> {
  const { losses, gradients } = gradientTensors(objective, batch, backend, options);
  try {
    const values = Object.entries(losses).map(async ([name, loss]) => [
      name,
      (await loss.data())[0] ?? Number.NaN,
    ]);
    return {
      losses: Object.fromEntries(await Promise.all(values)),
      gradients: await objective.parameters.export({
        tensorFor: (tensor) => gradients.get(tensor),
        run: (compute) => withBackend(backend, compute),
      }),
    };
  } finally {
    tf.dispose([losses, [...gradients.values()]]);
  }
}

/**
 * Runs forward and backward once; reads nothing back.
 * @param batch makes the batch's tensors; called on the backend, its tensors are freed
 * @throws OptionError when no variable is trained
 */
export function gradientTensors<Batch>(
  objective: Objective<Batch>,
  batch: () => Batch,
  backend: RunningBackend,
  { takeOutput }: ComputeOptions = {},
): GradientTensors {
  const variables = trainedVariables(objective);
  const { losses, gradients, output } = withBackend(backend, () =>
    differentiate(objective, batch, variables),
  );
  if (output !== undefined && takeOutput !== undefined) takeOutput(output);
  else output?.dispose();
  return { losses, gradients };
}

/**
 * The variables that an objective trains.
 * @throws OptionError when there is none
 */
export function trainedVariables({
  parameters,
  trains,
}: Pick<Objective<never>, 'parameters' | 'trains'>): tf.Variable[] {
  const trained = parameters.variables().filter(({ name }) => trains(name));
  if (trained.length === 0) {
    throw new OptionError({
      subject: 'parameters',
      problem: 'none of them is trainable',
      remedy: 'create them with { trainable: true }',
    });
  }
  return trained.map(({ variable }) => variable);
}

interface Differentiated extends GradientTensors {
  readonly output: tf.Tensor4D | undefined;
}

function differentiate<Batch>(
  objective: Objective<Batch>,
  batch: () => Batch,
  variables: tf.Variable[],
): Differentiated {
  let terms: Record<string, tf.Scalar> = {};
  let output: tf.Tensor4D | undefined;
  const { value, grads } = tf.tidy(() => {
    const compute = objective.prepare(batch());
    return tf.variableGrads(() => {
      const { total, terms: logged, output: made } = compute();
      // Logged terms and the output outlive the scope that the gradient is computed in.
      output = made && tf.keep(made.clone());
      terms = Object.fromEntries(Object.entries(logged).map(([name, term]) => [name, tf.keep(term.clone())]));
      return total;
    }, variables);
  });
  const gradients = variables.map((variable) => {
    return [variable, grads[variable.name] ?? tf.zerosLike(variable)] as const;
  });
  return { losses: { ...terms, total: value }, gradients: new Map(gradients), output };
}
