import { cpuBackend } from '@diffir/backend-cpu';
import { BackendUnavailableError, definePlugin } from '@diffir/core';

/** How often this backend's device is lost, over all workers: they are counted in the browser's cache. */
const losses = Number(new URL(import.meta.url).searchParams.get('losses'));

async function lose(): Promise<boolean> {
  const cache = await caches.open('losses');
  const seen = (await cache.keys()).length;
  if (seen >= losses) return false;
  await cache.put(`loss-${seen}`, new Response());
  return true;
}

/** A backend of the highest rank, on a device that is lost `losses` times, each time while restoring. */
export const plugin = definePlugin({
  name: 'fragile',
  backends: [
    {
      id: 'fragile',
      description: 'loses its device',
      rank: 1000,
      probe: async () => ({
        available: true,
        device: 'a device',
        software: false,
        limits: { maxTensorBytes: 2 ** 30 },
      }),
      async start() {
        const cpu = await cpuBackend.start();
        const lost = await lose();
        return {
          ...cpu,
          id: 'fragile',
          device: 'a device',
          throwPendingError() {
            if (!lost) return;
            throw new BackendUnavailableError({
              subject: 'fragile',
              problem: 'the device was lost: it fell down',
            });
          },
        };
      },
    },
  ],
});
