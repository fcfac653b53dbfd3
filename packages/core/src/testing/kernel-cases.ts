import type { KernelCase } from './kernel-case';
import { movementCases } from './movement-cases';
import { productCases } from './product-cases';
import { valueCases } from './value-cases';

/** The TensorFlow.js kernels that DiffIR's networks are made of, on small inputs of odd shapes. */
export function kernelCases(): readonly KernelCase[] {
  return [...productCases(), ...valueCases(), ...movementCases()];
}

export type { KernelCase };
