/** Where the bytes of files lie. Keys are made by us (`2026/11/21/<random>`), never by a person. */
export interface Storage {
  /** Takes the file at `path` in; the file may be moved away. */
  put(key: string, path: string, mime: string): Promise<void>;
  /** @returns undefined when there is no such key */
  read(key: string): Promise<ReadableStream<Uint8Array> | undefined>;
  remove(key: string): Promise<void>;
}
