export { describeBackend } from './backend-contract';
export { checkKernels, type KernelCheck } from './check-kernel';
export { describeModel, type ModelContractOptions } from './model-contract';
export { describeTask, type TaskContractOptions } from './task-contract';
export type { TestRunner } from './test-runner';
