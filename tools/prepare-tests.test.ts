import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../scripts/prepare-tests.mjs', import.meta.url));

/** The script on a PATH of stand-ins, so that it finds and installs only what a test lets it. */
describe.skipIf(process.platform === 'win32')('prepare-tests', () => {
  let bin: string;

  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'diffir-bin-'));
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  function addProgram(name: string, body: string): void {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }

  /** An apt-get that notes its arguments and "installs" a package as a program of some name. */
  function addAptGet(programs: Readonly<Record<string, string>>): void {
    const cases = Object.entries(programs).map(([name, program]) => `*" ${name}") : > "${bin}/${program}";;`);
    addProgram('apt-get', `echo "$@" >> "${bin}/log"\ncase "$*" in ${cases.join(' ')} *) exit 0;; esac`);
    // Root needs no sudo; others are let through to the same stand-in.
    addProgram('sudo', 'case "$*" in *" true") exit 0;; esac; shift 3; exec apt-get "$@"');
  }

  function run() {
    const env = { PATH: bin, CI: '' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  const log = () => readFileSync(join(bin, 'log'), 'utf8').trim().split('\n');

  it('says in one line what is missing, how to get it and what goes without, and does not fail', () => {
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(
      /^prepare-tests: missing chromium, .*libimage-exiftool-perl \(.*without root.*\); run `sudo apt-get install chromium .*`; skipped without: browser tests.*\n$/,
    );
    expect(stderr.trim()).not.toContain('\n');
  });

  it('updates once and installs what is missing, and nothing else', () => {
    addProgram('python3', 'exit 0');
    addProgram('exiftool', '');
    addAptGet({ chromium: 'chromium', libvulkan1: 'libvulkan1' });
    const { status, stderr } = run();
    expect(status).toBe(0);
    expect(log()[0]).toMatch(/^update /);
    expect(log().filter((line) => line.startsWith('update'))).toHaveLength(1);
    expect(log()).toContain('install -y -qq --no-install-recommends chromium');
    expect(log().join('\n')).not.toMatch(/exiftool|python3-pil/);
    expect(existsSync(join(bin, 'chromium'))).toBe(true);
    expect(stderr).toMatch(/^prepare-tests: installing chromium/);
    expect(stderr).not.toMatch(/missing .*chromium/);
  });

  it('reports what apt-get did not bring, with its own words', () => {
    addProgram('python3', 'exit 0');
    addProgram('exiftool', '');
    addProgram('apt-get', 'echo "E: Unable to locate package $5" >&2; exit 100');
    addProgram('sudo', 'case "$*" in *" true") exit 0;; esac; shift 3; exec apt-get "$@"');
    const { status, stderr } = run();
    expect(status).toBe(0);
    expect(stderr).toMatch(/missing chromium.* \(E: Unable to locate package (chromium|libvulkan1)\)/);
  });

  it('is silent when everything is there', () => {
    addProgram('chromium', '');
    addProgram('exiftool', '');
    addProgram('python3', 'exit 0');
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    // The Vulkan loader is a library, which a PATH cannot stand in for.
    expect(stderr.replace(/^prepare-tests: missing libvulkan1 .*\n$/, '')).toBe('');
  });
});
