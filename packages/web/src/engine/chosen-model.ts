import { blobSource, type Host, pinnedUrl } from '@diffir/core';
import { downloadModel } from '../download/download-model';
import type { DownloadProgress } from '../restorer/options';
import type { CallHooks, ModelChoice } from './engine';

interface ChosenModel {
  /** What the core calls it. */
  readonly model?: string;
  readonly host: Host;
}

/** A choice of weights in the core's terms, and the way to their bytes. */
export function chosenModel(
  choice: ModelChoice | undefined,
  hooks: CallHooks<DownloadProgress>,
): ChosenModel {
  const download = (location: string | URL, bytes?: number) =>
    downloadModel(new URL(location), { ...hooks, ...(bytes !== undefined && { bytes }) });
  switch (choice?.kind) {
    case undefined:
      return { host: { openSource: (location) => download(location) } };
    case 'name':
      return { model: choice.name, host: { openSource: (location) => download(location) } };
    case 'url':
      // Without the checksum, which is no part of its name.
      return {
        model: pinnedUrl(new URL(choice.url)).href,
        host: { openSource: () => download(choice.url, choice.bytes) },
      };
    case 'file':
      // With a slash, so that it is not taken for the name of a built-in model.
      return {
        model: `./${choice.name}`,
        host: { openSource: async () => blobSource(choice.name, choice.blob) },
      };
  }
}
