import {
  type BackendDefinition,
  type BackendLimits,
  type BackendProbe,
  BackendUnavailableError,
  backendRanks,
  type RunningBackend,
  startOnce,
} from '@diffir/core';
import { compile } from './session/compile';
import { evaluate } from './session/evaluate';
import type { RuntimeChoice } from './session/runtime';
import { startTracer } from './trace/tracer';

/** Why onnxruntime cannot be used, and what helps. */
export interface RuntimeObstacle {
  readonly reason: string;
  readonly remedy: string;
}

/** A way to onnxruntime; the package's entry points say which. */
export interface RuntimeSource {
  /** Whether it is there, without loading it. */
  find(): Promise<{ readonly device: string } | RuntimeObstacle>;
  load(): Promise<RuntimeChoice | RuntimeObstacle>;
  readonly limits: BackendLimits;
}

/**
 * Bytes of a band's widest tensor: measured on a CPU with 2 MiB of second-level cache for each core, where
 * a few such tensors are at work at once (`docs/performance.md`).
 */
const bandBytes = 2 ** 23;

/** The ONNX backend over a source of onnxruntime. */
export function onnxBackendOver(source: RuntimeSource): BackendDefinition {
  return {
    id: 'onnx',
    description: 'the CPU, through onnxruntime: whole networks as graphs',
    rank: backendRanks.onnx,
    probe: async (): Promise<BackendProbe> => {
      const found = await source.find();
      return 'reason' in found
        ? { available: false, ...found }
        : { available: true, device: found.device, software: false, limits: source.limits };
    },
    start: startOnce(() => start(source)),
  };
}

async function start(source: RuntimeSource): Promise<RunningBackend> {
  const found = await source.find();
  if ('reason' in found) throw unavailable(found);
  const choice = await source.load();
  if ('reason' in choice) throw unavailable(choice);
  const tracer = startTracer({
    id: 'onnx',
    device: found.device,
    limits: source.limits,
    evaluate: (value) => evaluate(choice, value),
  });
  return {
    ...tracer,
    compile: (computation) => compile({ backend: tracer, choice, bandBytes }, computation),
  };
}

function unavailable({ reason: problem, remedy }: RuntimeObstacle): BackendUnavailableError {
  return new BackendUnavailableError({ subject: 'onnx', problem, remedy });
}
