/** What is logged of a run, one record at a time. */
export type RunLogRecord = TrainingRecord | ValidationRecord;

/** How training went over the iterations since the last such record. */
export interface TrainingRecord {
  readonly kind: 'training';
  readonly iteration: number;
  /** Means over these iterations. */
  readonly losses: Readonly<Record<string, number>>;
  readonly gradientNorm: number;
  /** Of the last iteration. */
  readonly learningRate: number;
  readonly iterationsPerSecond: number;
  /** When it was written, ISO 8601. */
  readonly time: string;
}

/** What a validation found. */
export interface ValidationRecord {
  readonly kind: 'validation';
  readonly iteration: number;
  /** What `psnr` is, for people. Default: PSNR of RGB. */
  readonly measure?: string;
  /** Mean over the pictures in dB. */
  readonly psnr: number;
  /** The same of the LQ pictures. */
  readonly inputPsnr?: number;
  readonly images: readonly { readonly name: string; readonly psnr: number }[];
  readonly seconds: number;
  readonly time: string;
}
