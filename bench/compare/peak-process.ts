/** `peak-process.ts <threads>`: serves products of two large matrices, the most FLOP/s that are to be had. */
import * as ort from 'onnxruntime-node';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { matmulModel } from './matmul-model';
import { PEAK_SIDE } from './peak';
import { sessionOptions } from './session-options';

const [threads = '2'] = process.argv.slice(2);
const REPEATS = 5;

await serveForwards(async () => {
  const session = await ort.InferenceSession.create(matmulModel(PEAK_SIDE), sessionOptions(Number(threads)));
  const matrix = () => {
    const values = Float32Array.from({ length: PEAK_SIDE ** 2 }, (_, index) => (index % 7) - 3);
    return new ort.Tensor('float32', values, [PEAK_SIDE, PEAK_SIDE]);
  };
  const feeds = { a: matrix(), b: matrix() };
  const product = async () => {
    const start = performance.now();
    await session.run(feeds);
    return (performance.now() - start) / 1000;
  };
  return {
    device: `float32 matrices of ${PEAK_SIDE}², ${threads} threads`,
    async forward() {
      const seconds: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) seconds.push(await product());
      return { seconds: Math.min(...seconds), output: () => new Float32Array() };
    },
  };
});
