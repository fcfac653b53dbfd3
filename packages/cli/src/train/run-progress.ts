import type { RunLogRecord } from '@diffir/training';
import type { TextStream } from '../context';
import { formatDuration } from '../text/format-duration';

/** Tells someone how training goes. */
export interface RunProgress {
  /** After every iteration; shown on a terminal only. */
  step(iteration: number, loss: number): void;
  /** What was logged. */
  record(record: RunLogRecord): void;
  line(text: string): void;
  /** Takes the live line away. */
  stop(): void;
}

export interface RunProgressOptions {
  readonly stream: TextStream;
  readonly iterations: number;
  readonly quiet: boolean;
}

/** A live line on a terminal, and everywhere a line for each record. */
export function createRunProgress({ stream, iterations, quiet }: RunProgressOptions): RunProgress {
  const live = stream.isTTY === true && !quiet;
  const clear = () => {
    if (live) stream.write('\r\u001b[K');
  };
  let speed = 0;
  const line = (text: string) => {
    clear();
    if (!quiet) stream.write(`${text}\n`);
  };
  const left = (iteration: number) =>
    speed > 0 ? ` · ETA ${formatDuration((iterations - iteration) / speed)}` : '';
  return {
    step(iteration, loss) {
      if (!live) return;
      clear();
      stream.write(`iteration ${iteration}/${iterations} · loss ${loss.toFixed(5)}${left(iteration)}`);
    },
    record(record) {
      if (record.kind === 'training') speed = record.iterationsPerSecond;
      line(`iteration ${record.iteration}/${iterations} · ${describe(record)}${left(record.iteration)}`);
    },
    line,
    stop: clear,
  };
}

function describe(record: RunLogRecord): string {
  if (record.kind === 'validation') {
    const input = record.inputPsnr === undefined ? '' : `, input ${record.inputPsnr.toFixed(3)} dB`;
    return `validation ${record.measure ?? 'PSNR'} ${record.psnr.toFixed(3)} dB${input}`;
  }
  const { losses, learningRate, iterationsPerSecond } = record;
  const parts = Object.entries(losses).map(([name, value]) => `${name} ${value.toFixed(5)}`);
  return [
    ...parts,
    `rate ${learningRate.toExponential(2)}`,
    `${iterationsPerSecond.toPrecision(3)} it/s`,
  ].join(' · ');
}
