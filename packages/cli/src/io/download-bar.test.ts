import { describe, expect, it } from 'vitest';
import { capture } from '../testing/run-cli';
import { downloadBar } from './download-bar';

const steps = [0, 2 ** 20, 3 * 2 ** 20].map((bytesDone) => ({
  href: 'https://example.org/models/a.safetensors',
  bytesDone,
  bytesTotal: 3 * 2 ** 20,
  ended: false,
}));

async function shown({ isTTY, quiet = false }: { isTTY: boolean; quiet?: boolean }): Promise<string> {
  const { stream, text } = capture();
  const show = await downloadBar(Object.assign(stream, { isTTY }), { quiet });
  for (const step of steps) show(step);
  for (const step of steps.slice(-1)) show({ ...step, ended: true });
  return text();
}

describe('downloadBar', () => {
  it('shows on a terminal what has come and of what, and takes the bar away', async () => {
    const text = await shown({ isTTY: true });
    // Drawn a few times a second at most, but always first and last.
    expect(text).toContain('░ download 0 B of 3.0 MiB · a.safetensors');
    expect(text).toContain('█ download 3.0 MiB of 3.0 MiB · a.safetensors');
    // The line is cleared at last.
    expect(text.lastIndexOf('\u001b[2K')).toBeGreaterThan(text.lastIndexOf('safetensors'));
    expect(text.endsWith('\n')).toBe(false);
  });

  it('shows nothing on a pipe, or when quiet', async () => {
    expect(await shown({ isTTY: false })).toBe('');
    expect(await shown({ isTTY: true, quiet: true })).toBe('');
  });

  it('does without a length', async () => {
    const { stream, text } = capture();
    const show = await downloadBar(Object.assign(stream, { isTTY: true }));
    for (const step of steps) show({ ...step, bytesTotal: undefined });
    for (const step of steps.slice(-1)) show({ ...step, bytesTotal: undefined, ended: true });
    expect(text()).toContain('download 3.0 MiB · a.safetensors');
  });
});
