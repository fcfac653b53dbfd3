import { cpus, release, totalmem } from 'node:os';
import type { RunningBackend } from '@diffir/core';
import { version_core as tensorflow } from '@tensorflow/tfjs-core';
import { version } from '../../../package.json';

/** What a run ran on: results are the same to the bit only in the same environment. */
export function describeEnvironment({ id, device }: RunningBackend, threads: number) {
  const [cpu] = cpus();
  return {
    diffir: version,
    tensorflow,
    node: process.version,
    platform: `${process.platform} ${process.arch} ${release()}`,
    cpu: `${cpu?.model ?? 'unknown'}, ${cpus().length} cores`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    backend: { id, device },
    threads,
    started: new Date().toISOString(),
  };
}
