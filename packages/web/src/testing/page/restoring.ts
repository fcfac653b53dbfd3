import { createRestorer, type RestorerOptions } from '../../index';
import { fromPlain, type PlainImage, plain } from '../test-image';

export type PlainOptions = Pick<RestorerOptions, 'backend' | 'thread' | 'task'> & { readonly model?: string };

/** Restores samples, and a file of the same picture. */
export async function restoreBoth(given: {
  readonly options: PlainOptions;
  readonly image: PlainImage;
  readonly address: string;
}) {
  const restorer = await createRestorer(given.options);
  try {
    const { backend, backendReason, task, model } = restorer;
    const fromSamples = plain(await restorer.restore(fromPlain(given.image)));
    const file = await (await fetch(given.address)).blob();
    const fromFile = plain(await restorer.restore(file));
    return { fromSamples, fromFile, backend, backendReason, task, scale: model.scale };
  } finally {
    await restorer.dispose();
  }
}
