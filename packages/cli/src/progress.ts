import type { SingleBar } from 'cli-progress';
import type { TextStream } from './context';

/** The image whose turn it is. */
interface Turn {
  readonly name: string;
  /** Counted from 1. */
  readonly image: number;
  readonly total: number;
}

/** Tells someone at a terminal how far the work is. */
export interface Progress {
  begin(turn: Turn): void;
  /** The current image is done to this part, 0 to 1. */
  update(part: number): void;
  /** A line of text, above the bar where there is one. */
  log(line: string): void;
  /** Takes the bar away. */
  stop(): void;
}

/** A bar on a terminal; elsewhere, where only lines have a meaning, or when `quiet`, none. */
export async function createProgress(stream: TextStream, { quiet = false } = {}): Promise<Progress> {
  return stream.isTTY === true && !quiet ? progressBar(stream) : linesOnly(stream);
}

function linesOnly(stream: TextStream): Progress {
  return { begin() {}, update() {}, log: (line) => void stream.write(`${line}\n`), stop() {} };
}

/** Which image it is, and how long the rest will take. */
async function progressBar(stream: TextStream): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} image {image}/{total} · ETA {eta_formatted} · {name}',
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    forceRedraw: true,
    // The command has its own answer to Ctrl-C.
    gracefulExit: false,
  });
  return overBar(bar, stream);
}

function overBar(bar: SingleBar, stream: TextStream): Progress {
  let done: number | undefined;
  return {
    begin({ name, image, total }) {
      if (done === undefined) bar.start(total, 0, { image, name });
      done = image - 1;
      bar.update(done, { image, name });
      // Computing may keep the timer that draws from running.
      bar.render();
    },
    update: (part) => bar.update((done ?? 0) + part),
    log(line) {
      stream.write(done === undefined ? `${line}\n` : `\r\u001b[K${line}\n`);
      if (done !== undefined) bar.render();
    },
    stop: () => bar.stop(),
  };
}
