/**
 * Order of preference of the built-in backends. The gaps are for backends that come from elsewhere:
 * a native CPU runtime, say, belongs between `node` and `webgpu` or between `wasm` and `node`.
 */
export const backendRanks = {
  webgpu: 400,
  onnx: 350,
  node: 300,
  wasm: 200,
  cpu: 100,
} as const;
