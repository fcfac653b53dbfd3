import { scalar, setBackend } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { substitute } from './substitute';

beforeAll(() => setBackend('cpu'));

it('substitute replaces inputs wherever they stand and leaves everything else', () => {
  const [a, b, c, other] = [scalar(1), scalar(2), scalar(3), scalar(4)];
  const put = substitute({ first: a, second: b }, { first: other });
  expect(put(a)).toBe(other);
  expect(put({ kind: 'WithBias', norm: { weight: a, bias: b }, c, none: undefined })).toEqual({
    kind: 'WithBias',
    norm: { weight: other, bias: b },
    c,
    none: undefined,
  });
});
