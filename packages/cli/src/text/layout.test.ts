import { describe, expect, it } from 'vitest';
import { indent, table } from './layout';

describe('table', () => {
  it('aligns columns and leaves no blanks at the ends of lines', () => {
    expect(
      table([
        ['a', 'long', 'x'],
        ['longer', 'b'],
        ['c', '', 'y'],
      ]),
    ).toBe('a       long  x\nlonger  b\nc             y');
    expect(table([])).toBe('');
  });
});

describe('indent', () => {
  it('moves every line but empty ones', () => {
    expect(indent('a\n\nb')).toBe('  a\n\n  b');
  });
});
