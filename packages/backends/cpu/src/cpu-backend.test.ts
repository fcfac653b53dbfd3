import { describeBackend } from '@diffir/core/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { cpuBackend } from './cpu-backend';

describe('cpu backend', () => {
  it('keeps the advice to install tfjs-node off the console', async () => {
    const warn = vi.spyOn(console, 'warn');
    await cpuBackend.start();
    await tf.setBackend('cpu');
    tf.tensor1d([1]).dispose();
    expect(warn).not.toHaveBeenCalled();
  });
});

describeBackend(cpuBackend, { describe, it, expect });
