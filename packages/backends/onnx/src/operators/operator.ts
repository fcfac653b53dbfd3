import type { Form } from '../lower/form';
import type { Lowering } from '../lower/lowering';
import type { TracedNode, TracedValue, ValueType } from '../trace/traced-graph';

/** A TensorFlow.js kernel, or one of DiffIR's own, as a part of graphs. */
export interface Operator {
  readonly kernel: string;
  /** Whether the kernel returns a list of tensors, be it of one. */
  readonly many?: boolean;
  /** Types of its outputs. */
  infer(node: TracedNode): readonly ValueType[];
  /**
   * ONNX nodes for its outputs.
   * @param result the output that is wanted
   */
  lower(node: TracedNode, lowering: Lowering, result: TracedValue): readonly Form[];
}
