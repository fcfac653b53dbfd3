import { BackendUnavailableError, DiffIRError, OutOfMemoryError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { watchDevice } from './device-errors';

class GPUValidationError {
  constructor(readonly message: string) {}
}
class GPUOutOfMemoryError {
  constructor(readonly message: string) {}
}

/** A device as far as `watchDevice` listens. */
function fakeDevice(lost: Promise<{ reason: string; message: string }> = new Promise(() => {})) {
  const target = new EventTarget();
  const device: GPUDevice = Object.assign(Object.create(null), {
    lost,
    addEventListener: target.addEventListener.bind(target),
  });
  const report = (error: object) => {
    const event = Object.assign(new Event('uncapturederror', { cancelable: true }), { error });
    target.dispatchEvent(event);
    return event;
  };
  return { device, report };
}

describe('watchDevice', () => {
  it('has nothing to say about a healthy device', () => {
    expect(() => watchDevice(fakeDevice().device).throwPending()).not.toThrow();
  });

  it('reports a rejected command once, by its cause and in one line', () => {
    const { device, report } = fakeDevice();
    const errors = watchDevice(device);
    const event = report(new GPUValidationError('buffer too large\n - While calling createBuffer'));
    report(new GPUValidationError('invalid bind group'));
    expect(event.defaultPrevented).toBe(true);
    expect(() => errors.throwPending()).toThrow('webgpu: the GPU rejected a command: buffer too large; use');
    expect(() => errors.throwPending()).not.toThrow();
  });

  it('gives running out of memory precedence over what follows from it', () => {
    const { device, report } = fakeDevice();
    const errors = watchDevice(device);
    report(new GPUValidationError('invalid buffer'));
    report(new GPUOutOfMemoryError('1073741824 bytes'));
    report(new GPUValidationError('invalid bind group'));
    expect(() => errors.throwPending()).toThrow(OutOfMemoryError);
  });

  it('never forgets that the device is lost', async () => {
    const { device } = fakeDevice(Promise.resolve({ reason: 'unknown', message: 'driver reset' }));
    const errors = watchDevice(device);
    await Promise.resolve();
    expect(() => errors.throwPending()).toThrow('webgpu: the GPU device was lost: driver reset');
    expect(() => errors.throwPending()).toThrow(BackendUnavailableError);
  });

  it('takes no notice of a device destroyed on purpose', async () => {
    const { device } = fakeDevice(Promise.resolve({ reason: 'destroyed', message: '' }));
    const errors = watchDevice(device);
    await Promise.resolve();
    expect(() => errors.throwPending()).not.toThrow(DiffIRError);
  });
});
