/** Runs in a page: an exported network in onnxruntime-web. */
import type { PagePreparation } from './bench-page';
import { fetchBytes, loadRuntime, offerPasses } from './page-passes';

export async function prepare({ threads, shapes }: PagePreparation): Promise<void> {
  const ort = await loadRuntime(threads);
  const session = await ort.InferenceSession.create('/model.onnx', { graphOptimizationLevel: 'all' });
  const tensor = async (name: 'input' | 'noise') =>
    new ort.Tensor('float32', new Float32Array(await fetchBytes(`/${name}`)), shapes[name]);
  const [input, noise] = [await tensor('input'), await tensor('noise')];
  // Files of PyTorch's exporter call it `input`, those of `diffir export` know that it is an image.
  const feeds = { [session.inputNames.includes('input') ? 'input' : 'image']: input, noise };
  const [outputName = ''] = session.outputNames;
  offerPasses(async () => {
    const start = performance.now();
    const results = await session.run(feeds);
    const data = await results[outputName]?.getData();
    const seconds = (performance.now() - start) / 1000;
    return { seconds, output: () => (data instanceof Float32Array ? data : new Float32Array()) };
  });
}
