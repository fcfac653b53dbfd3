import { createOnnxBackend } from '@diffir/backend-onnx';
import { definePlugin } from '@diffir/core';
import { serveRestorer } from '../../serve-restorer';

/** An onnxruntime that the page brings along. */
async function load() {
  const runtime = await import('onnxruntime-web/wasm');
  runtime.env.wasm.wasmPaths = '/ort/';
  return runtime;
}

/** Makes the worker that calls this one that restores on it. */
export function serveWithOnnx(): void {
  serveRestorer({ plugins: [definePlugin({ name: 'onnx', backends: [createOnnxBackend({ load })] })] });
}
