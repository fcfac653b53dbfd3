const directive = /^\s*(?:enable|requires|diagnostic)\b[^;]*;/gm;

/** Moves WGSL's directives to the top of a shader, the only place where they may stand. */
export function hoistDirectives(code: string): string {
  const directives = code.match(directive);
  if (directives === null) return code;
  return `${directives.map((each) => each.trim()).join('\n')}\n${code.replace(directive, '')}`;
}

/**
 * Lets programs run through TensorFlow.js begin with directives such as `enable f16;`: it puts
 * declarations of its own in front of a program's code, which the device then would refuse. Only this
 * device object changes.
 */
export function acceptDirectivesAnywhere(device: GPUDevice): void {
  const createShaderModule = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) =>
    createShaderModule({ ...descriptor, code: hoistDirectives(descriptor.code) });
}
