import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findVulkanObstacle, hasVulkanLoader, withQuietDrivers } from './vulkan';

describe.runIf(process.platform === 'linux')('Vulkan on Linux', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('finds an obstacle where there is no GPU, unless a driver is named', () => {
    vi.stubEnv('VK_ICD_FILENAMES', undefined);
    vi.stubEnv('VK_DRIVER_FILES', undefined);
    vi.stubEnv('VK_ADD_DRIVER_FILES', undefined);
    const gpu = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'].some((node) => existsSync(node));
    if (!gpu) expect(findVulkanObstacle()?.reason).toBe('this machine has no GPU');
    vi.stubEnv('VK_ICD_FILENAMES', '/some/driver.json');
    const obstacle = findVulkanObstacle();
    if (hasVulkanLoader()) expect(obstacle).toBeUndefined();
    else expect(obstacle?.reason).toBe('the Vulkan loader libvulkan.so.1 is not installed');
  });

  it('quiets drivers while asking, and leaves the environment as it was', async () => {
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    vi.stubEnv('VK_ICD_FILENAMES', undefined);
    const before = { ...process.env };
    const during = await withQuietDrivers(async () => ({ ...process.env }));
    expect(during).toMatchObject({ XDG_RUNTIME_DIR: '/nonexistent', VK_LOADER_DRIVERS_DISABLE: '*lvp*' });
    expect({ ...process.env }).toEqual(before);
  });

  it('restores the environment when asking fails', async () => {
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await expect(withQuietDrivers(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(process.env.XDG_RUNTIME_DIR).toBeUndefined();
  });

  it('respects what the user has set', async () => {
    vi.stubEnv('XDG_RUNTIME_DIR', '/run/user/1000');
    vi.stubEnv('VK_ICD_FILENAMES', '/some/driver.json');
    const before = { ...process.env };
    expect(await withQuietDrivers(async () => ({ ...process.env }))).toEqual(before);
  });
});
