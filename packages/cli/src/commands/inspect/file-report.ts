import type { Checkpoint } from '@diffir/core';

/** Where in a file the parameters were found. */
export interface FileReport {
  readonly file: string;
  readonly format: string;
  /** Which nested state dict or prefix was taken. */
  readonly taken: string;
  /** What else the file holds. */
  readonly siblings: readonly string[];
}

export function fileReport({ name, format, selection, siblings }: Checkpoint): FileReport {
  return { file: name, format, taken: selection, siblings };
}

const formatNames: Readonly<Record<string, string>> = {
  zip: 'PyTorch (zip)',
  legacy: 'PyTorch (before 1.6)',
};

export function fileRows({ file, format, taken, siblings }: FileReport): string[][] {
  return [
    ['file', file],
    ['format', formatNames[format] ?? format],
    ['taken', taken],
    ...(siblings.length > 0 ? [['beside it', siblings.join(', ')]] : []),
  ];
}
