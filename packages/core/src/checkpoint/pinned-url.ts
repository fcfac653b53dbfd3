import { CheckpointError } from '../errors/checkpoint-error';

/** An address, and the content that it must give where that is known. */
export interface PinnedUrl {
  /** Without its fragment. */
  readonly href: string;
  /** SHA-256 of the content, as lower-case hexadecimal digits. */
  readonly sha256?: string;
}

/**
 * Reads the checksum off an address: `https://example.org/model.safetensors#sha256=<64 digits>`, which servers
 * never see.
 * @throws CheckpointError for a checksum that is none
 */
export function pinnedUrl(url: URL): PinnedUrl {
  const bare = new URL(url);
  bare.hash = '';
  const [, given] = /^#sha256=(.*)$/i.exec(url.hash) ?? [];
  if (given === undefined) return { href: bare.href };
  if (/^[0-9a-f]{64}$/i.test(given)) return { href: bare.href, sha256: given.toLowerCase() };
  throw new CheckpointError({
    subject: bare.href,
    problem: `"${given}" is no SHA-256`,
    remedy: 'give 64 hexadecimal digits behind #sha256=',
  });
}
