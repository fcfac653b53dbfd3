import { type BackendDefinition, definePlugin } from '@diffir/core';
import { type GivenRuntimeOptions, givenRuntime, noRuntime } from './given-runtime';
import { onnxBackendOver } from './onnx-backend';

export { type ExportOptions, exportOnnx, startExporter } from './export-onnx';
export type { GivenRuntimeOptions } from './given-runtime';

/**
 * The ONNX backend over an onnxruntime of the caller's.
 * @example
 * const backend = createOnnxBackend({ load: () => import('onnxruntime-web') });
 */
export function createOnnxBackend(options: GivenRuntimeOptions): BackendDefinition {
  return onnxBackendOver(givenRuntime(options));
}

/** The ONNX backend by itself; in a page it says that it needs an onnxruntime. */
export const onnxBackend: BackendDefinition = onnxBackendOver(noRuntime);

/** The ONNX backend as a plugin. */
export const onnxPlugin = definePlugin({ name: '@diffir/backend-onnx', backends: [onnxBackend] });

/**
 * In Node: removes at once what the process's threads keep in temporary folders, for a process that is about to end
 * by a signal. A page has none.
 */
export function removeTemporaryFolders(): void {}
