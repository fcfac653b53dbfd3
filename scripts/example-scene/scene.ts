import { facade } from './facade';
import { plants } from './plants';
import type { Camera } from './render';
import { roof } from './roof';
import { shopInside, street } from './street';
import type { Triangle } from './surface';

/** A bakery on a sunny street corner. */
export function exampleScene(): Triangle[] {
  return [...facade(), ...roof(), ...plants(), ...street(), ...shopInside()];
}

export const exampleCamera: Camera = {
  position: [1.1, 1.6, 8.6],
  target: [0.02, 1.6, 0],
  fieldWidth: 0.74,
};
