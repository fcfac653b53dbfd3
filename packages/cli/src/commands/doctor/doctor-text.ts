import type { BackendLimits } from '@diffir/core';
import { indent, table } from '../../text/layout';
import { formatBytes } from '../../text/units';
import type { BackendReport, DoctorReport } from './examine';

/** A report for people. */
export function doctorAsText({ versions, backends, auto, plugins, tasks, models }: DoctorReport): string {
  const sections: [string, string][] = [
    ['versions', table(Object.entries(versions).map(([name, version]) => [name, version]))],
    ['backends, best first', backends.map(backendText).join('\n')],
    ['auto takes', auto === null ? 'nothing: no backend runs here' : auto.reason],
    ['plugins', plugins.join('\n')],
    ['tasks', table(tasks.map(({ id, description }) => [id, description]))],
    ['pretrained models', models.join('\n') || 'none'],
  ];
  return sections.map(([title, body]) => `${title}\n${indent(body)}`).join('\n\n');
}

function backendText(backend: BackendReport): string {
  if (backend.available) {
    const emulated = backend.software ? ' (emulates a GPU on the CPU: slow, never taken by auto)' : '';
    return `${mark(true)} ${backend.id}: ${backend.device}${emulated}; ${limitsText(backend.limits)}`;
  }
  const remedy = backend.remedy === undefined ? '' : `; ${backend.remedy}`;
  return `${mark(false)} ${backend.id}: ${backend.reason}${remedy}`;
}

function mark(works: boolean): string {
  return works ? 'works ' : 'absent';
}

function limitsText({ maxTensorBytes, maxMemoryBytes }: BackendLimits): string {
  const tensor = `tensors up to ${formatBytes(maxTensorBytes)}`;
  return maxMemoryBytes === undefined ? tensor : `${tensor}, ${formatBytes(maxMemoryBytes)} in all`;
}
