import { describe, expect, it } from 'vitest';
import { CheckpointError } from './checkpoint-error';
import { DiffIRError } from './diffir-error';
import { ImageError } from './image-error';
import { UnknownIdError } from './unknown-id-error';

describe('DiffIRError', () => {
  it('says subject, problem and remedy in one line', () => {
    const error = new ImageError({ subject: 'a.jpg', problem: 'cut\n  short', remedy: 'copy it again' });
    expect(error.message).toBe('a.jpg: cut short; copy it again');
    expect(error.name).toBe('ImageError');
  });

  it('keeps its cause', () => {
    const cause = new Error('below');
    expect(new DiffIRError({ problem: 'above', cause }).cause).toBe(cause);
  });

  it('recognises its kind and its parents’ kind only', () => {
    const error = new CheckpointError({ problem: 'damaged' });
    expect(CheckpointError.isInstance(error)).toBe(true);
    expect(DiffIRError.isInstance(error)).toBe(true);
    expect(ImageError.isInstance(error)).toBe(false);
    expect(DiffIRError.isInstance(new Error('other'))).toBe(false);
    expect(DiffIRError.isInstance(undefined)).toBe(false);
  });

  it('lists what is known where an id is not', () => {
    expect(new UnknownIdError('task', 'x', ['b', 'a']).message).toBe('x: unknown task; known: a, b');
    expect(new UnknownIdError('task', 'x', []).message).toBe('x: unknown task; no task is installed');
  });
});
