/** What is compiled: kernels over addresses in TensorFlow.js' memory. Sizes are counts, distances are bytes. */
export { columnSums } from './column-sums';
export { convolution, convolutionScratch } from './convolution';
export { convolutionFilterGradient, convolutionFilterGradientScratch } from './convolution-filter-gradient';
export { depthwiseConvolution, depthwiseConvolutionScratch } from './depthwise-convolution';
export { depthwiseFilterGradient } from './depthwise-filter-gradient';
export { gatedGelu, gatedGeluGradient } from './gated-gelu';
export { matrixProduct, matrixProductScratch } from './matrix-product';
export { normalizeChannels, normalizeChannelsGradient } from './normalize-channels';
