import type { Options, Params } from 'cli-progress';
import type { TextStream } from './context';
import { formatDuration } from './text/format-duration';

/** How far the work is. */
export interface ProgressState {
  /** Part of all the work, 0 to 1. */
  readonly part: number;
  /** Image that was begun last, and which of how many is being worked on, counted from 1. */
  readonly name: string;
  readonly image: number;
  readonly images: number;
  /** Seconds that the rest will take, as far as that can be told; asked whenever the bar is drawn. */
  readonly secondsLeft: () => number | undefined;
}

/** Tells someone at a terminal how far the work is. */
export interface Progress {
  show(state: ProgressState): void;
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
  return { show() {}, log: (line) => void stream.write(`${line}\n`), stop() {} };
}

/** Which image it is, and how long the rest will take. */
async function progressBar(stream: TextStream): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  const { BarFormat } = cliProgress.Format;
  const bar = new cliProgress.SingleBar({
    stream,
    format: (options: Options, { progress }: Params, { image, images, name, secondsLeft }: ProgressState) => {
      const left = secondsLeft();
      const eta = left === undefined ? '–' : formatTimeLeft(left);
      return `${BarFormat(progress, options)} image ${image}/${images} · ETA ${eta} · ${name}`;
    },
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    forceRedraw: true,
    // The command has its own answer to Ctrl-C.
    gracefulExit: false,
  });
  let started = false;
  return {
    show(state) {
      if (!started) bar.start(1, 0, state);
      started = true;
      bar.update(state.part, state);
      // Computing may keep the timer that draws from running.
      bar.render();
    },
    log(line) {
      stream.write(started ? `\r\u001b[K${line}\n` : `${line}\n`);
      if (started) bar.render();
    },
    stop: () => bar.stop(),
  };
}

/** Below this many seconds a whole one more or less would be a large part of them. */
const SECONDS_WITH_TENTHS = 10;

function formatTimeLeft(seconds: number): string {
  const tenths = Math.ceil(seconds * 10) / 10;
  return tenths < SECONDS_WITH_TENTHS ? `${tenths.toFixed(1)}s` : formatDuration(seconds);
}
