import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from '../model-file/onnx-model';
import { unsupported } from '../operators/attributes';
import { operatorOf } from '../operators/operators';
import type { TracedValue } from '../trace/traced-graph';
import { planBands, wholeImages } from './band-plan';
import { planChannelPadding, unpadded } from './channel-padding';
import { constantView } from './constant-view';
import { type Form, plain, planar } from './form';
import { createGraphBuilder, type WeightType } from './graph-builder';
import { constantName, createLowering, type Dialect, type Lowering } from './lowering';
import { allRows, wholeRows } from './rows';

/** ONNX's operator set: the newest that Debian's and other distributions' checkers know. */
const OPSET = 17;

/** Gives a result the name that the interface promises. */
const NAMING = 'Identity';

/** A value of a graph's interface and how it lies outside. */
export interface GraphPort {
  readonly name: string;
  readonly value: TracedValue;
  /** `planar` images cross as `[N,C,H,W]`, `plain` ones as `[N,H,W,C]`. */
  readonly layout: Form['layout'];
  /** Symbols in place of lengths, by position in the crossing shape; such lengths may differ at run time. */
  readonly symbols?: { readonly [axis: number]: string };
}

export interface LowerOptions {
  readonly name: string;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  /** Cut images into bands of tensors of about this many bytes; absent: images stay whole. */
  readonly bandBytes?: number;
  /** Default: `onnx`. */
  readonly dialect?: Dialect;
  /** Default: f32. */
  readonly weights?: WeightType;
  readonly metadata?: { readonly [key: string]: string };
}

/**
 * A graph that computes the outputs from the inputs.
 * @throws DiffIRError naming the op that it cannot express
 */
export function lowerGraph({
  name,
  inputs,
  outputs,
  bandBytes,
  dialect = 'onnx',
  weights = 'f32',
  metadata,
}: LowerOptions): OnnxModel {
  const values = dependencies(outputs.map((port) => port.value));
  const dynamic = inputs.some(({ symbols }) => symbols !== undefined);
  const builder = createGraphBuilder(weights);
  const bands = dynamic || bandBytes === undefined ? wholeImages : planBands(values, bandBytes);
  const portsByName = new Map(inputs.map((port) => [port.name, port]));
  const lowering = createLowering({
    builder,
    bands,
    dynamic,
    dialect,
    channels: dialect === 'onnxruntime' ? planChannelPadding(values) : unpadded,
    lowerValue: (value, own) => lowerValue(value, own, portsByName),
  });
  for (const value of sharedValues(values)) emit(lowering.form(value));
  const renamed = outputs.map((port) => {
    const source =
      port.layout === 'planar' ? allRows(lowering.planar(port.value)) : lowering.plain(port.value);
    return { port, source };
  });
  // The interface's names are what callers use; an Identity gives them, and runtimes drop it.
  const naming = renamed.map(({ port, source }) => ({
    operator: NAMING,
    inputs: [source],
    outputs: [port.name],
  }));
  return {
    name,
    opset: OPSET,
    ...neededParts([...builder.nodes, ...naming], builder.initializers),
    inputs: inputs.map(onnxValue),
    outputs: outputs.map(onnxValue),
    ...(metadata && { metadata }),
  };
}

function lowerValue(value: TracedValue, lowering: Lowering, ports: ReadonlyMap<string, GraphPort>): Form {
  const { origin } = value;
  switch (origin.kind) {
    case 'input': {
      const { name } = origin;
      const [, height = 1] = value.shape;
      return ports.get(name)?.layout === 'planar'
        ? planar(wholeRows(lowering.builder, height, () => name))
        : plain(() => name);
    }
    case 'constant':
      return plain(() => initializer(value, lowering));
    case 'node':
      return constantView(value) === undefined
        ? lowerNode(value, lowering)
        : plain(() => initializer(value, lowering));
  }
}

function initializer(value: TracedValue, { builder }: Lowering): string {
  const view = constantView(value);
  if (view === undefined) throw unsupported({ kernel: 'constant' }, 'no values');
  return constantName(builder, { ...view, dtype: value.dtype });
}

function lowerNode(value: TracedValue, lowering: Lowering): Form {
  const { origin } = value;
  if (origin.kind !== 'node') throw unsupported({ kernel: origin.kind }, 'no node');
  const { node, output } = origin;
  const form = operatorOf(node.kernel)?.lower(node, lowering, value)[output];
  if (form === undefined) throw unsupported(node, `output ${output}`);
  return form;
}

function onnxValue({ name, value, layout, symbols = {} }: GraphPort): OnnxValue {
  const [n = 1, h = 1, w = 1, c = 1] = value.shape;
  const shape = layout === 'planar' ? [n, c, h, w] : value.shape;
  return { name, type: value.dtype, shape: shape.map((length, axis) => symbols[axis] ?? length) };
}

/** Values that something depends on, each behind those that it depends on itself. */
function dependencies(roots: readonly TracedValue[]): readonly TracedValue[] {
  const found = new Set<TracedValue>();
  const ordered: TracedValue[] = [];
  // Without recursion, since networks are deep: a value is met again once its inputs are done.
  const waiting = [...roots];
  for (let value = waiting.at(-1); value !== undefined; value = waiting.at(-1)) {
    const missing = found.has(value) ? [] : sourcesOf(value).filter((source) => !found.has(source));
    found.add(value);
    if (missing.length > 0) {
      waiting.push(...missing);
      continue;
    }
    waiting.pop();
    ordered.push(value);
  }
  return [...new Set(ordered)];
}

function sourcesOf({ origin }: TracedValue): readonly TracedValue[] {
  return origin.kind === 'node' ? Object.values(origin.node.inputs) : [];
}

/** Results of nodes that more than one other needs, in order. */
function sharedValues(values: readonly TracedValue[]): readonly TracedValue[] {
  const uses = new Map<TracedValue, number>();
  for (const source of values.flatMap(sourcesOf)) uses.set(source, (uses.get(source) ?? 0) + 1);
  return values.filter((value) => value.origin.kind === 'node' && (uses.get(value) ?? 0) > 1);
}

/** What the last nodes depend on: a value may have been lowered in a layout that nobody asked for. */
function neededParts(
  nodes: readonly OnnxNode[],
  initializers: ReadonlyMap<string, OnnxTensor>,
): Pick<OnnxModel, 'nodes' | 'initializers'> {
  const needed = new Set<string>();
  const kept = [...nodes].reverse().filter(({ operator, inputs, outputs }) => {
    if (operator !== NAMING && !outputs.some((name) => needed.has(name))) return false;
    for (const name of inputs) needed.add(name);
    return true;
  });
  return {
    nodes: kept.reverse(),
    initializers: new Map([...initializers].filter(([name]) => needed.has(name))),
  };
}

function emit(form: Form): void {
  if (form.layout === 'planar') form.rows.emit();
}
