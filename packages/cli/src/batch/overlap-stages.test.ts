import { describe, expect, it } from 'vitest';
import { type OverlapOptions, overlapStages } from './overlap-stages';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

interface Setup extends Partial<OverlapOptions<string, string>> {
  readonly jobs?: readonly string[];
}

/** Stages that end when told: `end('restore a')` or `end('restore a', error)`. */
function staged({ jobs = ['a', 'b', 'c', 'd'], ...options }: Setup = {}) {
  const underWay = new Map<string, (error?: unknown) => void>();
  const log: string[] = [];
  const stage = (name: string) => (job: string) =>
    new Promise<string>((resolve, reject) => {
      log.push(`${name} ${job}`);
      underWay.set(`${name} ${job}`, (error) => {
        underWay.delete(`${name} ${job}`);
        if (error === undefined) resolve(job);
        else reject(error);
      });
    });
  const outcome = overlapStages(
    jobs,
    { decode: stage('decode'), restore: stage('restore'), write: stage('write') },
    {
      restoring: 1,
      weightOf: () => 1,
      mostWeight: 100,
      signal: new AbortController().signal,
      onDone: (job) => log.push(`done ${job}`),
      onFailed: (job, error) => log.push(`failed ${job}: ${error}`),
      ...options,
    },
  );
  let ended: unknown = 'under way';
  outcome.then(
    () => {
      ended = 'all';
    },
    (reason: unknown) => {
      ended = reason;
    },
  );
  return {
    log,
    underWay: () => [...underWay.keys()].sort(),
    ended: () => ended,
    async end(name: string, error?: unknown) {
      const finish = underWay.get(name);
      if (finish === undefined) throw new RangeError(`${name} is not under way`);
      finish(error);
      await turn();
    },
  };
}

describe('stages that overlap', () => {
  it('decode the next while one is restored and the one before is written', async () => {
    const { end, underWay, log, ended } = staged();
    expect(underWay()).toEqual(['decode a']);
    await end('decode a');
    expect(underWay()).toEqual(['decode b', 'restore a']);
    await end('decode b');
    // One ahead is enough.
    expect(underWay()).toEqual(['restore a']);
    await end('restore a');
    expect(underWay()).toEqual(['decode c', 'restore b', 'write a']);
    await end('decode c');
    await end('restore b');
    // What is slow to write holds up the rest: no results pile up.
    expect(underWay()).toEqual(['write a']);
    await end('write a');
    expect(underWay()).toEqual(['decode d', 'restore c', 'write b']);
    for (const rest of ['write b', 'restore c', 'write c', 'decode d', 'restore d']) await end(rest);
    expect(ended()).toBe('under way');
    await end('write d');
    expect(ended()).toBe('all');
    expect(log.filter((line) => line.startsWith('done'))).toEqual(['done a', 'done b', 'done c', 'done d']);
  });

  it('restore two at once, which may overtake each other', async () => {
    const { end, underWay, log } = staged({ restoring: 2, jobs: ['a', 'b', 'c', 'd', 'e'] });
    await end('decode a');
    await end('decode b');
    await end('decode c');
    expect(underWay()).toEqual(['restore a', 'restore b']);
    await end('restore b');
    expect(underWay()).toEqual(['decode d', 'restore a', 'restore c', 'write b']);
    await end('write b');
    expect(log).toContain('done b');
    expect(log).not.toContain('done a');
  });

  it('hold no more in memory than they may, and what is too heavy by itself', async () => {
    const weights: Readonly<Record<string, number>> = { a: 40, b: 50, c: 200, d: 10 };
    const { end, underWay } = staged({ weightOf: (job) => weights[job] ?? 0 });
    await end('decode a');
    expect(underWay()).toEqual(['decode b', 'restore a']);
    await end('decode b');
    await end('restore a');
    await end('write a');
    // Beside b there is no room for c, nor is c overtaken.
    expect(underWay()).toEqual(['restore b']);
    await end('restore b');
    expect(underWay()).toEqual(['write b']);
    await end('write b');
    expect(underWay()).toEqual(['decode c']);
    await end('decode c');
    expect(underWay()).toEqual(['restore c']);
    await end('restore c');
    expect(underWay()).toEqual(['write c']);
    await end('write c');
    expect(underWay()).toEqual(['decode d']);
  });

  it.each(['decode', 'restore', 'write'])('go on when one fails to %s', async (failing) => {
    const { end, log, ended } = staged({ jobs: ['a', 'b'], mostWeight: 1 });
    for (const stage of ['decode', 'restore', 'write']) {
      await end(`${stage} a`, stage === failing ? 'damaged' : undefined);
      if (stage === failing) break;
    }
    for (const stage of ['decode b', 'restore b', 'write b']) await end(stage);
    expect(log.filter((line) => /^(done|failed)/.test(line))).toEqual(['failed a: damaged', 'done b']);
    expect(ended()).toBe('all');
  });

  it('start nothing more once interrupted, and end when nothing is being restored or written', async () => {
    const controller = new AbortController();
    const { end, underWay, log, ended } = staged({ signal: controller.signal, jobs: ['a', 'b', 'c', 'd'] });
    await end('decode a');
    await end('decode b');
    await end('restore a');
    expect(underWay()).toEqual(['decode c', 'restore b', 'write a']);
    controller.abort('enough');
    await end('restore b', 'enough');
    expect(ended()).toBe('under way');
    await end('write a');
    expect(ended()).toBe('enough');
    // What was finished in the meantime is told; reading a file cannot be stopped, but nothing comes of it.
    await end('decode c');
    expect(underWay()).toEqual([]);
    expect(log.filter((line) => /^(done|failed)/.test(line))).toEqual(['done a']);
  });

  it('do not wait for a file that is being read when interrupted', async () => {
    const controller = new AbortController();
    const { ended } = staged({ signal: controller.signal });
    controller.abort('enough');
    await turn();
    expect(ended()).toBe('enough');
  });

  it('end for an error that concerns all', async () => {
    const { end, ended, underWay } = staged({
      onFailed: (_, error) => {
        throw error;
      },
    });
    await end('decode a');
    await end('decode b');
    await end('restore a', 'backend gone');
    expect(ended()).toBe('backend gone');
    expect(underWay()).toEqual([]);
  });

  it('have nothing to do without jobs', async () => {
    const { ended } = staged({ jobs: [] });
    await turn();
    expect(ended()).toBe('all');
  });
});
