import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { productStep } from './product-step';
import { runStep } from './run-step';

/** How a product is computed for the check: its values, in half or in single precision. */
export type TrialProduct = (half: boolean) => Promise<Float32Array>;

/** Half precision keeps 11 bits, 5e-4 of a value; sums of a few dozen products stay well below this. */
const TOLERANCE = 0.01;

/** Whether products in half precision are numbers, and near those in single precision. */
export async function agreesInHalf(product: TrialProduct): Promise<boolean> {
  const [single, half] = [await product(false), await product(true)];
  const largest = single.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const bound = TOLERANCE * largest;
  // A device that computes nothing agrees with nothing.
  if (largest === 0 || half.length !== single.length) return false;
  // Written so that NaN does not agree.
  return half.every((value, i) => Math.abs(value - (single[i] ?? 0)) <= bound);
}

/** Whether the device multiplies matrices right in half precision; tried out, because drivers differ. */
export async function halfPrecisionWorks(backend: WebGPUBackend): Promise<boolean> {
  const { device } = backend;
  if (!device.features.has('shader-f16')) return false;
  // A shader that is refused leaves zeros, which do not agree, and an error that is answered by that.
  device.pushErrorScope('validation');
  const works = await agreesInHalf((half) => trialProduct(backend, half));
  return (await device.popErrorScope()) === null && works;
}

async function trialProduct(backend: WebGPUBackend, half: boolean): Promise<Float32Array> {
  const [rows, terms, columns] = [67, 93, 52];
  const left = backend.makeTensorInfo([rows, terms], 'float32', trialValues(rows * terms, 1));
  const right = backend.makeTensorInfo([terms, columns], 'float32', trialValues(terms * columns, 2));
  const step = productStep({ name: 'trialProduct', batch: 1, rows, terms, columns, half });
  const product = runStep(backend, step, [left, right]);
  try {
    return Float32Array.from(await backend.read(product.dataId), Number);
  } finally {
    for (const { dataId } of [left, right, product]) backend.disposeData(dataId);
  }
}

/** Values between -1 and 1 without a pattern that sums would cancel. */
function trialValues(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(seed + i * i * 0.37));
}
