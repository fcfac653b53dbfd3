import type { LpipsBackbone } from '../lpips/lpips-network';
import type { Samples } from '../pair-distance/pair-distance';
import type { PixelSettings } from '../pixels/pixel-settings';
import type { WeightFileId } from '../weights/weight-files';

/** A metric with the settings it is wanted with; plain data. What is not given has the metric's default. */
export type MetricRequest =
  | { readonly metric: 'psnr' | 'ssim'; readonly settings?: Partial<PixelSettings> }
  | {
      readonly metric: 'lpips';
      readonly settings?: { readonly backbone?: LpipsBackbone; readonly samples?: Samples };
    }
  | { readonly metric: 'dists' | 'fid'; readonly settings?: { readonly samples?: Samples } }
  | { readonly metric: 'niqe'; readonly settings?: Partial<Pick<PixelSettings, 'border'>> };

/** The weight file a metric reads, if it reads one. */
export function weightFileOf(request: MetricRequest): WeightFileId | undefined {
  switch (request.metric) {
    case 'psnr':
    case 'ssim':
      return undefined;
    case 'lpips':
      return `lpips-${request.settings?.backbone ?? 'alex'}`;
    case 'dists':
    case 'niqe':
      return request.metric;
    case 'fid':
      return 'inception-fid';
  }
}
