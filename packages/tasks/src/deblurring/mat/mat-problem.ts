import { OptionError } from '@diffir/core';

/** The error for a file that cannot be read as a MATLAB 5 file of blur kernels. */
export function matProblem(problem: string, cause?: unknown): OptionError {
  return new OptionError({ problem, remedy: 'give a MATLAB 5 file (.mat) of blur kernels', cause });
}
