// Copies the prebuilt files of @diffir/web beside the page; any static server can serve them from there.
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const built = new URL('./standalone/', import.meta.resolve('@diffir/web'));
await cp(fileURLToPath(built), fileURLToPath(new URL('./diffir/', import.meta.url)), { recursive: true });
