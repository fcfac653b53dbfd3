import { describe, expect, it } from 'vitest';
import { capture } from '../../testing/run-cli';
import { createReport } from './report';

function silentReport() {
  return createReport({ stdout: capture().stream, debug: false, json: false, progress: { log() {} } });
}

describe('the summary of a batch', () => {
  it('counts what came out how', () => {
    const report = silentReport();
    for (const input of ['a.png', 'b.png']) report.failed({ input }, new Error('damaged'));
    expect(report.summary()).toMatch(/^2 failed in \d+\.\d s$/);
    expect(report.exitCode()).toBe(1);
  });

  it('is left out for a single image', () => {
    const report = silentReport();
    report.failed({ input: 'a.png' }, new Error('damaged'));
    expect(report.summary()).toBeUndefined();
  });
});
