import { UnknownIdError } from '@diffir/core';
import type { MetricRequest } from '../evaluation/metric-request';
import type { PixelSettings } from '../pixels/pixel-settings';
import { type ProtocolId, protocols } from './protocols';

export interface MetricRequestOptions {
  /** Gives each metric the settings it has in this protocol. */
  readonly protocol?: ProtocolId;
  /** Go before the protocol's, for metrics that compare pixels. */
  readonly pixels?: Partial<Pick<PixelSettings, 'channel' | 'border'>>;
}

/** What each name asks for; LPIPS is also named with its backbone. */
const named: Readonly<Record<string, MetricRequest>> = {
  psnr: { metric: 'psnr' },
  ssim: { metric: 'ssim' },
  lpips: { metric: 'lpips' },
  'lpips-alex': { metric: 'lpips', settings: { backbone: 'alex' } },
  'lpips-squeeze': { metric: 'lpips', settings: { backbone: 'squeeze' } },
  'lpips-vgg': { metric: 'lpips', settings: { backbone: 'vgg' } },
  dists: { metric: 'dists' },
  niqe: { metric: 'niqe' },
  fid: { metric: 'fid' },
};

/** The names that `requestMetrics` knows. */
export const metricNames: readonly string[] = Object.keys(named);

/**
 * Requests of metrics by their names. A metric that the protocol measures has the settings it has there. PSNR
 * and SSIM compare the same pixels in every table, so one that a protocol leaves out takes them from the other;
 * everything else has its defaults.
 * @throws UnknownIdError for a name that is none of `metricNames`
 */
export function requestMetrics(
  names: readonly string[],
  { protocol, pixels = {} }: MetricRequestOptions = {},
): MetricRequest[] {
  const table = protocol === undefined ? [] : protocols[protocol].metrics;
  return names.map((name) => {
    const request = named[name];
    if (request === undefined) throw new UnknownIdError('metric', name, metricNames);
    return withSettings(request, table, pixels);
  });
}

/** The columns of a protocol's table. */
export function requestTable(
  protocol: ProtocolId,
  pixels: MetricRequestOptions['pixels'] = {},
): MetricRequest[] {
  const table = protocols[protocol].metrics;
  return table.map((request) => withSettings(request, table, pixels));
}

function withSettings(
  request: MetricRequest,
  table: readonly MetricRequest[],
  pixels: Partial<PixelSettings>,
): MetricRequest {
  if (comparesPixels(request)) {
    const same = table.find((other) => other.metric === request.metric) ?? table.find(comparesPixels);
    return { metric: request.metric, settings: { ...same?.settings, ...pixels } };
  }
  if (request.settings !== undefined) return request;
  return table.find((other) => other.metric === request.metric) ?? request;
}

type PixelRequest = Extract<MetricRequest, { readonly metric: 'psnr' | 'ssim' }>;

function comparesPixels(request: MetricRequest): request is PixelRequest {
  return request.metric === 'psnr' || request.metric === 'ssim';
}
