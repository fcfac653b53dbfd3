import { describe, expect, it } from 'vitest';
import { PluginError } from '../errors/plugin-error';
import { UnknownIdError } from '../errors/unknown-id-error';
import type { TaskDefinition } from '../task/task';
import { definePlugin, type Plugin } from './plugin';
import { createRegistry, withPlugin } from './registry';

function task(id: string): TaskDefinition {
  return {
    id,
    description: `task ${id}`,
    mask: 'none',
    rejects: () => undefined,
    prepare: ({ image }) => image,
    compose: (output) => output,
  };
}

describe('createRegistry', () => {
  it('installs in order and finds by id', () => {
    const registry = createRegistry([
      definePlugin({ name: 'a', tasks: [task('one')] }),
      definePlugin({ name: 'b', tasks: [task('two')] }),
    ]);
    expect(registry.tasks.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(registry.task('two').description).toBe('task two');
  });

  it('lists the known ids when one is unknown', () => {
    const registry = createRegistry([{ name: 'a', tasks: [task('two'), task('one')] }]);
    expect(() => registry.task('three')).toThrow('three: unknown task; known: one, two');
    expect(() => registry.task('three')).toThrow(UnknownIdError);
  });

  it('refuses an id twice, naming both plugins', () => {
    const plugins = [
      { name: 'a', tasks: [task('one')] },
      { name: 'b', tasks: [task('one')] },
    ];
    expect(() => createRegistry(plugins)).toThrow(PluginError);
    expect(() => createRegistry(plugins)).toThrow('b: task "one" is already installed by a');
  });

  it('refuses one plugin twice', () => {
    expect(() => createRegistry([{ name: 'a' }, { name: 'a' }])).toThrow(PluginError);
  });

  it.each([undefined, null, 3, {}, { name: 'a', tasks: 'no list' }])('refuses %j as a plugin', (value) => {
    expect(() => createRegistry([value as Plugin])).toThrow(PluginError);
  });
});

describe('withPlugin', () => {
  it('adds all of a plugin or nothing, and leaves the registry it was given alone', () => {
    const before = createRegistry([{ name: 'a', tasks: [task('one')] }]);
    const after = withPlugin(before, { name: 'b', tasks: [task('two')] });
    expect(() => withPlugin(before, { name: 'c', tasks: [task('three'), task('one')] })).toThrow(PluginError);
    expect(before.tasks).toHaveLength(1);
    expect(after.tasks).toHaveLength(2);
  });
});
