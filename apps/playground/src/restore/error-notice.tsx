import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './error-notice.module.css';
import type { ErrorWords } from './error-words';

export interface ErrorNoticeProps {
  readonly words: ErrorWords;
  onDismiss(): void;
}

export function ErrorNotice({ words, onDismiss }: ErrorNoticeProps) {
  return (
    <Alert
      className={classes.notice}
      classNames={{ title: classes.alarm ?? '', icon: classes.alarm ?? '' }}
      variant="default"
      role="alert"
      title={words.title}
      icon={<IconAlertTriangle aria-hidden />}
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={onDismiss}
    >
      <p className={classes.text}>{words.detail}</p>
      {words.remedy && <p className={classes.text}>{words.remedy}</p>}
    </Alert>
  );
}
