/** Code that is written out `count` times, for loops whose index has to be a constant. */
export function repeatLine(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}
