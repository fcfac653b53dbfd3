import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asSharp, testImage } from './testing/images';
import { runInFolder } from './testing/run-cli';
import { simpleNetwork } from './testing/simple-network';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();
/** What the first answer sends before it stalls. */
const FIRST_BYTES = 10;

let server: Server | undefined;
afterEach(() => {
  vi.unstubAllEnvs();
  server?.close();
  server?.closeAllConnections();
});

/** Sends a little of the file and stalls; what is asked for later it sends. */
async function serve(content: Buffer, onStalled: () => void): Promise<string> {
  const stall = (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, FIRST_BYTES), () => setTimeout(onStalled, 300));
  };
  const goOn = ({ headers }: IncomingMessage, response: ServerResponse) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? Number.NaN);
    const range = `bytes ${start}-${content.length - 1}/${content.length}`;
    response.writeHead(206, { 'content-range': range }).end(content.subarray(start));
  };
  let asked = 0;
  const started = createServer((request, response) => {
    if (asked++ === 0) stall(response);
    else goOn(request, response);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return `http://127.0.0.1:${port}/identity.safetensors#sha256=${sha256}`;
}

const commands = {
  eval: ['--gt', 'gt', '--lq', 'gt'],
  restore: ['gt/a.png', '-o', 'out.png', '--overwrite'],
};

describe.each(['eval', 'restore'] as const)('diffir %s with a model to download', (command) => {
  it('stops on Ctrl-C while nothing comes, keeps what has come, and goes on from there', async () => {
    vi.stubEnv('DIFFIR_CACHE', folder.file('cache'));
    await mkdir(folder.file('gt'));
    await asSharp(testImage()).png().toFile(folder.file('gt', 'a.png'));
    const interrupted = new AbortController();
    const network = await simpleNetwork('identity', folder.path);
    const url = await serve(await readFile(folder.file('identity.safetensors')), () => interrupted.abort());
    const model = network.map((argument) => (argument === 'identity.safetensors' ? url : argument));
    const argv = [command, ...commands[command], ...model];
    // The answer never ends, so that a command that waits for it runs out of the test's time.
    const broken = await runInFolder(argv, { cwd: folder.path, signal: interrupted.signal });
    expect(broken).toEqual({ code: 130, stdout: '', stderr: 'diffir: interrupted\n' });
    const [part] = await readdir(folder.file('cache', 'models'));
    expect(part).toMatch(/-identity\.safetensors\.part$/);
    expect(await readFile(folder.file('cache', 'models', part ?? ''))).toHaveLength(FIRST_BYTES);
    // No terminal, no bar.
    expect(await runInFolder(argv, { cwd: folder.path })).toMatchObject({ code: 0, stderr: '' });
    expect(await readdir(folder.file('cache', 'models'))).toEqual([part?.replace(/\.part$/, '')]);
  });
});
