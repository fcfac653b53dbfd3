/** What a contract suite needs of a test runner; vitest and jest fit as they are. */
export interface TestRunner {
  describe(name: string, suite: () => void): unknown;
  it(name: string, test: () => void | Promise<void>): unknown;
  expect(actual: unknown): {
    toBe(expected: unknown): unknown;
    toEqual(expected: unknown): unknown;
    toMatch(expected: RegExp): unknown;
    toBeGreaterThan(expected: number): unknown;
    toBeLessThanOrEqual(expected: number): unknown;
  };
}
