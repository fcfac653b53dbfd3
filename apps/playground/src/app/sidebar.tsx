import { MaskSection } from '../mask/mask-section';
import { ModelSection } from '../model/model-section';
import { TaskPicker } from '../model/task-picker';
import { PhotoSection } from '../photo/photo-section';
import { RunPanel } from '../restore/run-panel';
import { AdvancedSettings } from '../settings/advanced-settings';
import { models } from './choices';
import classes from './sidebar.module.css';
import type { Playground } from './use-playground';

export interface SidebarProps {
  readonly playground: Playground;
  onChoosePhoto(): void;
}

/** Everything there is to choose, in the order it is chosen in, and the button that starts. */
export function Sidebar({ playground, onChoosePhoto }: SidebarProps) {
  const { settings, task, photo, model, mask, restoration, running } = playground;
  return (
    <aside className={classes.sidebar} aria-label="Settings">
      <div className={classes.sections}>
        <PhotoSection photo={photo} disabled={running} onChoose={onChoosePhoto} />
        <TaskPicker task={task.id} disabled={running} onChange={playground.changeTask} />
        {task.mask && photo && (
          <MaskSection photo={photo} mask={mask} disabled={running} onLoad={playground.openMask} />
        )}
        <ModelSection
          state={model}
          models={models.filter((candidate) => candidate.task === task.id)}
          disabled={running}
        />
        <AdvancedSettings settings={settings} disabled={running} onChange={playground.change} />
      </div>
      <div className={classes.run}>
        <RunPanel
          run={restoration.run}
          missing={playground.missing}
          onStart={playground.restore}
          onCancel={restoration.cancel}
          onDismiss={restoration.dismiss}
        />
      </div>
    </aside>
  );
}
