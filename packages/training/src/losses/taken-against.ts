import { type GroundTruthKind, groundTruthOf } from './ground-truth';
import type { ImageLoss } from './image-loss';

/** The loss with the ground truth of a kind as its `gt`. */
export function takenAgainst(kind: GroundTruthKind, loss: ImageLoss): ImageLoss {
  if (kind === 'plain') return loss;
  return { ...loss, compute: (inputs) => loss.compute({ ...inputs, gt: groundTruthOf(inputs, kind) }) };
}
