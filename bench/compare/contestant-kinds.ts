import type { Contestant } from '../../packages/cli/src/bench/contestant';
import { startDiffir } from './diffir-contestant';
import { startDiffirWeb } from './diffirweb-contestant';
import { startOrt } from './ort-contestant';
import { startOrtWeb } from './ortweb-contestant';
import type { Setting } from './setting';
import { startTorch } from './torch-contestant';

/** Starts a contestant by what stands behind the colon of its name. */
type StartContestant = (name: string, detail: string, setting: Setting) => Promise<Contestant>;

/** By what stands before the colon. */
const kinds: Readonly<Record<string, StartContestant>> = {
  ort: startOrt,
  ortweb: startOrtWeb,
  torch: startTorch,
  diffir: startDiffir,
  diffirweb: startDiffirWeb,
};

/** Starts `ort:<file.onnx>`, `ortweb:<file.onnx>`, `torch:<preset>`, `diffir:<backend>` or `diffirweb:onnx`. */
export function startContestant(name: string, setting: Setting): Promise<Contestant> {
  const [kind = '', ...detail] = name.split(':');
  const start = kinds[kind];
  if (start === undefined) throw new RangeError(`${name}: known kinds are ${Object.keys(kinds).join(', ')}`);
  return start(name, detail.join(':'), setting);
}
