/** An ICC profile (version 2) for gray with a pure gamma, as small as colour engines accept. */
export function grayProfile(gamma: number): Uint8Array {
  const tags = [
    { name: 'desc', data: description('gray') },
    { name: 'cprt', data: bytes('text\0\0\0\0', 'none\0') },
    // D50, as all profiles are relative to.
    { name: 'wtpt', data: bytes('XYZ \0\0\0\0', uint32(0xf6d6), uint32(0x10000), uint32(0xd32d)) },
    { name: 'kTRC', data: bytes('curv\0\0\0\0', uint32(1), uint32(gamma * 256).subarray(2), '\0\0') },
  ];
  const start = 128 + 4 + tags.length * 12;
  const directory: Uint8Array[] = [uint32(tags.length)];
  const body: Uint8Array[] = [];
  let offset = start;
  for (const { name, data } of tags) {
    const padded = bytes(data, '\0'.repeat((4 - (data.length % 4)) % 4));
    directory.push(bytes(name, uint32(offset), uint32(data.length)));
    body.push(padded);
    offset += padded.length;
  }
  return bytes(header(offset), ...directory, ...body);
}

function header(size: number): Uint8Array {
  const fields = bytes(uint32(size), 'none', uint32(0x02100000), 'mntrGRAYXYZ ', '\0'.repeat(12), 'acsp');
  const illuminant = bytes(uint32(0xf6d6), uint32(0x10000), uint32(0xd32d));
  return bytes(
    fields,
    '\0'.repeat(68 - fields.length),
    illuminant,
    '\0'.repeat(128 - 68 - illuminant.length),
  );
}

function description(text: string): Uint8Array {
  return bytes('desc\0\0\0\0', uint32(text.length + 1), `${text}\0`, '\0'.repeat(78));
}

function bytes(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

function uint32(value: number): Uint8Array {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
