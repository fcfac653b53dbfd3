import type { Plugin } from '@diffir/core';

const contents = ['models', 'tasks', 'backends'] as const;

/** Whether a value from someone else's module is a plugin: named, with at least one kind of content. */
export function isPlugin(value: unknown): value is Plugin {
  if (typeof value !== 'object' || value === null) return false;
  if (!('name' in value) || typeof value.name !== 'string') return false;
  const lists = contents.map((key) => Reflect.get(value, key)).filter((list) => list !== undefined);
  return lists.length > 0 && lists.every(Array.isArray);
}
