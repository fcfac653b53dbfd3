import { BackendUnavailableError, DiffIRError, OutOfMemoryError } from '@diffir/core';

/** Collects what a device reports behind the caller's back. */
export interface DeviceErrors {
  /**
   * Throws what has been reported since the last call, if anything.
   * @throws OutOfMemoryError, BackendUnavailableError (device lost) or DiffIRError.
   */
  throwPending(): void;
}

/**
 * Listens to a device's errors. WebGPU reports a failed allocation or an invalid command as an event and
 * carries on with an invalid object; all that is computed from it is garbage. The first error of a chain
 * is its cause, unless a later one says that memory ran out.
 */
export function watchDevice(device: GPUDevice): DeviceErrors {
  let pending: DiffIRError | undefined;
  let lost: DiffIRError | undefined;

  device.addEventListener('uncapturederror', (event) => {
    // It is reported by `throwPending`; the default action prints it as well.
    event.preventDefault();
    const error = toTypedError('error' in event ? event.error : event);
    if (pending === undefined || OutOfMemoryError.isInstance(error)) pending = error;
  });
  device.lost.then(({ reason, message }) => {
    if (reason === 'destroyed') return;
    lost = new BackendUnavailableError({
      subject: 'webgpu',
      problem: `the GPU device was lost: ${firstLine(message) || 'no reason given'}`,
      remedy: 'start again, with smaller tiles if it happens again, or use another backend',
    });
  });

  return {
    throwPending: () => {
      const error = lost ?? pending;
      pending = undefined;
      if (error !== undefined) throw error;
    },
  };
}

function toTypedError(error: unknown): DiffIRError {
  const message = firstLine(hasMessage(error) ? error.message : String(error));
  // By name: in Node the error classes belong to a package that may not be there.
  if (hasMessage(error) && error.constructor.name === 'GPUOutOfMemoryError') {
    return new OutOfMemoryError({
      subject: 'webgpu',
      problem: `the GPU is out of memory: ${message}`,
      remedy: 'use smaller tiles or another backend',
      cause: error,
    });
  }
  return new DiffIRError({
    subject: 'webgpu',
    problem: `the GPU rejected a command: ${message}`,
    remedy: 'use another backend',
    cause: error,
  });
}

function hasMessage(error: unknown): error is { readonly message: string } & object {
  return (
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
  );
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
