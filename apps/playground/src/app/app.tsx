import { useDropzone } from 'react-dropzone';
import { EmptyStage } from '../photo/empty-stage';
import { usePaste } from '../photo/use-paste';
import { Stage } from '../view/stage';
import classes from './app.module.css';
import { Header } from './header';
import { Sidebar } from './sidebar';
import { usePlayground } from './use-playground';

export function App() {
  const playground = usePlayground();
  const { photo, restoration, running, task } = playground;
  const choosePhoto = ([file]: readonly File[]) => {
    if (file !== undefined && !running) playground.openPhoto(file);
  };
  const { getRootProps, getInputProps, open, isDragActive } = useDropzone({
    onDrop: choosePhoto,
    multiple: false,
    noClick: true,
    noKeyboard: true,
  });
  usePaste((file) => choosePhoto([file]));

  return (
    <div {...getRootProps({ className: classes.app ?? '', role: 'none', tabIndex: -1 })}>
      <input {...getInputProps({ accept: 'image/*', 'aria-label': 'Photo file' })} />
      <Header />
      <div className={classes.body}>
        <main className={classes.stage}>
          {photo === undefined ? (
            <div className={classes.empty}>
              <EmptyStage onChoose={open} onExample={playground.openExample} />
            </div>
          ) : (
            <Stage
              photo={photo}
              mask={task.mask ? playground.mask : undefined}
              result={restoration.result}
              shown={playground.shown}
              disabled={running}
              onShow={playground.show}
              onError={restoration.fail}
            />
          )}
        </main>
        <Sidebar playground={playground} onChoosePhoto={open} />
      </div>
      {isDragActive && <div className={classes.drop}>Drop the photo anywhere</div>}
    </div>
  );
}
