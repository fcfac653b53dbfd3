/** Random access to the bytes of a file, wherever they lie; readers ask only for the ranges they need. */
export interface ByteSource {
  /** Name used in error messages: a file name or URL. */
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`, in memory of their own that the caller may keep and change;
   * rejects when the range leaves the file.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Releases what the source holds open. */
  close?(): Promise<void>;
}
