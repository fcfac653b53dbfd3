import { DiffIRError } from './diffir-error';

/** A model, task or backend id that nothing installed answers to; the message lists the known ones. */
export class UnknownIdError extends DiffIRError {
  static override readonly errorName: string = 'UnknownIdError';
  readonly kind: string;
  readonly known: readonly string[];

  constructor(kind: string, id: string, known: readonly string[]) {
    super({
      subject: id,
      problem: `unknown ${kind}`,
      remedy: known.length > 0 ? `known: ${[...known].sort().join(', ')}` : `no ${kind} is installed`,
    });
    this.kind = kind;
    this.known = known;
  }
}
