import {
  BackendUnavailableError,
  CheckpointError,
  ImageError,
  ModelMismatchError,
  ModelUseError,
  OptionError,
  OutputError,
  PluginError,
  UnknownIdError,
} from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { exitCodeOfError } from './exit-code-of-error';

const details = { problem: 'x' };

describe('exitCodeOfError', () => {
  it.each([
    [new OptionError(details), 2],
    [new UnknownIdError('task', 'x', []), 2],
    [new UnknownIdError('backend', 'x', []), 2],
    [new UnknownIdError('model', 'x', []), 3],
    [new CheckpointError(details), 3],
    [new ModelMismatchError(details), 3],
    [new ModelUseError(details), 3],
    [new PluginError(details), 3],
    [new BackendUnavailableError(details), 4],
    [new OutputError(details), 1],
    [new ImageError(details), 1],
    [new TypeError('x'), 1],
  ])('%s gives %i', (error, code) => {
    expect(exitCodeOfError(error)).toBe(code);
  });
});
