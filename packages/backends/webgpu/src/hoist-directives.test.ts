import { describe, expect, it } from 'vitest';
import { acceptDirectivesAnywhere, hoistDirectives } from './hoist-directives';

describe('hoistDirectives', () => {
  it('moves directives to the top in their order, and nothing else', () => {
    const code = 'struct A { x: i32 }\nenable f16;\nfn enabled() {}\n  enable subgroups;\nfn main() {}';
    expect(hoistDirectives(code)).toBe(
      'enable f16;\nenable subgroups;\nstruct A { x: i32 }\n\nfn enabled() {}\n\nfn main() {}',
    );
  });

  it('leaves shaders without directives as they are', () => {
    const code = 'fn main() { let enable = 1; }';
    expect(hoistDirectives(code)).toBe(code);
  });
});

describe('acceptDirectivesAnywhere', () => {
  it('rewrites what the device is given, keeping the rest of the descriptor', () => {
    const seen: unknown[] = [];
    const device: GPUDevice = Object.assign(Object.create(null), {
      createShaderModule: (descriptor: unknown) => seen.push(descriptor),
    });
    acceptDirectivesAnywhere(device);
    device.createShaderModule({ label: 'product', code: 'fn f() {}\nenable f16;' });
    expect(seen).toEqual([{ label: 'product', code: 'enable f16;\nfn f() {}\n' }]);
  });
});
