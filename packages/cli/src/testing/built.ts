import { existsSync } from 'node:fs';

/** What runs only as it is built: the command as installed, and worker threads. In CI a missing build must fail. */
export const built =
  existsSync(new URL('../../dist/tile-worker.js', import.meta.url)) || process.env.CI === 'true';

/** A title that says why its tests are skipped where nothing is built. */
export function ofBuild(title: string): string {
  return built ? title : `${title} (skipped: run the build)`;
}
