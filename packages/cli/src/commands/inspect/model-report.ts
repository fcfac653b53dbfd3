import {
  type Checkpoint,
  type CheckpointInspection,
  describeDifferences,
  fits,
  type Json,
  type ModelBlueprint,
  ModelMismatchError,
} from '@diffir/core';
import { indent, table } from '../../text/layout';
import { formatCount, formatMagnitude } from '../../text/units';
import { type FileReport, fileReport, fileRows } from './file-report';

/** What `diffir inspect --json` prints of a known architecture. */
export interface ModelReport extends FileReport {
  /** The pretrained model that the file is, if it is one. */
  readonly pretrained: string | null;
  readonly architecture: string;
  readonly purpose: string;
  /** Published presets of the same options. */
  readonly presets: readonly string[];
  readonly tasks: readonly string[];
  readonly scale: number;
  readonly parameters: number;
  /** Multiply–accumulates of one image of `size` pixels in height and width. */
  readonly macs: { readonly size: number; readonly count: number };
  readonly options: { readonly [name: string]: Json };
  readonly missing: readonly string[];
  readonly leftOver: readonly string[];
  readonly misshapen: CheckpointInspection['differences']['misshapen'];
}

interface InspectedModel {
  readonly report: ModelReport;
  /** Set when its parameters do not fit. */
  readonly problem?: ModelMismatchError;
}

/** What a file was recognised as. */
export type Recognition = Pick<ModelReport, 'pretrained' | 'presets'>;

export function modelReport(
  checkpoint: Checkpoint,
  inspection: CheckpointInspection,
  recognition: Recognition,
): InspectedModel {
  const { blueprint, parameterCount, differences } = inspection;
  const { architecture, purpose, tasks, scale } = blueprint.descriptor;
  const report: ModelReport = {
    ...fileReport(checkpoint),
    ...recognition,
    architecture,
    purpose,
    tasks,
    scale,
    parameters: parameterCount,
    macs: macsOf(blueprint),
    options: blueprint.options,
    ...differences,
  };
  if (fits(differences)) return { report };
  const problem = new ModelMismatchError({
    subject: checkpoint.name,
    problem: `its parameters do not fit ${architecture}: ${describeDifferences(differences)}`,
    remedy: 'use an unmodified checkpoint',
  });
  return { report, problem };
}

/** The sizes that published figures are for. */
function macsOf({ descriptor, macs }: ModelBlueprint): ModelReport['macs'] {
  const size = descriptor.scale === 1 ? 256 : 64;
  return { size, count: macs(size, size) };
}

export function modelAsText(report: ModelReport): string {
  const { architecture, tasks, scale, parameters, macs, options, pretrained } = report;
  const shapes = report.misshapen.map(
    ({ name, found, expected }) => `${name} ${found}, expected ${expected}`,
  );
  return [
    table([
      ...fileRows(report),
      ...(pretrained === null ? [] : [['pretrained model', pretrained]]),
      ['architecture', architecture],
      ['purpose', purposeText(report)],
      ['tasks', tasks.join(', ') || 'none'],
      ['scale', `×${scale}`],
      ['parameters', formatCount(parameters)],
      ['MACs', `${formatMagnitude(macs.count)} at ${macs.size}×${macs.size}`],
    ]),
    'options',
    indent(table(Object.entries(options).map(([name, value]) => [name, optionText(value)]))),
    nameList('missing', report.missing),
    nameList('left over', report.leftOver),
    nameList('misshapen', shapes),
  ].join('\n');
}

function purposeText({ purpose, presets }: ModelReport): string {
  return presets.length === 0 ? purpose : `${purpose} (published preset ${presets.join(' or ')})`;
}

function optionText(value: Json): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function nameList(title: string, names: readonly string[]): string {
  return names.length === 0 ? `${title}: none` : `${title}: ${names.length}\n${indent(names.join('\n'))}`;
}
