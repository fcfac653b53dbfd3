import type { PieceReader } from './piece-reader';

/**
 * Reads by a texture, which takes colour as it is, not multiplied by alpha.
 * @param side of the largest piece
 * @returns undefined where there is no WebGL
 */
export function exactReader(bitmap: ImageBitmap, side: number): PieceReader | undefined {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null || gl.getParameter(gl.MAX_TEXTURE_SIZE) < side) return undefined;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  return async ({ left, top, width, height }) => {
    const piece = await createImageBitmap(bitmap, left, top, width, height, { premultiplyAlpha: 'none' });
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, piece);
    piece.close();
    const texture = gl.getParameter(gl.TEXTURE_BINDING_2D);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    const rgba = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
    return rgba;
  };
}
