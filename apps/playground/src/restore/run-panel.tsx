import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { announcement } from './announcement';
import { ErrorNotice } from './error-notice';
import classes from './run-panel.module.css';
import { RunProgress } from './run-progress';
import { isRunning, type RunState } from './run-state';

export interface RunPanelProps {
  readonly run: RunState;
  /** What is still missing, in words; undefined when the run can start. */
  readonly missing: string | undefined;
  onStart(): void;
  onCancel(): void;
  onDismiss(): void;
}

/**
 * The button that starts and cancels, with what a run says meanwhile. It is one button, so the focus of
 * whoever pressed it stays where it is.
 */
export function RunPanel({ run, missing, onStart, onCancel, onDismiss }: RunPanelProps) {
  const running = isRunning(run);
  const notice = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const failed = run.phase === 'failed';
  useEffect(() => {
    // On a phone it may lie outside of what is seen.
    if (failed) notice.current?.scrollIntoView({ block: 'nearest' });
  }, [failed]);
  const dismiss = () => {
    onDismiss();
    // What had the focus goes with the notice.
    button.current?.focus();
  };
  return (
    <div className={classes.panel} ref={notice}>
      {run.phase === 'failed' && <ErrorNotice words={run.words} onDismiss={dismiss} />}
      {running && <RunProgress run={run} />}
      <Button
        ref={button}
        fullWidth
        size="md"
        variant={running ? 'default' : 'filled'}
        disabled={!running && missing !== undefined}
        aria-describedby="run-missing"
        onClick={running ? onCancel : onStart}
      >
        {running ? 'Cancel' : 'Restore'}
      </Button>
      <p className={classes.missing} id="run-missing">
        {running ? '' : (missing ?? (run.phase === 'idle' && run.cancelled ? 'Cancelled.' : ''))}
      </p>
      <VisuallyHidden role="status">{announcement(run)}</VisuallyHidden>
    </div>
  );
}
