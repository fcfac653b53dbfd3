import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressState } from './progress';

function stream(isTTY: boolean) {
  let text = '';
  const writable = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: Object.assign(writable, { isTTY, columns: 100 }), text: () => text };
}

const state = (image: number, name: string, seconds?: number): ProgressState => ({
  part: image / 4,
  name,
  image,
  images: 2,
  secondsLeft: () => seconds,
});

describe('createProgress', () => {
  it('draws no bar on a pipe', async () => {
    const pipe = stream(false);
    const progress = await createProgress(pipe.stream);
    progress.show(state(1, 'a.png'));
    progress.log('a line');
    progress.stop();
    expect(pipe.text()).toBe('a line\n');
  });

  it('draws a bar on a terminal, with lines above it, and takes it away', async () => {
    const terminal = stream(true);
    const progress = await createProgress(terminal.stream);
    progress.log('before');
    progress.show(state(1, 'a.png'));
    progress.log('between');
    progress.show(state(2, 'b.png', 89.5));
    progress.stop();
    const text = terminal.text();
    expect(text).toMatch(/^before\n/);
    expect(text).toMatch(/█{6}░{18} image 1\/2 · ETA – · a\.png/);
    expect(text).toContain('between\n');
    expect(text).toMatch(/█{12}░{12} image 2\/2 · ETA 1m30s · b\.png/);
    const clearLine = '\u001b[2K';
    expect(text.lastIndexOf(clearLine)).toBeGreaterThan(text.lastIndexOf('b.png'));
  });

  it.each([
    [10.2, '11s'],
    [9.91, '10s'],
    [9.85, '9.9s'],
    [2.31, '2.4s'],
    [0, '0.0s'],
  ])(
    'tells %d seconds that are left as %s: of few, a whole one would be a large part',
    async (left, text) => {
      const terminal = stream(true);
      const progress = await createProgress(terminal.stream);
      progress.show(state(1, 'a.png', left));
      progress.stop();
      expect(terminal.text()).toContain(` ETA ${text} `);
    },
  );

  it('draws none when it is to be quiet', async () => {
    const terminal = stream(true);
    const progress = await createProgress(terminal.stream, { quiet: true });
    progress.show(state(1, 'a.png'));
    progress.stop();
    expect(terminal.text()).toBe('');
  });
});
