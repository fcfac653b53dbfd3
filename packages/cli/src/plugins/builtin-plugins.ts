import { cpuPlugin } from '@diffir/backend-cpu';
import { nodePlugin } from '@diffir/backend-node';
import { onnxPlugin } from '@diffir/backend-onnx';
import { wasmPlugin } from '@diffir/backend-wasm';
import { webgpuPlugin } from '@diffir/backend-webgpu';
import type { Plugin } from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { tasksPlugin } from '@diffir/tasks';

/** What is installed without asking; installed like any other plugin. */
export const builtinPlugins: readonly Plugin[] = [
  modelsPlugin,
  tasksPlugin,
  webgpuPlugin,
  onnxPlugin,
  nodePlugin,
  wasmPlugin,
  cpuPlugin,
];
