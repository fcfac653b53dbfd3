import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors/checkpoint-error';
import { bytesSource } from './bytes-source';
import { recogniseFormat } from './recognise-format';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const recognise = (text: string) => recogniseFormat(bytesSource('a.bin', latin1(text)));
const safetensors = (json: string) => `${String.fromCharCode(json.length)}\0\0\0\0\0\0\0${json}`;

describe('recogniseFormat', () => {
  it('goes by the content, whatever the name', async () => {
    expect(await recognise('PK\x03\x04 and so on')).toBe('zip');
    expect(await recognise('\x80\x02\x8a\x0a and so on')).toBe('legacy');
    expect(await recognise(safetensors('{}      '))).toBe('safetensors');
  });

  it('knows a safetensors header whose length looks like the start of a pickle', async () => {
    expect(await recognise(safetensors(`{}${' '.repeat(0x80 - 2)}`))).toBe('safetensors');
  });

  it.each([
    ['\x89PNG\r\n\x1a\n', 'a.bin: not a checkpoint (starts with 89 50 4e 47, a PNG image?); give a .pth'],
    ['<!DOCTYPE html>', 'a.bin: not a checkpoint (starts with 3c 21 44 4f, a web page?); download the file'],
    ['version https://git-lfs.github.com/spec/v1', 'a Git LFS pointer?); download the file itself'],
    ['\x1f\x8b\x08', 'a.bin: not a checkpoint (starts with 1f 8b 08, a gzip archive?); unpack it first'],
    ['hello', 'a.bin: not a checkpoint (starts with 68 65 6c 6c); give a .pth, .ckpt or .safetensors file'],
    [`\xff${safetensors('{}').slice(1)}`, 'not a checkpoint (starts with ff 00 00 00)'],
    [
      `${'\0'.repeat(257)}ustar\x0000`,
      'a torch file in the tar form of before 2017, which is not supported; load',
    ],
    ['', 'a.bin: an empty file; give a .pth, .ckpt or .safetensors file'],
  ])('says what else it looks like: %j', async (text, message) => {
    await expect(recognise(text)).rejects.toThrow(CheckpointError);
    await expect(recognise(text)).rejects.toThrow(message);
  });
});
