import { contiguousStrides } from '../tensor-geometry';
import { elementCount } from '../values/stored-types';
import { bytesToWrite, checkNames, type TensorToWrite, type WriteOptions } from '../write/tensor-to-write';
import { PickleWriter } from './pickle-writer';
import { storageClass } from './torch-types';

const folder = 'archive/';

/**
 * Writes a checkpoint as `torch.save` does, piece by piece, with one tensor in memory at a time: an
 * OrderedDict of tensors, each with a storage of its own unless it shares another's. With metadata, it lies under `params` in a dict
 * with the metadata's strings beside it. The same tensors give the same bytes.
 * @throws {CheckpointError} if names repeat or a tensor's bytes do not fit its shape
 */
export async function* writePth(
  tensors: Iterable<TensorToWrite>,
  { metadata }: WriteOptions = {},
): AsyncGenerator<Uint8Array> {
  const named = [...tensors];
  checkNames(named);
  // Loaded here, as most programs write no such file.
  const zip = createZip(await import('@zip.js/zip.js/lib/zip-core-custom.js'));
  yield* zip.add('data.pkl', createPickle(named, metadata));
  yield* zip.add('byteorder', new TextEncoder().encode('little'));
  for (const [index, tensor] of named.entries()) {
    if (tensor.sameAs === undefined) yield* zip.add(`data/${index}`, await bytesToWrite(tensor));
  }
  yield* zip.add('version', new TextEncoder().encode('3\n'));
  yield* zip.finish();
}

interface ZipOutput {
  /** Adds a file and gives out what has come of it so far. */
  add(name: string, bytes: Uint8Array): AsyncGenerator<Uint8Array>;
  finish(): AsyncGenerator<Uint8Array>;
}

type ZipLibrary = typeof import('@zip.js/zip.js/lib/zip-core-custom.js');

function createZip({ Uint8ArrayReader, ZipWriter }: ZipLibrary): ZipOutput {
  let chunks: Uint8Array[] = [];
  const writer = new ZipWriter(
    new WritableStream<Uint8Array>({
      write(chunk) {
        chunks.push(chunk);
      },
    }),
    {
      level: 0,
      useWebWorkers: false,
      // The first day that a zip file can name: the same checkpoint must be the same file.
      rawLastModDate: 0x00210000,
      extendedTimestamp: false,
      // Values begin at multiples of 64 bytes, as in torch's own files, so that they can be mapped.
      usdz: true,
    },
  );

  function takeChunks(): Uint8Array[] {
    const taken = chunks;
    chunks = [];
    return taken;
  }

  return {
    async *add(name, bytes) {
      await writer.add(folder + name, new Uint8ArrayReader(bytes));
      yield* takeChunks();
    },
    async *finish() {
      await writer.close();
      yield* takeChunks();
    },
  };
}

function createPickle(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  const pickle = new PickleWriter();
  if (metadata === undefined) return addStateDict(pickle, tensors).finish();
  pickle.instruct('}(').text('params');
  addStateDict(pickle, tensors);
  for (const [name, value] of Object.entries(metadata)) pickle.text(name).text(value);
  return pickle.instruct('u').finish();
}

function addStateDict(pickle: PickleWriter, tensors: readonly TensorToWrite[]): PickleWriter {
  pickle.global('collections', 'OrderedDict').instruct(')R(');
  const storages = new Map(tensors.map(({ name }, index) => [name, index]));
  for (const [index, tensor] of tensors.entries()) {
    const storage = tensor.sameAs === undefined ? index : (storages.get(tensor.sameAs) ?? index);
    addTensor(pickle.text(tensor.name), tensor, storage);
  }
  return pickle.instruct('u');
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)`. */
function addTensor(pickle: PickleWriter, { dtype, shape }: TensorToWrite, index: number): void {
  pickle.global('torch._utils', '_rebuild_tensor_v2').instruct('(');
  pickle.instruct('(').text('storage').global('torch', storageClass(dtype)).text(String(index));
  pickle.text('cpu').count(elementCount(shape)).instruct('tQ');
  pickle.count(0).counts(shape).counts(contiguousStrides(shape)).instruct('\x89');
  pickle.global('collections', 'OrderedDict').instruct(')RtR');
}
