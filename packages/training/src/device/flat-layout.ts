import { concat1d, reshape, slice, type Tensor, type Tensor1D, tidy, type Variable } from '@tensorflow/tfjs';

/** Variables laid end to end in one vector: an optimiser's step takes a dozen operations, however many there are. */
export interface FlatLayout {
  /** One vector of the tensors that belong to the variables, each of its variable's shape. */
  join(tensorOf: (variable: Variable) => Tensor): Tensor1D;
  /** The pieces of such a vector by their variables, each of its variable's shape; the caller's to dispose. */
  split(vector: Tensor1D): Map<Variable, Tensor>;
}

/** A layout of at least one variable, in the order given. */
export function flatLayout(variables: readonly Variable[]): FlatLayout {
  return {
    join: (tensorOf) =>
      tidy(() => concat1d(variables.map((variable): Tensor1D => reshape(tensorOf(variable), [-1])))),
    split(vector) {
      let end = 0;
      const pieces = variables.map((variable) => {
        const start = end;
        end += variable.size;
        return [variable, tidy(() => reshape(slice(vector, start, variable.size), variable.shape))] as const;
      });
      return new Map(pieces);
    },
  };
}
