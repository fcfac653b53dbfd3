/**
 * Zooms the images of a strip together: by the buttons, by + − 0 and the arrow keys while the strip has the
 * focus, and by dragging. Without it the page shows the same images.
 */
export const script = `
for (const strip of document.querySelectorAll('.strip')) {
  const images = strip.querySelectorAll('img');
  const tools = strip.previousElementSibling;
  const level = tools.querySelector('output');
  let scale = 1, x = 0.5, y = 0.5;
  const show = () => {
    const half = 0.5 / scale;
    x = Math.min(1 - half, Math.max(half, x));
    y = Math.min(1 - half, Math.max(half, y));
    for (const image of images) {
      image.style.transform = 'scale(' + scale + ') translate(' + (half - x) * 100 + '%, ' + (half - y) * 100 + '%)';
    }
    strip.classList.toggle('zoomed', scale > 1);
    strip.classList.toggle('pixels', scale * images[0].clientWidth > images[0].naturalWidth);
    level.textContent = Math.round(scale * 100) + ' %';
  };
  const zoom = (factor) => { scale = Math.min(16, Math.max(1, scale * factor)); show(); };
  const move = (dx, dy) => { x += dx / scale; y += dy / scale; show(); };
  const actions = { in: () => zoom(1.5), out: () => zoom(1 / 1.5), reset: () => { scale = 1; show(); } };
  const keys = {
    '+': actions.in, '=': actions.in, '-': actions.out, '0': actions.reset,
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1),
  };
  tools.addEventListener('click', (event) => actions[event.target.dataset.action]?.());
  strip.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    keys[event.key]();
    event.preventDefault();
  });
  strip.addEventListener('pointerdown', (event) => {
    const view = event.target.closest('.view');
    if (!view || scale === 1) return;
    strip.focus();
    view.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  strip.addEventListener('pointermove', (event) => {
    const view = event.target.closest('.view');
    if (!view || !view.hasPointerCapture(event.pointerId)) return;
    move(-event.movementX / view.clientWidth, -event.movementY / view.clientHeight);
  });
  strip.addEventListener('dblclick', (event) => {
    const view = event.target.closest('.view');
    if (!view) return;
    const box = view.getBoundingClientRect();
    const half = 0.5 / scale;
    x += ((event.clientX - box.left) / box.width) / scale - half;
    y += ((event.clientY - box.top) / box.height) / scale - half;
    zoom(2);
  });
}
`;
