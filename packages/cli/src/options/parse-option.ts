import { InvalidArgumentError } from 'commander';
import { type NumberRule, numberRules, parseBytes, parseNumber } from './option-rules';

/** A parser for commander that refuses what breaks the rule. */
export function numberBy(rule: NumberRule): (text: string) => number {
  return (text) => accepted(rule, parseNumber(text));
}

/** A parser for `auto` or a number. */
export function autoOr(rule: NumberRule): (text: string) => number | 'auto' {
  return (text) => (text === 'auto' ? text : accepted(rule, parseNumber(text)));
}

/** Parses a number of bytes with a unit. */
export function byteCount(text: string): number {
  return accepted(numberRules.maxMemory, parseBytes(text));
}

function accepted(rule: NumberRule, value: number): number {
  if (rule.accepts(value)) return value;
  throw new InvalidArgumentError(`It must be ${rule.says}.`);
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
