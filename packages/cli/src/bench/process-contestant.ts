import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { DiffIRError, fromPlainError } from '@diffir/core';
import type { Contestant, ForwardOptions, Measurement } from './contestant';
import { type ProcessAnswer, parseAnswer } from './process-protocol';

export interface ProcessCommand {
  /** What reports call it. */
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the process when it aborts. */
  readonly signal?: AbortSignal;
}

/** How long a process may take to end by itself. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Starts a process that speaks `process-protocol`, and waits until it is ready. In a process of its own a
 * contestant's memory is its own, and none shares a thread pool or an allocator with another.
 * @throws DiffIRError when it ends before it is ready, or the error that it reports
 */
export async function startProcess(options: ProcessCommand): Promise<Contestant> {
  const { name, command, signal } = options;
  const child = spawn(command, [...options.arguments], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
    ...(signal && { signal }),
  });
  const answers = readAnswers(child, name);
  try {
    const first = await answers.next();
    if (!('ready' in first)) throw unexpected(name);
    return {
      name,
      device: first.ready,
      async forward(request: ForwardOptions = {}): Promise<Measurement> {
        child.stdin.write(`${JSON.stringify(request)}\n`);
        const answer = await answers.next();
        if ('seconds' in answer) return answer;
        throw unexpected(name);
      },
      end: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Waiting {
  resolve(answer: ProcessAnswer): void;
  reject(error: Error): void;
}

/** Hands out answers one by one; rejects for a reported error and when the process ends. */
function readAnswers(child: Child, name: string) {
  const waiting: Waiting[] = [];
  const early: ProcessAnswer[] = [];
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = parseAnswer(line);
    if (answer === undefined) return;
    const next = waiting.shift();
    if (next === undefined) early.push(answer);
    else next.resolve(answer);
  });
  child.on('error', (cause) => fail(ended(name, cause.message, cause)));
  child.on('close', (code, signal) => fail(ended(name, `it ended with ${signal ?? `code ${code}`}`)));
  // Writing to a process that is gone; its end is reported anyway.
  child.stdin.on('error', () => {});

  return {
    async next(): Promise<Exclude<ProcessAnswer, { error: unknown }>> {
      const answer = early.shift() ?? (await wait());
      if ('error' in answer) throw fromPlainError(answer.error);
      return answer;
    },
  };

  function wait(): Promise<ProcessAnswer> {
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }
}

async function end(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  const impatience = setTimeout(() => child.kill(), PATIENCE_MILLISECONDS);
  child.stdin.end();
  await exited;
  clearTimeout(impatience);
}

function ended(name: string, problem: string, cause?: unknown): DiffIRError {
  return new DiffIRError({ subject: name, problem, ...(cause !== undefined && { cause }) });
}

function unexpected(name: string): DiffIRError {
  return new DiffIRError({ subject: name, problem: 'its process gave an answer that was not asked for' });
}
