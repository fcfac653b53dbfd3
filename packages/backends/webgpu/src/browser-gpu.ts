import type { GpuSource } from './gpu-source';

/** WebGPU as pages and workers have it: `navigator.gpu`. */
export const browserGpu: GpuSource = {
  open: async () => {
    const gpu: GPU | undefined = globalThis.navigator?.gpu;
    if (gpu === undefined) {
      return {
        reason:
          globalThis.isSecureContext === false ? 'the page is not secure' : 'there is no navigator.gpu here',
        remedy:
          globalThis.isSecureContext === false
            ? 'serve it over https or from localhost'
            : 'use a browser with WebGPU and see that it is enabled',
      };
    }
    return {
      requestAdapter: (options) => gpu.requestAdapter(options),
      exposeNames: () => () => {},
      withNavigator: (construct) => construct(),
    };
  },
};
