import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Image } from '@diffir/core';
import { encodePhoto } from '../io/encode-photo';
import { fileErrorCode } from '../io/file-errors';
import { writeAtomically } from '../io/write-atomically';
import { sha256 } from './content-hash';

/** Keeps restored images as PNG files, which lose nothing. */
export interface ImageStore {
  /** Writes an image and gives the hash of its file. @throws OutputError when it cannot be written */
  write(place: ImagePlace, image: Image, signal?: AbortSignal): Promise<string>;
  /** The file, if it is there with this hash. */
  read(place: ImagePlace, hash: string): Promise<Uint8Array | undefined>;
}

/** Whose result of which pair. */
interface ImagePlace {
  readonly contestant: string;
  /** The name of the pair. */
  readonly pair: string;
}

/** Images below a folder: `restored/<contestant>/<pair>.png`. */
export function imageStore(folder: string): ImageStore {
  const pathOf = ({ contestant, pair }: ImagePlace) =>
    join(folder, 'restored', folderName(contestant), `${pair.replace(/\.[^./]*$/, '')}.png`);
  return {
    async write(place, image, signal) {
      const path = pathOf(place);
      const file = await encodePhoto({ image, metadata: {} }, { format: 'png' }, path);
      await writeAtomically(path, file, { overwrite: true, ...(signal && { signal }) });
      return sha256(file);
    },
    async read(place, hash) {
      const file = await readFile(pathOf(place)).catch((error: unknown) => {
        if (['ENOENT', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) return undefined;
        throw error;
      });
      return file !== undefined && sha256(file) === hash ? file : undefined;
    },
  };
}

const SHORT_HASH = 8;

/** A model's name as that of a folder; different for different names. */
function folderName(contestant: string): string {
  const plain = contestant.replace(/[^\w.-]+/g, '_').replace(/^[._]+/, '');
  return plain === contestant ? plain : `${plain.slice(-60)}-${sha256(contestant).slice(0, SHORT_HASH)}`;
}
