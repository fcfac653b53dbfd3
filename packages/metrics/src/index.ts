export { type Dists, type DistsOptions, type DistsScore, type DistsSettings, loadDists } from './dists/dists';
export { createEvaluation, type Evaluation, type EvaluationOptions } from './evaluation/create-evaluation';
export type { ImagePair } from './evaluation/meter';
export { type MetricRequest, weightFileOf } from './evaluation/metric-request';
export {
  createFeatureStatistics,
  type FeatureStatistics,
  type GaussianStatistics,
} from './fid/feature-statistics';
export { type Fid, type FidOptions, type FidScore, type FidSet, type FidSettings, loadFid } from './fid/fid';
export { frechetDistance } from './fid/frechet-distance';
export { readStatistics } from './fid/read-statistics';
export {
  type LoadedLpipsNetwork,
  type Lpips,
  type LpipsOptions,
  type LpipsScore,
  type LpipsSettings,
  loadLpips,
  loadLpipsNetwork,
} from './lpips/lpips';
export type { LpipsBackbone, LpipsNetwork } from './lpips/lpips-network';
export { type NiqeOptions, type NiqeScore, type NiqeSettings, niqe, niqeOfBatch } from './niqe/niqe';
export { type NiqeParameters, readNiqeParameters } from './niqe/niqe-parameters';
export { openNpz } from './npz/open-npz';
export type { PairDistance, Samples } from './pair-distance/pair-distance';
export { modCrop } from './pixels/mod-crop';
export type { PixelSettings } from './pixels/pixel-settings';
export { type Protocol, type ProtocolId, protocols } from './protocols/protocols';
export {
  type MetricRequestOptions,
  metricNames,
  requestMetrics,
  requestTable,
} from './protocols/request-metrics';
export { type PsnrScore, psnr } from './psnr/psnr';
export { psnrOfBatch } from './psnr/psnr-of-batch';
export { type MeanScore, meanScore, meanScores } from './score/mean-score';
export { type MetricFacts, type MetricId, metrics } from './score/metrics';
export { describeSettings, type Score, type ScoreSettings } from './score/score';
export { createSsim, type SsimScore, ssim } from './ssim/ssim';
export { ssimOfBatch } from './ssim/ssim-of-batch';
export type { SsimSettings } from './ssim/ssim-settings';
export { type BootstrapOptions, bootstrapMean, type Interval } from './statistics/bootstrap';
export { type Summary, summarize } from './statistics/summary';
export type { Weights } from './weights/merge-weights';
export { type OpenedWeights, openWeights } from './weights/open-weights';
export { missingWeights, type WeightFile, type WeightFileId, weightFiles } from './weights/weight-files';
