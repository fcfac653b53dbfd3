import { definePlugin } from '@diffir/core';
import { cpuBackend } from './cpu-backend';

export { cpuBackend };

/** The plain JavaScript backend as a plugin. */
export const cpuPlugin = definePlugin({ name: '@diffir/backend-cpu', backends: [cpuBackend] });
