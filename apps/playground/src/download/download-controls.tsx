import { Button, NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Result } from '../restore/result';
import classes from './download-controls.module.css';
import { saveFormats } from './file-name';
import { saveResult } from './save-result';

export interface DownloadControlsProps {
  readonly result: Result;
  onError(error: unknown): void;
}

export function DownloadControls({ result, onError }: DownloadControlsProps) {
  const [format, setFormat] = useState(saveFormats[0]);
  return (
    <div className={classes.controls}>
      <NativeSelect
        aria-label="File format"
        size="sm"
        value={format.type}
        data={saveFormats.map(({ type, label }) => ({ value: type, label }))}
        onChange={({ currentTarget }) =>
          setFormat(saveFormats.find(({ type }) => type === currentTarget.value) ?? saveFormats[0])
        }
      />
      <Button
        size="sm"
        leftSection={<IconDownload size={17} aria-hidden />}
        onClick={() => saveResult(result, format).catch(onError)}
      >
        Download
      </Button>
    </div>
  );
}
