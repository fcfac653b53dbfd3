import { CheckpointError } from '../../errors/checkpoint-error';

/** A pickle goes on beyond the bytes at hand; with more of the file it may be complete. */
export class TruncatedPickleError extends CheckpointError {
  /** Number of bytes, counted from the start of the pickle, without which reading cannot go on. */
  readonly needed: number;

  constructor(subject: string, needed: number) {
    super({
      subject,
      problem: 'damaged: ends in the middle of its pickled part',
      remedy: 'download or copy the file again',
    });
    this.needed = needed;
  }
}
