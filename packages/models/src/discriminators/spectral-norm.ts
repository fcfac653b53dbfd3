import {
  customGrad,
  div,
  matMul,
  maximum,
  mul,
  norm,
  type Scalar,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Singular vectors of a matrix [O,I] for its largest singular value, as rows: [1,O] and [1,I]. */
export interface SingularVectors {
  readonly left: Tensor2D;
  readonly right: Tensor2D;
}

/** Floor of the norms, as torch.nn.utils.spectral_norm has it. */
const EPSILON = 1e-12;

/** One power iteration from an estimate of the left vector [1,O]. */
export function iterateSingularVectors(matrix: Tensor2D, left: Tensor2D): SingularVectors {
  const right = normalize(matMul(left, matrix));
  return { left: normalize(matMul(right, matrix, false, true)), right };
}

/**
 * The largest singular value of a matrix, estimated by one power iteration (arXiv 1802.05957, algorithm 1).
 * Its gradient takes the vectors as constants: the outer product of the two.
 */
export function spectralNorm(matrix: Tensor2D, left: Tensor2D): Scalar {
  const op = customGrad<Scalar>((...saving) => {
    const save = saving[saving.length - 1];
    const vectors = iterateSingularVectors(matrix, left);
    if (typeof save === 'function') save([vectors.left, vectors.right]);
    return {
      value: sum<Scalar>(mul(matMul(vectors.right, matrix, false, true), vectors.left)),
      gradFunc: (dy, [u, v]) => mul(dy, outer(u, v)),
    };
  });
  return op(matrix);
}

function outer(left: Tensor | undefined, right: Tensor | undefined): Tensor {
  return matMul(left ?? [], right ?? [], true, false);
}

function normalize(vector: Tensor2D): Tensor2D {
  return div(vector, maximum(norm(vector), EPSILON));
}
