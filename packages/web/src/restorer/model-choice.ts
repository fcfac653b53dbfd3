import type { ModelChoice } from '../engine/engine';
import type { ModelURL, RestorerOptions } from './options';

/** What the user calls the model, so that it can be sent to a worker; addresses become absolute. */
export function modelChoice(model: NonNullable<RestorerOptions['model']>): ModelChoice {
  if (model instanceof Blob) return { kind: 'file', name: fileName(model), blob: model };
  if (model instanceof URL) return { kind: 'url', url: model.href };
  if (typeof model === 'object') return pinnedChoice(model);
  return isAddress(model) ? { kind: 'url', url: absolute(model) } : { kind: 'name', name: model };
}

function pinnedChoice({ url, sha256, bytes }: ModelURL): ModelChoice {
  const address = new URL(absolute(url));
  if (sha256 !== undefined) address.hash = `sha256=${sha256}`;
  return { kind: 'url', url: address.href, ...(bytes !== undefined && { bytes }) };
}

function fileName(blob: Blob): string {
  return blob instanceof File && blob.name !== '' ? blob.name : 'model file';
}

/** Whether a string is an address rather than a name. */
function isAddress(model: string): boolean {
  return /[\\/]|\.(pth|pt|ckpt|safetensors|bin)$/i.test(model);
}

/** Relative addresses start from the page's, wherever they are used. */
export function absolute(address: string | URL): string {
  return new URL(address, globalThis.document?.baseURI ?? globalThis.location.href).href;
}
