import { describe } from 'vitest';
import { findChromium } from './browser';
import { useSwiftShader } from './swiftshader';

/** A `describe` that needs headless Chromium; `npm test` installs it where it may. */
export function describeBrowser(name: string, suite: () => void): void {
  describeWith(findChromium() !== undefined, name, 'no Chromium on the PATH', suite);
}

/** A `describe` that needs WebGPU in Node, which runs on SwiftShader; see `useSwiftShader`. */
export function describeWebGPU(name: string, suite: () => void): void {
  describeWith(useSwiftShader(), name, 'no SwiftShader: Chromium or libvulkan1 is missing', suite);
}

/** Skips with the reason in the name, except in CI, where what is missing must fail rather than pass in silence. */
function describeWith(present: boolean, name: string, missing: string, suite: () => void): void {
  const run = present || process.env.CI === 'true';
  describe.skipIf(!run)(run ? name : `${name} (skipped: ${missing})`, suite);
}
