import { describe, expect, it } from 'vitest';
import { startProcess } from './process-contestant';

/** Starts Node on a script. */
function start(script: string) {
  return startProcess({ name: 'script', command: process.execPath, arguments: ['-e', script] });
}

const answering = `
  console.log('hello');
  console.log('{"ready":"a device"}');
  let passes = 0;
  require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
    passes++;
    if (passes === 3) console.log(JSON.stringify({ error: { name: 'RangeError', message: 'too much' } }));
    else console.log(JSON.stringify({ seconds: passes, peakBytes: line.length }));
  });
`;

describe('startProcess', () => {
  it('asks for one pass at a time, and ends', async () => {
    const contestant = await start(answering);
    expect(contestant.device).toBe('a device');
    expect(await contestant.forward()).toEqual({ seconds: 1, peakBytes: 2 });
    expect(await contestant.forward({ outputFile: 'x' })).toEqual({ seconds: 2, peakBytes: 18 });
    await expect(contestant.forward()).rejects.toThrow('too much');
    await contestant.end();
    await expect(contestant.forward()).rejects.toThrow('script: it ended with code 0');
  });

  it('rejects with what keeps the process from starting', async () => {
    const error = { name: 'OptionError', message: 'x: y', details: { subject: 'size', problem: 'is odd' } };
    const script = `console.log('${JSON.stringify({ error })}')`;
    await expect(start(script)).rejects.toThrow('size: is odd');
    await expect(start('process.exit(3)')).rejects.toThrow('script: it ended with code 3');
    const missing = startProcess({ name: 'gone', command: 'no-such-command', arguments: [] });
    await expect(missing).rejects.toThrow('gone: spawn no-such-command ENOENT');
  });

  it('ends the process when it is interrupted', async () => {
    const interruption = new AbortController();
    const contestant = await startProcess({
      name: 'script',
      command: process.execPath,
      arguments: ['-e', `console.log('{"ready":""}'); setInterval(() => {}, 1000)`],
      signal: interruption.signal,
    });
    const pass = contestant.forward();
    interruption.abort();
    await expect(pass).rejects.toThrow('script: The operation was aborted');
    await contestant.end();
  });
});
