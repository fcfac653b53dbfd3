/** What the command's exit code means; part of its interface. */
export const exitCodes = {
  done: 0,
  /** Some inputs failed, or a check did not hold; the rest is done. */
  failed: 1,
  usage: 2,
  unusableModel: 3,
  noBackend: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
