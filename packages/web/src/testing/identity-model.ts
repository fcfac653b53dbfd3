import { writeSafetensors } from '@diffir/core';

/** A checkpoint that the plugin `page/identity-plugin` recognises: its network changes nothing. */
export async function identityModel(): Promise<Buffer> {
  const marker = { name: 'identity', dtype: 'u8', shape: [1], bytes: async () => new Uint8Array(1) } as const;
  const pieces: Uint8Array[] = [];
  for await (const piece of writeSafetensors([marker])) pieces.push(piece);
  return Buffer.concat(pieces);
}
