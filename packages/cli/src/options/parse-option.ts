import { InvalidArgumentError } from 'commander';
import { type NumberRule, parseNumber } from './option-rules';

/** A parser for commander that refuses what breaks the rule. */
export function numberBy(rule: NumberRule): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (rule.accepts(value)) return value;
    throw new InvalidArgumentError(`It must be ${rule.says}.`);
  };
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
