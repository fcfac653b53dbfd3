import type { RunningBackend } from '../backend/backend';
import type { PixelSize } from './image-region';
import type { NetworkRunner } from './network-runner';
import type { ModelChoice } from './resolve-model';

/** What another thread needs to make the same network ready, and what the work costs. */
export interface RunnerSetup {
  readonly task: string;
  readonly model: ModelChoice;
  readonly backend: RunningBackend;
  /** Multiply–accumulates for an input of a size. */
  readonly macs: (height: number, width: number) => number;
  /** Computes on the restorer's own thread. */
  readonly local: NetworkRunner;
}

/** The work on one picture: the size of the network's padded input, and what it takes. */
export interface PictureWork extends PixelSize {
  /** Bytes that each of its requests takes, at most, where that is known. */
  readonly requestBytes?: number;
}

/** Decides for a restorer where the work on each picture is done. */
export interface RunnerChooser {
  choose(picture: PictureWork): NetworkRunner;
  /** Ends what was started. */
  dispose(): void;
}
