/**
 * Names under which a backend package may register fused kernels for the ops of this folder.
 * Inputs and attributes of each kernel are those its op passes to `runOp`; those of an op's gradient, what the
 * gradient passes to `runGradient`.
 */
export const kernelNames = {
  pixelShuffle: 'DiffIRPixelShuffle',
  pixelUnshuffle: 'DiffIRPixelUnshuffle',
  normalizeChannels: 'DiffIRNormalizeChannels',
  normalizeChannelsGradient: 'DiffIRNormalizeChannelsGradient',
  modulate: 'DiffIRModulate',
  channelAttention: 'DiffIRChannelAttention',
  gatedGelu: 'DiffIRGatedGelu',
  gatedGeluGradient: 'DiffIRGatedGeluGradient',
  leakyRelu: 'DiffIRLeakyRelu',
  pointwiseConv: 'DiffIRPointwiseConv',
  modulatedPointwiseConv: 'DiffIRModulatedPointwiseConv',
  dynamicAttention: 'DiffIRDynamicAttention',
  dynamicFeedForward: 'DiffIRDynamicFeedForward',
} as const;
