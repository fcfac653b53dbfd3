// Run by `npm test` beforehand: installs the programs that tests use, through apt-get where it may, and
// else says what is missing and which tests go without. Never fails; silent when everything is there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian packages, how to tell that what they bring is there, and the tests that need it. */
const requirements = [
  {
    name: 'chromium',
    present: () => ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].some(onPath),
    tests: 'browser tests and, without its SwiftShader, WebGPU tests',
  },
  { name: 'libvulkan1', present: hasVulkanLoader, tests: 'WebGPU tests' },
  { name: 'python3-pil', present: hasPillow, tests: 'tests that compare image files with Pillow' },
  {
    name: 'libimage-exiftool-perl',
    present: () => onPath('exiftool'),
    tests: 'tests that read image metadata with exiftool',
  },
  {
    name: 'python3-onnx',
    present: () => existsSync('/usr/lib/python3/dist-packages/onnx'),
    tests: 'tests that check exported files with onnx',
  },
];

try {
  prepare();
} catch (error) {
  report(requirements.filter(isMissing), error instanceof Error ? error.message : String(error));
}

function prepare() {
  const missing = requirements.filter(isMissing);
  if (missing.length === 0) return;
  const command = aptGet();
  if (command === undefined) {
    report(missing, 'they cannot be installed without root or passwordless sudo, and apt-get');
    return;
  }
  console.error(`prepare-tests: installing ${names(missing)}`);
  const failures = install(command, missing);
  const stillMissing = missing.filter(isMissing);
  if (stillMissing.length > 0) report(stillMissing, failures.at(-1) ?? 'apt-get did not bring them');
}

/** One line: what is missing, how to get it, what goes without, and why it could not be installed. */
function report(missing, reason) {
  if (missing.length === 0) return;
  const consequence = process.env.CI === 'true' ? 'failing in CI' : 'skipped';
  const tests = [...new Set(missing.map(({ tests }) => tests))].join('; ');
  console.error(
    `prepare-tests: missing ${names(missing)} (${reason.trim().replace(/\s+/g, ' ')}); ` +
      `run \`sudo apt-get install ${missing.map(({ name }) => name).join(' ')}\`; ${consequence} without: ${tests}`,
  );
}

/** Installs one package at a time, so that one that is not to be had keeps none of the others back. */
function install(command, packages) {
  const failures = [];
  const apt = (...args) => {
    const [program, ...prefix] = command;
    const { status, stderr, error } = spawnSync(program, [...prefix, ...args], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 10 * 60_000,
    });
    if (status !== 0) failures.push(error?.message ?? stderr.trim().split('\n').at(-1) ?? '');
  };
  apt('update', '-qq', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1');
  for (const { name } of packages) apt('install', '-y', '-qq', '--no-install-recommends', name);
  return failures;
}

/** The command that may run apt-get, or undefined. */
function aptGet() {
  if (!onPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  const passwordless = onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0;
  return passwordless ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND', 'apt-get'] : undefined;
}

function isMissing({ present }) {
  return !present();
}

function names(packages) {
  return packages.map(({ name }) => name).join(', ');
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** The dynamic linker finds it, though Node then refuses it for not being an addon. Matters on Linux only. */
function hasVulkanLoader() {
  if (process.platform !== 'linux') return true;
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
    return true;
  } catch (error) {
    return /did not self-register/.test(String(error));
  }
}

function hasPillow() {
  if (!onPath('python3')) return false;
  // Debian's place for it spares starting Python.
  if (existsSync('/usr/lib/python3/dist-packages/PIL')) return true;
  return spawnSync('python3', ['-c', 'import PIL']).status === 0;
}
