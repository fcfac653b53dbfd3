import {
  type Checkpoint,
  loadModel,
  type Registry,
  type RunningBackend,
  resolveModel,
  selectBackend,
  type VerificationErrors,
  verifyModel,
  withBackend,
} from '@diffir/core';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { install } from '../../plugins/installation';
import type { VerifyFlags } from './command';

/** Runs the network on recorded inputs and prints one line of JSON about the largest differences. */
export async function runVerify(flags: VerifyFlags, { cwd, stdout }: CliContext): Promise<ExitCode> {
  const { registry, config } = await install(flags.plugin ?? [], cwd);
  const host = nodeHost(cwd);
  const { location } = resolveModel(registry, { model: flags.model, task: undefined });
  const { backend } = await selectBackend(registry.backends, flags.backend ?? config.backend ?? 'auto');
  const maxAbs = await withCheckpoint(host, location, (weights) =>
    withCheckpoint(host, flags.expected, (expected) => compare({ registry, backend, weights, expected })),
  );
  const ok = Object.values(maxAbs).every((error) => error <= flags.tolerance);
  stdout.write(`${JSON.stringify({ backend: backend.id, maxAbs, ok })}\n`);
  return ok ? exitCodes.done : exitCodes.failed;
}

interface Comparison {
  readonly registry: Registry;
  readonly backend: RunningBackend;
  readonly weights: Checkpoint;
  readonly expected: Checkpoint;
}

async function compare({ registry, backend, weights, expected }: Comparison): Promise<VerificationErrors> {
  const loaded = await loadModel(registry.models, weights, backend);
  try {
    return await verifyModel(loaded.network, expected, backend);
  } finally {
    withBackend(backend, () => loaded.dispose());
  }
}
