/** Runs a module that finds the visitor's photo as a global, as the guide's examples do. */
export async function runExample({ module, photo }: { readonly module: string; readonly photo: string }) {
  const blob = await (await fetch(photo)).blob();
  Object.assign(globalThis, { photo: new File([blob], 'photo.png', { type: 'image/png' }) });
  await import(module);
}
