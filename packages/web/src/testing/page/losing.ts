import { createRestorer, type Restorer } from '../../index';
import { fromPlain, type PlainImage, plain } from '../test-image';

let restorer: Restorer | undefined;

/** Opens a network that changes nothing, on the GPU. */
export async function open() {
  restorer = await createRestorer({
    pluginModules: ['identity.js'],
    model: 'identity.safetensors',
    backend: 'webgpu',
  });
}

/** Restores with it. */
export async function restore(image: PlainImage) {
  if (restorer === undefined) throw new TypeError('nothing is open');
  const restored = plain(await restorer.restore(fromPlain(image)));
  return { restored, backend: restorer.backend.id, backendReason: restorer.backendReason };
}
