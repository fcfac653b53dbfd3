import { availableParallelism, totalmem } from 'node:os';
import { handOverInFile } from './hand-over-in-file';
import type { RuntimeObstacle, RuntimeSource } from './onnx-backend';
import { isOnnxRuntime, type RuntimeChoice } from './session/runtime';

/** Not a literal where it is imported, so that bundlers leave an optional package alone. */
const packageName = 'onnxruntime-node';

const missing: RuntimeObstacle = {
  reason: `the optional package ${packageName} is not installed`,
  remedy: `run \`npm install ${packageName}\``,
};

/** onnxruntime as the Node addon of `onnxruntime-node`. */
export const nodeRuntime: RuntimeSource = {
  limits: { maxTensorBytes: 2 ** 31 - 1, maxMemoryBytes: memoryBytes() },
  async find() {
    try {
      import.meta.resolve(packageName);
      return { device: describeDevice() };
    } catch {
      return missing;
    }
  },
  async load(): Promise<RuntimeChoice | RuntimeObstacle> {
    try {
      const module: unknown = await import(packageName);
      const runtime = isOnnxRuntime(module) ? module : defaultExport(module);
      if (isOnnxRuntime(runtime)) {
        return { runtime, provider: 'cpu', threads: availableParallelism(), handOver: handOverInFile };
      }
      return { reason: `the package ${packageName} is not onnxruntime`, remedy: missing.remedy };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return {
        reason: `the package ${packageName} does not load here: ${message.split('\n', 1)[0] ?? ''}`,
        remedy: `${missing.remedy} on this machine`,
      };
    }
  },
};

/** What the machine has, or as much of it as the process may take. */
function memoryBytes(): number {
  // 0 where nobody knows of a limit, and a number beyond all memory where there is none.
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

function describeDevice(): string {
  const threads = availableParallelism();
  return `CPU, ${threads} thread${threads === 1 ? '' : 's'}`;
}

/** CommonJS modules come as the default export. */
function defaultExport(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}
