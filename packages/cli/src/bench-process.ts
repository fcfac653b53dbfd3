import { serveForwards } from './bench/serve-forwards';
import { serveBackend } from './commands/bench/serve-backend';

// A process of its own for one backend, see `startBackend`.
await serveForwards(() => serveBackend(JSON.parse(process.argv[2] ?? '{}')));
