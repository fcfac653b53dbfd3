import { extname, join, resolve } from 'node:path';
import { OptionError } from '@diffir/core';
import { exists, outputExists } from '../../io/write-atomically';
import type { EvalFlags } from './command';

/** The kinds of report, by the extension of their files. */
const reportKinds = ['html', 'md', 'csv', 'json'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** A report file to be written. */
export interface ReportTarget {
  readonly kind: ReportKind;
  /** Absolute path. */
  readonly path: string;
  /** How messages call it. */
  readonly name: string;
}

/**
 * The report files: all kinds in the output folder, which is this command's own, and those asked for by name.
 * @throws OptionError for a name that says no kind of report
 * @throws OutputError where a file named by --report exists and is not to be replaced
 */
export async function reportTargets(
  { output, report = [], overwrite }: Pick<EvalFlags, 'output' | 'report' | 'overwrite'>,
  cwd: string,
): Promise<readonly ReportTarget[]> {
  const inFolder = output === undefined ? [] : reportKinds.map((kind) => join(output, `report.${kind}`));
  const targets = [...inFolder, ...report].map((name) => ({
    kind: kindOf(name),
    path: resolve(cwd, name),
    name,
  }));
  for (const { path, name } of targets.slice(inFolder.length)) {
    if (overwrite !== true && (await exists(path))) {
      throw outputExists(name, 'use --overwrite, or another name');
    }
  }
  return targets;
}

function kindOf(name: string): ReportKind {
  const kind = reportKinds.find((each) => extname(name).toLowerCase() === `.${each}`);
  if (kind !== undefined) return kind;
  throw new OptionError({
    subject: name,
    problem: 'its name says no kind of report',
    remedy: 'use .html, .md, .csv or .json',
  });
}
