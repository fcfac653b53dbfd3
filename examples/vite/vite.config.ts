import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the built page works in any folder of a site.
  base: './',
  // Modules can be split: the worker then fetches the code of a backend when it takes it, and no other's.
  worker: { format: 'es' },
});
