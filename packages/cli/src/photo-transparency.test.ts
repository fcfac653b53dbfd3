import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { describePhotoReaders } from '../../../tools/optional-suites';
import { runPillow } from '../../../tools/photo-readers';
import { runInFolder } from './testing/run-cli';
import { simpleNetwork } from './testing/simple-network';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();

/** A red disc with a soft edge; what is hidden around it is blue. */
const prelude = `
import json
from PIL import Image
size = 32
disc = Image.new('RGBA', (size, size))
for y in range(size):
    for x in range(size):
        alpha = max(0, min(255, int(255 * (12 - ((x - 16) ** 2 + (y - 16) ** 2) ** 0.5) / 3)))
        disc.putpixel((x, y), (200, 10, 20, alpha) if alpha else (0, 0, 255, 0))
`;

async function restore(network: Parameters<typeof simpleNetwork>[0]): Promise<void> {
  const model = await simpleNetwork(network, folder.path);
  const argv = ['restore', 'in.png', '-o', 'out.png', ...model];
  expect(await runInFolder(argv, { cwd: folder.path })).toEqual({ code: 0, stdout: '', stderr: '' });
}

describePhotoReaders('what is transparent in a photo', () => {
  it('does not colour what is visible, and keeps the colour it hides', async () => {
    runPillow(`${prelude}disc.save('in.png')`, folder.path);
    await restore('blur');
    const result = runPillow(
      `${prelude}
out = Image.open('out.png')
pixels = zip(disc.getdata(), out.getdata())
# One colour blurred is that colour, but for the rounding of float sums.
print(json.dumps([out.mode, out.getchannel('A').tobytes() == disc.getchannel('A').tobytes(), all(
    a == b if a[3] == 0 else max(abs(p - q) for p, q in zip(a, b)) <= 1 for a, b in pixels)]))
`,
      folder.path,
    );
    expect(result).toEqual(['RGBA', true, true]);
  });

  it('leaves no fringe around what is enlarged', async () => {
    runPillow(`${prelude}disc.save('in.png')`, folder.path);
    await restore('double');
    const colors = runPillow(
      `${prelude}
out = Image.open('out.png')
print(json.dumps([out.size, sorted({p[:3] for p in out.getdata() if p[3] > 0})]))
`,
      folder.path,
    );
    expect(colors).toEqual([[64, 64], [[200, 10, 20]]]);
  });

  it('costs nothing where nothing is visible: the network does not run', async () => {
    runPillow(`${prelude}disc.putalpha(0); disc.save('in.png')`, folder.path);
    await restore('failing');
    const same = `${prelude}print(json.dumps(Image.open('in.png').tobytes() == Image.open('out.png').tobytes()))`;
    expect(runPillow(same, folder.path)).toBe(true);
    expect((await readFile(folder.file('out.png'))).length).toBeGreaterThan(0);
  });
});
