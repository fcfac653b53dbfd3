/** The tests of all kernels, for files that run them in another setting. */
import '../kernels/batch-mat-mul.test';
import '../kernels/conv2d-backprop-filter.test';
import '../kernels/conv2d-backprop-input.test';
import '../kernels/depthwise-backprop.test';
import '../kernels/sum.test';
import '../simd/convolutions.test';
import '../simd/large-products.test';
import '../simd/op-gradients.test';
import '../wasm-backend.test';
