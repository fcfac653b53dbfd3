import type { Options, Params, SingleBar } from 'cli-progress';
import type { TextStream } from '../context';
import { formatBytes } from '../text/units';
import type { DownloadProgress } from './download-file';

/**
 * Shows on a terminal how far a download is; elsewhere, or when `quiet`, nothing. The bar goes when the download
 * ends, however it ends.
 * @returns what `DownloadOptions.onProgress` takes
 */
export async function downloadBar(
  stream: TextStream,
  { quiet = false } = {},
): Promise<(progress: DownloadProgress) => void> {
  if (stream.isTTY !== true || quiet) return () => {};
  const { default: cliProgress } = await import('cli-progress');
  const format = (options: Options, { progress }: Params, payload: DownloadProgress) =>
    `${cliProgress.Format.BarFormat(progress, options)} ${describeDownload(payload)}`;
  let bar: SingleBar | undefined;
  return (progress) => {
    const { bytesDone, bytesTotal, ended } = progress;
    if (bar === undefined) {
      bar = new cliProgress.SingleBar({
        stream,
        format,
        barsize: 24,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        clearOnComplete: true,
        forceRedraw: true,
        // The command has its own answer to Ctrl-C.
        gracefulExit: false,
      });
      // A length that is not known is taken for more than has come.
      bar.start(bytesTotal ?? Number.MAX_SAFE_INTEGER, bytesDone, progress);
    }
    bar.update(bytesDone, progress);
    if (!ended) return;
    bar.stop();
    bar = undefined;
  };
}

/** E.g. "1.5 of 6.1 MiB · model.safetensors". */
function describeDownload({ href, bytesDone, bytesTotal }: DownloadProgress): string {
  const name = new URL(href).pathname.split('/').at(-1) || href;
  const of = bytesTotal === undefined ? '' : ` of ${formatBytes(bytesTotal)}`;
  return `download ${formatBytes(bytesDone)}${of} · ${name}`;
}
