import { ModelUseError } from '../errors/model-use-error';
import { compileRequest, type LocalRunnerSetup } from './network-runner';

/**
 * Why a backend that compiles whole networks cannot take this one; undefined where it can, and on
 * backends that compute op by op.
 */
export function compileObstacle(setup: LocalRunnerSetup): ModelUseError | undefined {
  const { network, task } = setup;
  const side = network.descriptor.sizeMultiple;
  const shapes = {
    image: [1, side, side, 3],
    ...(task.mask === 'required' && { mask: [1, side, side, 1] }),
    ...(network.prior && { ipr: [1, network.prior.encoder.size] }),
  };
  try {
    compileRequest(setup, { part: 'restore' })?.check(shapes);
    return undefined;
  } catch (error) {
    if (ModelUseError.isInstance(error)) return error;
    throw error;
  }
}
