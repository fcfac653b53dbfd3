import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnnxModel, OnnxTensor } from './model-file/onnx-model';
import { writeOnnxModel } from './model-file/write-onnx-model';
import { type HandedOver, type HandOver, handOverInMemory, outside } from './session/hand-over';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder';

const WEIGHTS_FILE = 'weights';

/** Tensors begin where processors like to read. */
const ALIGNMENT = 64;

/** Small tensors are written together up to this size: a call for each would take longer than what it writes. */
const PIECE_BYTES = 2 ** 20;

/** Less is not worth a file. */
const WORTHWHILE_BYTES = 2 ** 20;

/**
 * Weights in a temporary file, which onnxruntime maps into memory and leaves when it has laid them out as it
 * wants them: it copies nothing before, and JavaScript has few of them ready at a time. The file is removed
 * when the session is there, or could not be made. Little is handed over in memory, and all where no such
 * file can be written.
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
  const tensors: OnnxTensor[] = [];
  let end = 0;
  const place = outside((_, tensor) => {
    const offset = end;
    end += lengthInFile(tensor);
    tensors.push(tensor);
    return { location: WEIGHTS_FILE, offset };
  });
  const bytes = writeOnnxModel(model, place);
  if (end < WORTHWHILE_BYTES) return undefined;
  const folder = await makeTemporaryFolder().catch(() => undefined);
  if (folder === undefined) return undefined;
  try {
    await writeFile(join(folder.path, WEIGHTS_FILE), piecesOf(tensors), { flag: 'wx' });
    return { bytes, folder };
  } catch {
    await folder.remove();
    return undefined;
  }
}

function lengthInFile({ byteLength }: OnnxTensor): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}

/** The file's contents, of which little is ready at a time. */
function* piecesOf(tensors: readonly OnnxTensor[]): Generator<Uint8Array> {
  let together: OnnxTensor[] = [];
  let size = 0;
  for (const tensor of tensors) {
    together.push(tensor);
    size += lengthInFile(tensor);
    if (size < PIECE_BYTES) continue;
    yield pieceOf(together, size);
    together = [];
    size = 0;
  }
  yield pieceOf(together, size);
}

function pieceOf(tensors: readonly OnnxTensor[], size: number): Uint8Array {
  const piece = new Uint8Array(size);
  let offset = 0;
  for (const tensor of tensors) {
    piece.set(tensor.data(), offset);
    offset += lengthInFile(tensor);
  }
  return piece;
}

/** Windows keeps files that are mapped into memory; there it goes with the session. */
function tryToRemove(folder: TemporaryFolder): Promise<boolean> {
  return folder.remove().then(
    () => true,
    () => false,
  );
}
