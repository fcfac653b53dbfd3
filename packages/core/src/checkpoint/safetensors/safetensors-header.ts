import { CheckpointError } from '../../errors/checkpoint-error';
import { damaged, quoted } from '../checkpoint-problem';
import type { StoredType } from '../state-dict';
import { bytesPerValue, elementCount } from '../values/stored-types';
import { findStoredType } from './safetensors-types';

/** One tensor of a safetensors header. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** First byte and the one behind the last, counted from the end of the header. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Name of the entry that is no tensor but a map of strings. */
export const metadataName = '__metadata__';

/**
 * Reads a safetensors header, with all that the format demands: every tensor has as many bytes as its shape
 * and type take, and the tensors fill the rest of the file without gap or overlap.
 * @param json the header's bytes
 * @param dataLength number of bytes behind the header
 * @throws {CheckpointError}
 */
export function parseSafetensorsHeader(
  subject: string,
  json: Uint8Array,
  dataLength: number,
): SafetensorsHeader {
  const header = parseObject(subject, json);
  const { [metadataName]: metadata = {}, ...tensors } = header;
  const entries = Object.entries(tensors).map(([name, fields]) => parseEntry(subject, name, fields));
  checkLayout(subject, entries, dataLength);
  return { entries, metadata: parseMetadata(subject, metadata) };
}

function parseObject(subject: string, json: Uint8Array): object & { readonly [name: string]: unknown } {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
    if (isObject(header)) return header;
  } catch (cause) {
    throw damaged(subject, 'its header is not JSON', cause);
  }
  throw damaged(subject, 'its header is not a JSON object');
}

function parseEntry(subject: string, name: string, fields: unknown): SafetensorsEntry {
  if (!isObject(fields)) throw damaged(subject, `tensor ${quoted(name)} is not described`);
  const { dtype: typeName, shape, data_offsets: offsets } = fields;
  if (typeof typeName !== 'string') throw damaged(subject, `tensor ${quoted(name)} has no type`);
  if (!isCounts(shape)) throw damaged(subject, `tensor ${quoted(name)} has no shape`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw damaged(subject, `tensor ${quoted(name)} has no place`);
  }
  const dtype = findStoredType(typeName);
  if (dtype === undefined) {
    throw new CheckpointError({
      subject,
      problem: `tensor ${quoted(name)} has values of the type ${quoted(typeName)}, which is not supported`,
      remedy: 'convert it to float32 and save the file again',
    });
  }
  const [start = 0, end = 0] = offsets;
  if (end - start !== elementCount(shape) * bytesPerValue[dtype]) {
    throw damaged(subject, `tensor ${quoted(name)} has another length than its shape`);
  }
  return { name, dtype, shape, start, end };
}

function checkLayout(subject: string, entries: readonly SafetensorsEntry[], dataLength: number): void {
  const inOrder = [...entries].sort((a, b) => a.start - b.start || a.end - b.end);
  let next = 0;
  for (const { name, start, end } of inOrder) {
    if (start !== next) throw damaged(subject, `a gap or overlap before tensor ${quoted(name)}`);
    next = end;
  }
  if (next !== dataLength) {
    throw damaged(subject, `its tensors take ${next} bytes where the file has ${dataLength}`);
  }
}

function parseMetadata(subject: string, metadata: unknown): Record<string, string> {
  const entries = isObject(metadata) ? Object.entries(metadata) : undefined;
  if (entries === undefined) throw damaged(subject, 'its metadata are not strings');
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value !== 'string') throw damaged(subject, 'its metadata are not strings');
      return [name, value];
    }),
  );
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((value) => Number.isSafeInteger(value) && value >= 0);
}
