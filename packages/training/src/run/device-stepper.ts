import { type RunningBackend, readTensor, type TaskDefinition, withBackend } from '@diffir/core';
import { dispose, mul, type Tensor1D } from '@tensorflow/tfjs';
import { createDeviceValues, type DeviceValues } from '../device/device-values';
import { clipFactor } from '../gradients/clip-gradients';
import { constantDecay } from '../optimiser/moving-average';
import type { TrainerState } from '../trainer/trainer-state';
import type { StepReport, UpdateOptions } from '../trainer/updater';
import type { Adversary } from './adversary';
import { accumulateGradients, type DeviceGradients } from './device-gradients';
import { firstNonFinite } from './divergence';
import { splitBatches } from './split-batch';
import type { StageNetworks, TrainingPhase } from './stage-networks';
import type { Stepper } from './stepper';

export interface DeviceStepperOptions extends UpdateOptions {
  readonly phase: TrainingPhase;
  readonly state: TrainerState;
  readonly networks: StageNetworks;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
  /** Into how many parts each batch is split, whose gradients are accumulated. */
  readonly parts: number;
}

/**
 * Keeps parameters, their average and the optimiser's moments on the backend, where gradients are accumulated and
 * steps taken: of a step only its losses and the norms of its gradients are read back. Steps are those of
 * `createUpdater`, in float32.
 */
export function createDeviceStepper(options: DeviceStepperOptions): Stepper {
  const { phase, state, networks, task, backend, parts } = options;
  const { rates, adam = {}, maxGradientNorm = Infinity, averageDecay = constantDecay() } = options;
  const { discriminatorRate = () => 0 } = options;
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const { parameters, trains } = networks.objective(phase);
  const network = createDeviceValues({ parameters, trains, state, run });
  const opponent = openOpponent(options, run);
  let { iteration } = state;

  function update(gradients: DeviceGradients, gradientNorm: number): void {
    const clipped = run(() => mul<Tensor1D>(gradients.gradient, clipFactor(gradientNorm, maxGradientNorm)));
    network.update(clipped, { rateOf: rates(iteration), adam, averageDecay: averageDecay(iteration) });
    clipped.dispose();
    if (opponent === undefined || gradients.judged === undefined) return;
    const rate = discriminatorRate(iteration);
    opponent.values.update(gradients.judged.gradient, { rateOf: () => rate, adam });
    opponent.values.replace(gradients.judged.advanced);
  }

  return {
    async step({ batches, adversaryStep = 'plain' }) {
      network.put();
      opponent?.values.put();
      const gradients = accumulateGradients(splitBatches(batches, parts), {
        objective: () => networks.objective(phase),
        join: network.join,
        ...(opponent && { opponent: { ...opponent, step: adversaryStep, join: opponent.values.join } }),
        task,
        backend,
      });
      try {
        const numbers = await readNumbers(gradients, backend);
        const found = firstNonFinite(numbers);
        if (found) return found;
        update(gradients, numbers.gradientNorm);
        iteration += 1;
        return { iteration, ...numbers };
      } finally {
        dispose([gradients.gradient, gradients.numbers, gradients.judged ?? []]);
      }
    },
    async state() {
      const discriminator = opponent && (await opponent.values.read());
      return { ...state, ...(await network.read()), iteration, ...(discriminator && { discriminator }) };
    },
    dispose() {
      network.dispose();
      opponent?.values.dispose();
    },
  };
}

interface Opponent {
  readonly adversary: Adversary;
  readonly values: DeviceValues;
}

function openOpponent(
  { phase, networks: { adversary }, state: { discriminator: state } }: DeviceStepperOptions,
  run: <T>(compute: () => T) => T,
): Opponent | undefined {
  if (phase !== 'adversarial' || adversary === undefined || state === undefined) return undefined;
  const { parameters, trains } = adversary.objective('plain');
  return { adversary, values: createDeviceValues({ parameters, trains, state, run }) };
}

/** All numbers of a step by one readback. */
async function readNumbers(
  { names, numbers, judged }: DeviceGradients,
  backend: RunningBackend,
): Promise<Omit<StepReport, 'iteration'>> {
  const [gradientNorm = Number.NaN, ...rest] = await readTensor(backend, numbers);
  const discriminatorNorm = judged && rest.shift();
  return {
    losses: Object.fromEntries(names.map((name, index) => [name, rest[index] ?? Number.NaN])),
    gradientNorm,
    ...(discriminatorNorm !== undefined && { discriminatorNorm }),
  };
}
