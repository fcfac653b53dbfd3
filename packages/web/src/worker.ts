import { serveRestorer } from './serve-restorer';

// The worker that `createRestorer` starts.
serveRestorer();
