import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { toPlainError } from '@diffir/core';
import type { ProcessAnswer, ProcessRequest } from './process-protocol';

/** One pass: how long it took, and its output in N,C,H,W if that is asked for. */
export interface Pass {
  readonly seconds: number;
  readonly counters?: Readonly<Record<string, number>>;
  output(): Promise<Float32Array> | Float32Array;
}

/** What a process that serves passes has made ready. */
export interface PassServer {
  readonly device: string;
  forward(): Promise<Pass>;
  /** Default: the peak of this process. */
  peakBytes?(): Promise<number>;
  end?(): Promise<void>;
}

/**
 * Answers requests by `process-protocol` until stdin ends. Errors are answers too; after one while
 * starting, the process is done.
 */
export async function serveForwards(start: () => Promise<PassServer>): Promise<void> {
  let server: PassServer;
  try {
    server = await start();
  } catch (error) {
    return write({ error: toPlainError(error) });
  }
  write({ ready: server.device });
  for await (const line of createInterface({ input: process.stdin })) {
    write(await answerTo(server, JSON.parse(line)));
  }
  await server.end?.();
}

async function answerTo(server: PassServer, { outputFile }: ProcessRequest): Promise<ProcessAnswer> {
  try {
    const pass = await server.forward();
    if (outputFile !== undefined) await writeFile(outputFile, bytesOf(await pass.output()));
    const { seconds, counters } = pass;
    const peakBytes = await (server.peakBytes?.() ?? ownPeakBytes());
    return { seconds, peakBytes, ...(counters && { counters }) };
  } catch (error) {
    return { error: toPlainError(error) };
  }
}

/** Node reports kilobytes on every platform. */
function ownPeakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function write(answer: ProcessAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
