import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { findChromium } from './browser';
import { findPillow, hasExiftool } from './photo-readers';
import { useSwiftShader } from './swiftshader';

/** A `describe` that needs headless Chromium; `npm test` installs it where it may. */
export function describeBrowser(name: string, suite: () => void): void {
  describeWith(findChromium() !== undefined, name, 'no Chromium on the PATH', suite);
}

/** A `describe` that needs WebGPU in Node, which runs on SwiftShader; see `useSwiftShader`. */
export function describeWebGPU(name: string, suite: () => void): void {
  describeWith(useSwiftShader(), name, 'no SwiftShader: Chromium or libvulkan1 is missing', suite);
}

/** A `describe` that reads image files with Pillow and exiftool, which share no code with this project. */
export function describePhotoReaders(name: string, suite: () => void): void {
  const present = findPillow() !== undefined && hasExiftool();
  describeWith(present, name, 'no python3-pil or libimage-exiftool-perl', suite);
}

/** A `describe` that needs the ONNX project's own checker, from Debian's python3-onnx. */
export function describeOnnxChecker(name: string, suite: () => void): void {
  describeWith(hasOnnxChecker(), name, 'no python3-onnx', suite);
}

function hasOnnxChecker(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import onnx']).status === 0;
}

/** Skips with the reason in the name, except in CI, where what is missing must fail rather than pass in silence. */
function describeWith(present: boolean, name: string, missing: string, suite: () => void): void {
  const run = present || process.env.CI === 'true';
  describe.skipIf(!run)(run ? name : `${name} (skipped: ${missing})`, suite);
}
