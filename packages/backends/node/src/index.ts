import { definePlugin } from '@diffir/core';
import { nodeBackend } from './node-backend';

export type { NativePackage, NativePackageSearch } from './native-package';
export { createNodeBackend, type NodeBackendOptions, nodeBackend } from './node-backend';

/** The native TensorFlow backend as a plugin. */
export const nodePlugin = definePlugin({ name: '@diffir/backend-node', backends: [nodeBackend] });
