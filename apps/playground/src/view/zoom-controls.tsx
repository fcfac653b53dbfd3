import { ActionIcon, Button } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { Zoom } from './use-zoom';
import classes from './zoom-controls.module.css';

export function ZoomControls({ zoom }: { readonly zoom: Zoom }) {
  return (
    <fieldset className={classes.controls} aria-label="Zoom">
      <ActionIcon variant="subtle" color="gray" aria-label="Zoom out" onClick={zoom.zoomOut}>
        <IconMinus size={17} aria-hidden />
      </ActionIcon>
      <span className={classes.percent}>{zoom.percent}%</span>
      <ActionIcon variant="subtle" color="gray" aria-label="Zoom in" onClick={zoom.zoomIn}>
        <IconPlus size={17} aria-hidden />
      </ActionIcon>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={zoom.fit}>
        Fit
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-label="1:1, pixel for pixel"
        onClick={zoom.toPixels}
      >
        1:1
      </Button>
    </fieldset>
  );
}
