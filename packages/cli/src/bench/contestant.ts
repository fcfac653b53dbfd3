/** What one forward pass took. */
export interface Measurement {
  readonly seconds: number;
  /** Most resident memory the contestant's process has had since it started, in bytes. */
  readonly peakBytes: number;
  /** Other counts a backend can tell of a pass, like `dispatches` of a GPU. */
  readonly counters?: Readonly<Record<string, number>>;
}

export interface ForwardOptions {
  /** Where to write the pass's output as little-endian float32, N,C,H,W. */
  readonly outputFile?: string;
}

/** Something that computes one fixed forward pass whenever asked, and nothing in between. */
export interface Contestant {
  readonly name: string;
  /** What does the work, for the reader. */
  readonly device: string;
  /** @throws what kept the pass from being computed; the contestant is of no use then */
  forward(options?: ForwardOptions): Promise<Measurement>;
  /** Frees everything. */
  end(): Promise<void>;
}
