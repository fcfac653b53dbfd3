import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress } from './progress';

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

describe('createProgress', () => {
  it('draws no bar on a pipe', async () => {
    const pipe = stream(false);
    const progress = await createProgress(pipe.stream);
    progress.begin({ name: 'a.png', image: 1, total: 2 });
    progress.update(0.5);
    progress.log('a line');
    progress.stop();
    expect(pipe.text()).toBe('a line\n');
  });

  it('draws a bar on a terminal, with lines above it, and takes it away', async () => {
    const terminal = stream(true);
    const progress = await createProgress(terminal.stream);
    progress.log('before');
    progress.begin({ name: 'a.png', image: 1, total: 2 });
    progress.log('between');
    progress.update(1);
    progress.begin({ name: 'b.png', image: 2, total: 2 });
    progress.stop();
    const text = terminal.text();
    expect(text).toMatch(/^before\n/);
    expect(text).toContain('image 1/2');
    expect(text).toContain('a.png');
    expect(text).toContain('between\n');
    expect(text).toMatch(/image 2\/2 · ETA \S+ · b\.png/);
    const clearLine = '\u001b[2K';
    expect(text.lastIndexOf(clearLine)).toBeGreaterThan(text.lastIndexOf('b.png'));
  });

  it('draws none when it is to be quiet', async () => {
    const terminal = stream(true);
    const progress = await createProgress(terminal.stream, { quiet: true });
    progress.begin({ name: 'a.png', image: 1, total: 1 });
    progress.stop();
    expect(terminal.text()).toBe('');
  });
});
