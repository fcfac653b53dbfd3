import { useCallback, useEffect, useState } from 'react';
import { openPhoto, type Photo, releasePhoto } from './photo';

export interface PhotoState {
  readonly photo: Photo | undefined;
  /** Opens a file as the photo. @throws ImageError when it is none; the photo stays what it was */
  open(file: File): Promise<void>;
}

/** The photo that is worked on. */
export function usePhoto(): PhotoState {
  const [photo, setPhoto] = useState<Photo>();
  useEffect(() => {
    if (photo === undefined) return;
    return () => releasePhoto(photo);
  }, [photo]);
  const open = useCallback(async (file: File) => setPhoto(await openPhoto(file, file.name)), []);
  return { photo, open };
}
