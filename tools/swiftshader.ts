import { existsSync } from 'node:fs';
import { hasVulkanLoader } from '../packages/backends/webgpu/src/vulkan';

/** Where browsers keep the driver file of SwiftShader, the CPU rasteriser they bring along. */
const driverFiles = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];

/**
 * Makes SwiftShader the only Vulkan driver of this process and its children, so that WebGPU can be
 * tested without a GPU. To be called before anything loads Vulkan.
 * @returns false where there is none: no Chromium, no Vulkan loader, or not Linux.
 */
export function useSwiftShader(): boolean {
  const driverFile = driverFiles.find((file) => existsSync(file));
  if (driverFile === undefined || process.platform !== 'linux' || !hasVulkanLoader()) return false;
  process.env.VK_ICD_FILENAMES = driverFile;
  return true;
}
