import { expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { nodeResult } from './node-result';
import { servePage } from './page-server';
import { download, dropPhoto, launchChromium, openPlayground, restore } from './playground-page';
import { largestDifference, testPhoto } from './test-photos';

/** Counts the bytes of the buffers that are made and not destroyed from now on, where it is evaluated. */
const countBuffers = `{
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const destroyed = new WeakSet();
  self.heldBytes = 0;
  self.madeBuffers = 0;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    self.heldBytes += descriptor.size;
    self.madeBuffers++;
    return createBuffer.call(this, descriptor);
  };
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) self.heldBytes -= this.size;
    destroyed.add(this);
    destroy.call(this);
  };
}`;

describeBrowser('a graphics card', () => {
  // Emulated on the processor, which takes long to translate the shaders.
  it('gives what the processor gives, and its memory back', { timeout: 300_000 }, async () => {
    const [server, browser] = await Promise.all([servePage(), launchChromium()]);
    try {
      const photo = await testPhoto(64, 64);
      const { page, errors } = await openPlayground(browser, `${server.url}?backend=webgpu&seed=5`);
      await dropPhoto(page, photo);
      await restore(page);
      expect(await page.getByRole('definition').allTextContents()).toContain('webgpu');
      const saved = await download(page);
      // A value between two levels may fall either way where single precision rounds differently.
      const expected = nodeResult({ photo, model: 'deblur-small', seed: 5 });
      expect(await largestDifference(saved.path, expected)).toBeLessThanOrEqual(1);
      const [worker] = page.workers();
      await worker?.evaluate(countBuffers);
      await restore(page);
      const held = await worker?.evaluate('heldBytes');
      for (let again = 0; again < 3; again++) await restore(page);
      expect(await worker?.evaluate('madeBuffers')).toBeGreaterThan(0);
      expect(await worker?.evaluate('heldBytes')).toBe(held);
      expect(errors).toEqual([]);
    } finally {
      server.close();
      await browser.close();
    }
  });
});
