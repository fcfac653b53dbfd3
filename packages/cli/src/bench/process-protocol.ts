import type { PlainError } from '@diffir/core';
import type { ForwardOptions, Measurement } from './contestant';

/**
 * How a process that computes forward passes is spoken to: JSON, one object a line, so that contestants
 * may be written in any language. It says once that it is ready; each request on its stdin is answered by
 * one line on its stdout; it ends when its stdin does. Other lines on its stdout mean nothing.
 */
export type ProcessRequest = ForwardOptions;

export type ProcessAnswer = { readonly ready: string } | Measurement | { readonly error: PlainError };

/** An answer, or undefined for a line that is none. */
export function parseAnswer(line: string): ProcessAnswer | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch (error) {
    // Something else that a library printed.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
