import { describe, expect, it } from 'vitest';
import { resultName, saveFormats } from './file-name';

const [png, jpeg] = saveFormats;

describe('the name of a result', () => {
  it.each([
    ['IMG_1.HEIC', 'IMG_1-restored.png'],
    ['a.b.jpeg', 'a.b-restored.png'],
    ['scan', 'scan-restored.png'],
    ['.png', 'photo-restored.png'],
  ])('of %s is %s', (photo, result) => {
    expect(resultName(photo, png)).toBe(result);
  });

  it('ends as its format', () => {
    expect(resultName('a.png', jpeg ?? png)).toBe('a-restored.jpg');
  });
});
