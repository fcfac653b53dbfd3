import { bytesOf, type FusedStep } from './fused-step';

const WORKGROUP = 64;

/** Joins `parts` vectors of `width` values into one. Inputs: part0, part1, … */
export function joinStep(parts: number, width: number): FusedStep {
  const names = Array.from({ length: parts }, (_, part) => `part${part}`);
  const cases = names.map(
    (name, part) => `    case ${part}: { result[index] = ${name}[index % uniforms.width]; }`,
  );
  return {
    name: 'join',
    constants: { parts },
    inputs: names.map((name) => ({ name, components: 1 })),
    uniforms: { width },
    output: { size: parts * width, components: 1 },
    workgroupSize: WORKGROUP,
    workgroups: [Math.ceil((parts * width) / WORKGROUP), 1, 1],
    code: () => `
fn main(index : i32) {
  switch (index / uniforms.width) {
${cases.join('\n')}
    default: {}
  }
}
`,
    traffic: { read: bytesOf(parts * width), written: bytesOf(parts * width) },
  };
}
