import { useEffect } from 'react';

/** Calls `onPaste` with a picture that is pasted anywhere on the page. */
export function usePaste(onPaste: (file: File) => void): void {
  useEffect(() => {
    const listener = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file === undefined) return;
      event.preventDefault();
      onPaste(file);
    };
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, [onPaste]);
}
