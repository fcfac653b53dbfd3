import { UnknownIdError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { protocols } from './protocols';
import { metricNames, requestMetrics, requestTable } from './request-metrics';

describe('requestMetrics', () => {
  it('gives a metric the settings it has in the protocol, in the order asked for', () => {
    const [psnr, lpips] = protocols['paper-sr'].metrics;
    expect(requestMetrics(['lpips', 'psnr'], { protocol: 'paper-sr' })).toEqual([lpips, psnr]);
    expect(requestMetrics(['lpips'], { protocol: 'paper-inpainting' })).toEqual([
      { metric: 'lpips', settings: { backbone: 'vgg', samples: '8-bit' } },
    ]);
  });

  it('compares the same pixels for SSIM as the protocol for PSNR', () => {
    const pixels = { channel: 'y', border: 4, samples: '8-bit' };
    expect(requestMetrics(['ssim'], { protocol: 'paper-sr' })).toEqual([
      { metric: 'ssim', settings: pixels },
    ]);
  });

  it('takes a backbone and pixels by name before the protocol', () => {
    const options = { protocol: 'paper-sr', pixels: { border: 0 } } as const;
    expect(requestMetrics(['lpips-squeeze', 'psnr'], options)).toEqual([
      { metric: 'lpips', settings: { backbone: 'squeeze' } },
      { metric: 'psnr', settings: { channel: 'y', border: 0, samples: '8-bit' } },
    ]);
  });

  it('leaves the defaults to the metrics without a protocol', () => {
    expect(requestMetrics(['psnr', 'niqe'])).toEqual([{ metric: 'psnr', settings: {} }, { metric: 'niqe' }]);
  });

  it('lists what it knows where it does not know a name', () => {
    expect(() => requestMetrics(['psnr', 'vmaf'])).toThrow(UnknownIdError);
    expect(() => requestMetrics(['vmaf'])).toThrow(new RegExp([...metricNames].sort().join(', ')));
  });
});

describe('requestTable', () => {
  it('is the table, but for pixels that are asked for', () => {
    expect(requestTable('paper-deblurring')).toEqual(protocols['paper-deblurring'].metrics);
    expect(requestTable('paper-deblurring', { channel: 'y' })[0]?.settings).toMatchObject({ channel: 'y' });
  });
});
