import { Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatBytes } from '../words/format-bytes';
import { formatDuration } from '../words/format-duration';
import { remainingSeconds } from './remaining-time';
import classes from './run-progress.module.css';
import { progressShare, type RunState } from './run-state';

/** How far a run has come: bytes of the model, then the photo's pixels and the time they will take. */
export function RunProgress({ run }: { readonly run: RunState }) {
  const now = useNow();
  const share = progressShare(run);
  const { title, detail } = words(run, now);
  return (
    <div className={classes.progress}>
      <div className={classes.words}>
        <span>{title}</span>
        <span className={classes.detail}>{detail}</span>
      </div>
      <Progress.Root size="sm">
        <Progress.Section
          // Its own says 100 percent of what nobody knows.
          withAria={false}
          role="progressbar"
          aria-label={title}
          aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
          value={share === undefined ? 100 : share * 100}
          striped={share === undefined}
          animated={share === undefined}
        />
      </Progress.Root>
    </div>
  );
}

function words(run: RunState, now: number): { readonly title: string; readonly detail: string } {
  if (run.phase === 'restoring') {
    const seconds = remainingSeconds(run.work, now);
    const percent = Math.round((100 * run.work.done) / run.work.total);
    const rest = seconds === undefined ? '' : `, about ${formatDuration(seconds)} left`;
    return { title: 'Restoring', detail: run.work.done === 0 ? '' : `${percent}%${rest}` };
  }
  if (run.phase !== 'loading') return { title: '', detail: '' };
  const { receivedBytes, totalBytes } = run;
  if (receivedBytes === 0) return { title: 'Loading the model', detail: '' };
  if (receivedBytes === totalBytes) return { title: 'Starting the model', detail: '' };
  const total = totalBytes === undefined ? '' : ` of ${formatBytes(totalBytes)}`;
  return { title: 'Loading the model', detail: `${formatBytes(receivedBytes)}${total}` };
}

/** The time, twice a second. */
function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
