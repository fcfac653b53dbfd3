import { createRestorer, type Restorer, toImageData } from '@diffir/web';

const input = find('input', HTMLInputElement);
const status = find('[role=status]', HTMLElement);
const canvas = find('canvas', HTMLCanvasElement);

let restorer: Promise<Restorer> | undefined;

input.addEventListener('change', async () => {
  const [photo] = input.files ?? [];
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
    canvas.getContext('2d')?.putImageData(toImageData(image), 0, 0);
    status.textContent = `Done, on ${backendReason}.`;
  } catch (error) {
    restorer = undefined;
    status.textContent = String(error);
  }
});

function find<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new TypeError(`the page has no ${selector}`);
}
