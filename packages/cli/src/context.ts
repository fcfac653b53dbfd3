/** A stream the command writes text to. */
export type TextStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** What surrounds a run of the command; a process or a test. */
export interface CliContext {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Show stacks of errors. */
  readonly debug: boolean;
}
