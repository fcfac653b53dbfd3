/** `ort-process.ts <file.onnx> <recorded.safetensors> <threads>`: serves passes of onnxruntime-node. */
import * as ort from 'onnxruntime-node';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { sessionOptions } from './session-options';
import { type RecordedTensor, readRecorded } from './setting';

const [file = '', recorded = '', threads = '2'] = process.argv.slice(2);

await serveForwards(async () => {
  const { input, noise } = await readRecorded(recorded, ['input', 'noise']);
  const session = await ort.InferenceSession.create(file, sessionOptions(Number(threads)));
  const tensor = ({ values, shape }: RecordedTensor) => new ort.Tensor('float32', values, shape);
  const feeds = { input: tensor(input), noise: tensor(noise) };
  return {
    device: `onnxruntime-node ${ort.env.versions.node ?? ''}, ${threads} threads`,
    async forward() {
      const start = performance.now();
      const { output } = await session.run(feeds);
      const seconds = (performance.now() - start) / 1000;
      return { seconds, output: () => valuesOf(output?.data) };
    },
  };
});

function valuesOf(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError(`${file}: no float32 tensor "output"`);
}
