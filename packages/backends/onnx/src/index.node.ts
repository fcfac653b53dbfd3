import { type BackendDefinition, definePlugin } from '@diffir/core';
import { nodeRuntime } from './node-runtime';
import { onnxBackendOver } from './onnx-backend';

export { type ExportOptions, exportOnnx, startExporter } from './export-onnx';
export type { GivenRuntimeOptions } from './given-runtime';
export { createOnnxBackend } from './index';
export { removeTemporaryFolders } from './temporary-folder';

/** The ONNX backend on the package `onnxruntime-node`. */
export const onnxBackend: BackendDefinition = onnxBackendOver(nodeRuntime);

/** The ONNX backend as a plugin. */
export const onnxPlugin = definePlugin({ name: '@diffir/backend-onnx', backends: [onnxBackend] });
