import { describe, expect, it } from 'vitest';
import { CheckpointError } from './checkpoint-error';
import { DiffIRError } from './diffir-error';
import { OutOfMemoryError } from './out-of-memory-error';
import { fromPlainError, toPlainError } from './plain-error';
import { UnknownIdError } from './unknown-id-error';

/** What arrives in another thread. */
const sent = (error: unknown) => fromPlainError(structuredClone(toPlainError(error)));

describe('an error sent to another thread', () => {
  it('keeps its class, what it says, where it was thrown, and why', () => {
    const cause = new TypeError('no such byte');
    const error = new CheckpointError({
      subject: 'a.pth',
      problem: 'is damaged',
      remedy: 'get another',
      cause,
    });
    const arrived = sent(error);
    expect(arrived).toBeInstanceOf(CheckpointError);
    expect(arrived.message).toBe('a.pth: is damaged; get another');
    expect(arrived.stack).toBe(error.stack);
    expect(arrived).toMatchObject({ details: { subject: 'a.pth', problem: 'is damaged' } });
    expect(arrived.cause).toMatchObject({ name: 'TypeError', message: 'no such byte' });
    expect(OutOfMemoryError.isInstance(arrived)).toBe(false);
  });

  it('knows the known ids', () => {
    const arrived = sent(new UnknownIdError('task', 'paint', ['sr', 'deblur']));
    expect(arrived).toBeInstanceOf(UnknownIdError);
    expect(arrived).toMatchObject({ kind: 'task', known: ['sr', 'deblur'] });
    expect(arrived.message).toBe('paint: unknown task; known: deblur, sr');
  });

  it('of a class unknown here is recognised by its name', () => {
    class LensError extends DiffIRError {
      static override readonly errorName: string = 'LensError';
    }
    expect(LensError.isInstance(sent(new LensError({ problem: 'dust' })))).toBe(true);
  });

  it('of any other kind, and what is no error, keeps its message', () => {
    expect(sent(new RangeError('too far'))).toMatchObject({ name: 'RangeError', message: 'too far' });
    expect(DiffIRError.isInstance(sent(new RangeError('too far')))).toBe(false);
    expect(sent('just text').message).toBe('just text');
  });
});
