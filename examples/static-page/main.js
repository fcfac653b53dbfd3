import { createRestorer, toImageData } from './diffir/diffir.js';

const input = document.querySelector('input');
const status = document.querySelector('[role=status]');
const canvas = document.querySelector('canvas');

let restorer;

input.addEventListener('change', async () => {
  const [photo] = input.files;
  if (photo === undefined) return;
  try {
    status.textContent = 'Loading the model …';
    restorer ??= createRestorer({ task: 'deblur' });
    const { restore, backendReason } = await restorer;
    const image = await restore(photo, {
      onProgress: ({ pixelsDone, pixelsTotal }) => {
        status.textContent = `${Math.round((100 * pixelsDone) / pixelsTotal)} %`;
      },
    });
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').putImageData(toImageData(image), 0, 0);
    status.textContent = `Done, on ${backendReason}.`;
  } catch (error) {
    restorer = undefined;
    status.textContent = String(error);
  }
});
