/**
 * Times the motion-deblurring preset with random weights at growing sizes, and draws the plot of
 * docs/performance.md: `node scripts/run.mjs bench/scaling.ts [backend] [sides] [plot.svg]`.
 */
import { writeFile } from 'node:fs/promises';
import { createRandomSource, createRegistry, priorNoise, selectBackend } from '@diffir/core';
import { createNetworkPass } from '../packages/cli/src/bench/network-pass';
import { chooseNetwork, openNetwork } from '../packages/cli/src/bench/open-network';
import { nodeHost } from '../packages/cli/src/io/node-host';
import { builtinPlugins } from '../packages/cli/src/plugins/builtin-plugins';

const [backendId = 'onnx', sides = '256,512,1024', plot] = process.argv.slice(2);

const registry = createRegistry(builtinPlugins);
const { backend } = await selectBackend(registry.backends, backendId);
const choice = chooseNetwork(registry, 'motion-deblurring');
const network = await openNetwork(choice, { registry, host: nodeHost(), backend, seed: 0 });
const points: { pixels: number; seconds: number }[] = [];
for (const side of sides.split(',').map(Number)) {
  const random = createRandomSource(side);
  const image = Float32Array.from({ length: side * side * network.descriptor.inputChannels }, random);
  const input = { image, height: side, width: side, noise: priorNoise(0, 256) };
  // A graph for each size: what is compiled for one is not kept for the next.
  const pass = createNetworkPass(network, backend);
  await pass(input);
  const runs = [await pass(input), await pass(input), await pass(input)].map(({ seconds }) => seconds);
  const seconds = runs.sort((a, b) => a - b)[1] ?? Number.NaN;
  points.push({ pixels: side * side, seconds });
  console.log(
    `${side}×${side}: ${seconds.toFixed(2)} s, ${((1e6 * seconds) / (side * side)).toFixed(2)} µs a pixel`,
  );
}
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`peak resident memory ${peak} MiB`);
if (plot !== undefined) await writeFile(plot, drawPlot(points));

/** Seconds over megapixels, with the line through the origin and the last point. */
function drawPlot(measured: readonly { pixels: number; seconds: number }[]): string {
  const last = measured[measured.length - 1] ?? { pixels: 1, seconds: 1 };
  const [width, height, margin] = [480, 300, 48];
  const x = (pixels: number) => margin + ((width - 2 * margin) * pixels) / last.pixels;
  const y = (seconds: number) => height - margin - ((height - 2 * margin) * seconds) / last.seconds;
  const dots = measured.map(
    ({ pixels, seconds }) =>
      `<circle cx="${x(pixels).toFixed(1)}" cy="${y(seconds).toFixed(1)}" r="4" fill="#1f6feb"/>` +
      `<text x="${(x(pixels) - 8).toFixed(1)}" y="${(y(seconds) - 8).toFixed(1)}" text-anchor="end">${Math.sqrt(pixels)}²: ${seconds.toFixed(1)} s</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>Seconds of the deblurring preset over megapixels</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<path d="M${margin} ${margin / 2}V${height - margin}H${width - margin / 2}" fill="none" stroke="#444"/>
<path d="M${x(0)} ${y(0)}L${x(last.pixels)} ${y(last.seconds)}" stroke="#999" stroke-dasharray="4 4"/>
${dots.join('\n')}
<text x="${width / 2}" y="${height - 12}" text-anchor="middle">megapixels (0 to ${(last.pixels / 1e6).toFixed(2)})</text>
<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">seconds</text>
</svg>
`;
}
