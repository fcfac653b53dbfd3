import { createRestorer } from '../../index';
import { fromPlain, type PlainImage, plain } from '../test-image';

/** Restores in a worker of the page's own. */
export async function restoreInOwnWorker(given: { readonly worker: string; readonly image: PlainImage }) {
  const restorer = await createRestorer({
    model: 'tiny.safetensors',
    createWorker: () => new Worker(given.worker, { type: 'module' }),
  });
  const image = plain(await restorer.restore(fromPlain(given.image)));
  const { backend, backendReason } = restorer;
  await restorer.dispose();
  return { image, backend, backendReason };
}
