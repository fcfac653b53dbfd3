import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnnxModel, OnnxTensor } from './model-file/onnx-model';
import { writeOnnxModel } from './model-file/write-onnx-model';
import { type HandedOver, type HandOver, handOverInMemory, outside } from './session/hand-over';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder';

const WEIGHTS_FILE = 'weights';

/** Tensors begin where processors like to read. */
const ALIGNMENT = 64;

/** Less is not worth a file. */
const WORTHWHILE_BYTES = 2 ** 20;

/**
 * Weights in a temporary file, which onnxruntime maps into memory and leaves when it has laid them out as it
 * wants them: it copies nothing before, and JavaScript has no more than one of them ready at a time. The
 * file is removed when the session is there, or could not be made. Little
 * is handed over in memory, and all where no such file can be written.
 */
export const handOverInFile: HandOver = async (model, create) => {
  const written = await writeWeights(model);
  if (written === undefined) return handOverInMemory(model, create);
  const { bytes, folder } = written;
  const options = { extra: { session: { model_external_initializers_file_folder_path: folder.path } } };
  let session: HandedOver['session'];
  try {
    session = await create(bytes, options);
  } catch (error) {
    await folder.remove();
    throw error;
  }
  const removed = await tryToRemove(folder);
  return {
    session,
    async release() {
      await session.release();
      if (!removed) await folder.remove();
    },
  };
};

interface WrittenModel {
  /** The .onnx file, which says where in the folder's file the weights are. */
  readonly bytes: Uint8Array;
  readonly folder: TemporaryFolder;
}

/** Undefined where there is little to write or the file system does not take it: disks are full, or read-only. */
async function writeWeights(model: OnnxModel): Promise<WrittenModel | undefined> {
  const placed: { tensor: OnnxTensor; offset: number }[] = [];
  let end = 0;
  const place = outside((_, tensor) => {
    const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = offset + tensor.byteLength;
    placed.push({ tensor, offset });
    return { location: WEIGHTS_FILE, offset };
  });
  const bytes = writeOnnxModel(model, place);
  if (end < WORTHWHILE_BYTES) return undefined;
  const folder = await makeTemporaryFolder().catch(() => undefined);
  if (folder === undefined) return undefined;
  try {
    const file = await open(join(folder.path, WEIGHTS_FILE), 'wx');
    try {
      for (const { tensor, offset } of placed) await file.write(tensor.data(), 0, tensor.byteLength, offset);
    } finally {
      await file.close();
    }
    return { bytes, folder };
  } catch {
    await folder.remove();
    return undefined;
  }
}

/** Windows keeps files that are mapped into memory; there it goes with the session. */
function tryToRemove(folder: TemporaryFolder): Promise<boolean> {
  return folder.remove().then(
    () => true,
    () => false,
  );
}
