/** Written out in this form, so that Vite finds the picture. */
const exampleUrl = new URL('../../../../examples/images/blurred.png', import.meta.url).href;

/** Fetches the picture that is tried out without a photo of one's own; it comes from where the page does. */
export async function fetchExample(): Promise<File> {
  const response = await fetch(exampleUrl);
  return new File([await response.blob()], 'example.png', { type: 'image/png' });
}
