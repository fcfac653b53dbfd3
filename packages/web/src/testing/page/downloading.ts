import {
  CheckpointError,
  createRestorer,
  type DownloadProgress,
  ModelMismatchError,
  type ModelURL,
} from '../../index';
import { fromPlain, type PlainImage, plain } from '../test-image';

/** Opens a model from an address. */
export async function open(model: ModelURL | string) {
  const progress: DownloadProgress[] = [];
  try {
    const restorer = await createRestorer({
      model,
      backend: 'wasm',
      onDownload: (each) => progress.push(each),
    });
    await restorer.dispose();
    return { progress, kept: await kept() };
  } catch (error) {
    const typed = error instanceof CheckpointError || error instanceof ModelMismatchError;
    return { progress, typed, message: error instanceof Error ? error.message : '', kept: await kept() };
  }
}

/** Restores with a file of the user's own. */
export async function restoreWithFile(given: {
  readonly address: string;
  readonly name: string;
  readonly image: PlainImage;
}) {
  const content = await (await fetch(given.address)).blob();
  const model = given.name === '' ? content : new File([content], given.name);
  const restorer = await createRestorer({ model, backend: 'wasm' });
  const image = plain(await restorer.restore(fromPlain(given.image)));
  await restorer.dispose();
  return image;
}

/** Aborts a download under way. */
export async function abortDownload(model: string) {
  const controller = new AbortController();
  const opening = createRestorer({
    model,
    backend: 'wasm',
    signal: controller.signal,
    onDownload: ({ receivedBytes }) => receivedBytes > 0 && controller.abort('enough'),
  });
  return opening.then(
    () => 'opened',
    (error: unknown) => error,
  );
}

/** Puts other content in the place of what is kept. */
export async function tamper() {
  const cache = await caches.open('diffir-models');
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    await cache.put(request, new Response('tampered', { headers: response?.headers ?? {} }));
  }
}

/** Addresses of what is kept for the next visit. */
async function kept(): Promise<readonly string[]> {
  const cache = await caches.open('diffir-models');
  return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}
