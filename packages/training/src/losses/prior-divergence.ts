import { exp, logSoftmax, mul, type Scalar, sub, sum, type Tensor2D, tidy } from '@tensorflow/tfjs';

/** Softens the two distributions, as the published code has it. */
const TEMPERATURE = 0.15;

/**
 * Kullback–Leibler divergence of the estimated IPR from the teacher's, both `[N,Z]`, each taken as a
 * distribution through a softmax of temperature 0.15; summed over Z, averaged over the batch. DiffIR logs it
 * and does not train on it.
 */
export function priorDivergence(estimate: Tensor2D, teacher: Tensor2D): Scalar {
  return tidy(() => {
    const logEstimate = logSoftmax(mul<Tensor2D>(estimate, 1 / TEMPERATURE));
    const logTeacher = logSoftmax(mul<Tensor2D>(teacher, 1 / TEMPERATURE));
    const terms = mul(exp(logTeacher), sub(logTeacher, logEstimate));
    return mul<Scalar>(sum(terms), 1 / estimate.shape[0]);
  });
}
