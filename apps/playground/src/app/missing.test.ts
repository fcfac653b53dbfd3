import { describe, expect, it } from 'vitest';
import { missingStep } from './missing';

describe('what is missing', () => {
  it('is told one step at a time', () => {
    expect(missingStep({ photo: false, model: false, mask: false })).toMatch(/photo/);
    expect(missingStep({ photo: true, model: false, mask: false })).toMatch(/model/);
    expect(missingStep({ photo: true, model: true, mask: false })).toMatch(/Paint/);
    expect(missingStep({ photo: true, model: true, mask: true })).toBeUndefined();
    expect(missingStep({ photo: true, model: true, mask: undefined })).toBeUndefined();
  });
});
