import { existsSync, readdirSync } from 'node:fs';
import type { GpuObstacle } from './gpu-source';

/** Names of driver files that replace or add to the system's; set by those who know what they want. */
const driverOverrides = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'];

/** Linux device nodes of GPUs: DRM render nodes, NVIDIA, WSL, Adreno, Mali. */
const deviceNodes = ['/dev/nvidiactl', '/dev/dxg', '/dev/kgsl-3d0', '/dev/mali0'];

/**
 * What keeps Dawn from finding a GPU on Linux, found out without loading it: without a Vulkan loader or
 * a GPU it would only print warnings of its own and of the drivers, which nothing can silence.
 */
export function findVulkanObstacle(): GpuObstacle | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!hasGpuDevice() && !hasDriverOverride()) {
    return {
      reason: 'this machine has no GPU',
      remedy: 'for a GPU emulated on the CPU, name its Vulkan driver in VK_ICD_FILENAMES',
    };
  }
  if (hasVulkanLoader()) return undefined;
  return {
    reason: 'the Vulkan loader libvulkan.so.1 is not installed',
    remedy: "install it (package libvulkan1 or vulkan-loader) and the GPU's driver",
  };
}

/**
 * Runs `ask` with the noise of Vulkan drivers turned down, on Linux. Mesa's drivers print an error
 * about a missing XDG_RUNTIME_DIR. Mesa's CPU driver (lavapipe) would be loaded beside the real one only
 * for Dawn to refuse it with warnings; whoever wants it can name it in VK_ICD_FILENAMES.
 */
export async function withQuietDrivers<T>(ask: () => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return ask();
  const quiet: Record<string, string> = {};
  if (!process.env.XDG_RUNTIME_DIR) quiet.XDG_RUNTIME_DIR = '/nonexistent';
  if (!hasDriverOverride() && !process.env.VK_LOADER_DRIVERS_DISABLE) {
    quiet.VK_LOADER_DRIVERS_DISABLE = '*lvp*';
  }
  Object.assign(process.env, quiet);
  try {
    return await ask();
  } finally {
    for (const name of Object.keys(quiet)) delete process.env[name];
  }
}

function hasDriverOverride(): boolean {
  return driverOverrides.some((name) => process.env[name]);
}

function hasGpuDevice(): boolean {
  if (deviceNodes.some((node) => existsSync(node))) return true;
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((node) => node.startsWith('renderD'));
}

/** Asks the dynamic linker, which alone knows where it looks. */
export function hasVulkanLoader(): boolean {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
    return true;
  } catch (error) {
    // A library that is found is then refused for not being a Node addon.
    return error instanceof Error && /did not self-register/.test(error.message);
  }
}
