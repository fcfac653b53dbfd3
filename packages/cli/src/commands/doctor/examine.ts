import { arch, platform } from 'node:os';
import {
  type BackendProbe,
  BackendUnavailableError,
  type ProbedBackend,
  probeBackends,
  type Registry,
  selectBackend,
} from '@diffir/core';
import { version_core as tensorflow } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { version } from '../../../package.json';

/** What `diffir doctor --json` prints. */
export interface DoctorReport {
  readonly versions: Readonly<Record<string, string>>;
  readonly backends: readonly BackendReport[];
  /** What `auto` takes here and why; null where nothing runs. */
  readonly auto: { readonly backend: string; readonly reason: string } | null;
  readonly plugins: readonly string[];
  readonly tasks: readonly { readonly id: string; readonly description: string }[];
  readonly models: readonly string[];
}

export type BackendReport = { readonly id: string; readonly description: string } & BackendProbe;

export interface Examination {
  readonly report: DoctorReport;
  /** Set when no backend runs here. */
  readonly problem?: BackendUnavailableError;
}

/** Probes every backend, and starts the one that `auto` takes: the only proof that it works. */
export async function examine(registry: Registry): Promise<Examination> {
  const probed = await probeBackends(registry.backends);
  const choice = await chooseBackend(registry);
  const failed = BackendUnavailableError.isInstance(choice);
  const report: DoctorReport = {
    versions: versionsHere(),
    backends: probed.map(describe),
    auto: failed ? null : choice,
    plugins: registry.plugins.map(({ name }) => name),
    tasks: registry.tasks.map(({ id, description }) => ({ id, description })),
    models: registry.pretrained.map(({ name }) => name),
  };
  return failed ? { report, problem: choice } : { report };
}

async function chooseBackend({ backends }: Registry) {
  try {
    const { backend, reason } = await selectBackend(backends, 'auto');
    await backend.dispose();
    return { backend: backend.id, reason };
  } catch (error) {
    if (BackendUnavailableError.isInstance(error)) return error;
    throw error;
  }
}

function versionsHere(): Record<string, string> {
  return {
    diffir: version,
    node: process.versions.node,
    platform: `${platform()} ${arch()}`,
    tensorflow,
    sharp: sharp.versions.sharp ?? 'unknown',
    libvips: sharp.versions.vips,
  };
}

function describe({ definition: { id, description }, probe }: ProbedBackend): BackendReport {
  return { id, description, ...probe };
}
