import type { KernelCase } from './kernel-case';
import { movementCases } from './movement-cases';
import { opCases } from './op-cases';
import { productCases } from './product-cases';
import { valueCases } from './value-cases';

/** The TensorFlow.js kernels that DiffIR's networks are made of, and DiffIR's ops, on small inputs of odd shapes. */
export function kernelCases(): readonly KernelCase[] {
  return [...productCases(), ...valueCases(), ...movementCases(), ...opCases()];
}
