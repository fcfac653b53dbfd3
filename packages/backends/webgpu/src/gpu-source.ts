/** Why there is no WebGPU here and what would bring it. */
export interface GpuObstacle {
  readonly reason: string;
  readonly remedy?: string;
}

/** A WebGPU implementation ready to be asked for adapters. */
export interface OpenGpu {
  requestAdapter(options: GPURequestAdapterOptions): Promise<GPUAdapter | null>;
  /**
   * Makes the names of WebGPU's classes and constants global, as TensorFlow.js needs them while it runs.
   * @returns a function that takes them away again.
   */
  exposeNames(): () => void;
  /** Calls `construct` while `navigator.gpu` exists, as TensorFlow.js's constructor demands. */
  withNavigator<T>(construct: () => T): T;
}

/** Where WebGPU comes from: the browser, or Dawn in Node. */
export interface GpuSource {
  /** Loads what is needed, or says why it is in vain. Changes nothing global. */
  open(): Promise<OpenGpu | GpuObstacle>;
}

export function isObstacle(opened: OpenGpu | GpuObstacle): opened is GpuObstacle {
  return 'reason' in opened;
}
