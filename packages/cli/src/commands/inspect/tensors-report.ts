import type { Checkpoint } from '@diffir/core';
import { elementCount } from '../../text/element-count';
import { indent, table } from '../../text/layout';
import { formatCount } from '../../text/units';
import { type FileReport, fileReport, fileRows } from './file-report';

/** What `diffir inspect --json` prints of an architecture nobody knows. */
export interface TensorsReport extends FileReport {
  readonly architecture: null;
  readonly tensors: number;
  readonly values: number;
  readonly dtypes: readonly string[];
  readonly first: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

const SHOWN = 8;

export function tensorsReport(checkpoint: Checkpoint): TensorsReport {
  const tensors = [...checkpoint.stateDict.values()];
  return {
    ...fileReport(checkpoint),
    architecture: null,
    tensors: tensors.length,
    values: tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0),
    dtypes: [...new Set(tensors.map(({ dtype }) => dtype))].sort(),
    first: [...checkpoint.stateDict].slice(0, SHOWN).map(([name, { shape }]) => ({ name, shape })),
  };
}

export function tensorsAsText(report: TensorsReport): string {
  const { tensors, values, dtypes, first } = report;
  const names = first.map(({ name, shape }) => [name, `[${shape.join(',')}]`]);
  return [
    table([
      ...fileRows(report),
      ['architecture', 'unknown'],
      ['tensors', formatCount(tensors)],
      ['values', formatCount(values)],
      ['dtypes', dtypes.join(', ')],
    ]),
    tensors > first.length ? `the first ${first.length} tensors` : 'tensors',
    indent(table(names)),
  ].join('\n');
}
