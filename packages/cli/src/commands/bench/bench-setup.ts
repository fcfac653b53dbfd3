/** What a process that times one backend is told, as JSON in its first argument. */
export interface BenchSetup {
  readonly cwd: string;
  readonly plugins: readonly string[];
  readonly backend: string;
  readonly model: string;
  readonly height: number;
  readonly width: number;
  readonly seed: number;
}
