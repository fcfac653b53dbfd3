const marker = Symbol.for('diffir.error');

/** What every DiffIR error says: which thing, what is wrong with it, what to do about it. */
export interface ErrorDetails {
  /** The file, option, model or backend the error is about; first word of the message. */
  readonly subject?: string;
  /** What is wrong, in one clause without a full stop. */
  readonly problem: string;
  /** What the reader can do about it, in one clause without a full stop. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** Base of all errors DiffIR throws on purpose. The message is always a single line. */
export class DiffIRError extends Error {
  /** The class's name as a value that survives minification; subclasses give their own. */
  static readonly errorName: string = 'DiffIRError';
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(formatDetails(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.errorName;
    this.details = details;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Recognises errors of this class from any copy of this package, where `instanceof` would miss duplicates. */
  static isInstance<T extends DiffIRError>(
    this: { readonly errorName: string; readonly prototype: T },
    error: unknown,
  ): error is T {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the class it is called on, a subclass as a rule
    const { errorName } = this;
    if (!(error instanceof Error) || !(marker in error)) return false;
    return errorName === 'DiffIRError' || error.name === errorName;
  }
}

/** The one line an error shows: "subject: problem; remedy". */
function formatDetails({ subject, problem, remedy }: ErrorDetails): string {
  const what = subject === undefined ? problem : `${subject}: ${problem}`;
  const line = remedy === undefined ? what : `${what}; ${remedy}`;
  return line.replace(/\s*[\r\n]+\s*/g, ' ');
}
