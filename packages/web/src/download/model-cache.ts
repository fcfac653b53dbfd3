/** Only ever holds files whose checksum was right. */
const CACHE = 'diffir-models';
const HASH_HEADER = 'x-diffir-sha256';

/** The kept file of an address, if it is kept under this checksum. */
export async function cachedModel(
  href: string,
  sha256: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await (await openCache())?.match(href);
  if (response?.headers.get(HASH_HEADER) !== sha256) return undefined;
  return new Uint8Array(await response.arrayBuffer());
}

/** Keeps a file that was checked. Where the browser has no room for it, it is fetched again the next time. */
export async function keepModel(href: string, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const cache = await openCache();
  await cache?.put(href, new Response(bytes, { headers: { [HASH_HEADER]: sha256 } })).catch(ignoreQuota);
}

export async function forgetModel(href: string): Promise<void> {
  await (await openCache())?.delete(href);
}

/** Undefined on pages that are not secure and in windows that keep nothing. */
async function openCache(): Promise<Cache | undefined> {
  if (!('caches' in globalThis)) return undefined;
  return caches.open(CACHE).catch(() => undefined);
}

function ignoreQuota(error: unknown): void {
  if (error instanceof DOMException) return;
  throw error;
}
