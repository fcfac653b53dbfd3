import { totalmem } from 'node:os';

/** Bytes this process may use: the machine's, or what its container is limited to. */
export function availableMemory(): number {
  const total = totalmem();
  // Without a limit this is 0, undefined, or a number beyond any machine.
  const limit = process.constrainedMemory() || total;
  return Math.min(limit, total);
}
