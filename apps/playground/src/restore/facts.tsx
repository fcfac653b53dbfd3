import { formatBytes } from '../words/format-bytes';
import { formatDuration } from '../words/format-duration';
import classes from './facts.module.css';
import type { Result } from './result';

/** What a result took: size, time, backend, memory. */
export function Facts({ result }: { readonly result: Result }) {
  const { after, model, outcome } = result;
  const { seconds, backend, memory } = outcome;
  const facts = [
    { name: 'Size', value: `${after.width} × ${after.height}` },
    { name: 'Time', value: formatDuration(seconds) },
    { name: 'Model', value: model },
    { name: 'Backend', value: backend.id, title: `${backend.description}. ${backend.reason}` },
    { name: 'Memory', value: formatBytes(memory.bytes), title: `${memory.tensors} tensors` },
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value, title }) => (
        <div className={classes.fact} key={name} title={title}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
