import { DiffIRError, ModelUseError } from '@diffir/core';
import type { TracedNode, TracedValue } from '../trace/traced-graph';

/** An input of a kernel that is always given. */
export function input(node: TracedNode, name: string): TracedValue {
  const value = node.inputs[name];
  if (value !== undefined) return value;
  throw new DiffIRError({ subject: node.kernel, problem: `was called without ${name}` });
}

export function inputsOf(node: TracedNode): readonly TracedValue[] {
  return Object.values(node.inputs);
}

export function numberOf(node: TracedNode, name: string): number {
  const value = node.attributes[name];
  if (typeof value === 'number') return value;
  throw unsupported(node, `${name} ${String(value)}`);
}

export function numbersOf(node: TracedNode, name: string): readonly number[] {
  const value = node.attributes[name];
  if (typeof value === 'number') return [value];
  if (isNumbers(value)) return [...value];
  throw unsupported(node, `${name} ${String(value)}`);
}

export function flagOf(node: TracedNode, name: string): boolean {
  return node.attributes[name] === true;
}

export function stringOf(node: TracedNode, name: string, otherwise: string): string {
  const value = node.attributes[name];
  return typeof value === 'string' ? value : otherwise;
}

/** Pairs of numbers, as paddings are given. */
export function pairsOf(node: TracedNode, name: string): readonly (readonly [number, number])[] {
  const value = node.attributes[name];
  if (Array.isArray(value) && value.every(isPair)) return value;
  throw unsupported(node, `${name} ${String(value)}`);
}

/** An error for what a graph cannot say. */
export function unsupported({ kernel }: Pick<TracedNode, 'kernel'>, what: string): ModelUseError {
  return new ModelUseError({
    subject: 'onnx',
    problem: `graphs cannot express the op ${kernel} with ${what}`,
    remedy: 'use another backend',
  });
}

function isNumbers(value: unknown): value is ArrayLike<number> & Iterable<number> {
  return Array.isArray(value) ? value.every((item) => typeof item === 'number') : value instanceof Int32Array;
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number');
}
