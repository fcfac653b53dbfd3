/**
 * Names under which a backend package may register fused kernels for the ops of this folder.
 * Inputs and attributes of each kernel are those its op passes to `runOp`.
 */
export const kernelNames = {
  pixelShuffle: 'DiffIRPixelShuffle',
  pixelUnshuffle: 'DiffIRPixelUnshuffle',
  normalizeChannels: 'DiffIRNormalizeChannels',
  modulate: 'DiffIRModulate',
  channelAttention: 'DiffIRChannelAttention',
  gatedGelu: 'DiffIRGatedGelu',
  leakyRelu: 'DiffIRLeakyRelu',
  pointwiseConv: 'DiffIRPointwiseConv',
  modulatedPointwiseConv: 'DiffIRModulatedPointwiseConv',
  dynamicAttention: 'DiffIRDynamicAttention',
  dynamicFeedForward: 'DiffIRDynamicFeedForward',
} as const;
