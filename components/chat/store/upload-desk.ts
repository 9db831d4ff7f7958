import { RequestFailure } from "../transport/request-failure";
import type { Upload, Uploader } from "../transport/upload";
import type { Outbox } from "./outbox";

/** Brings files to the server and puts each into the outbox as a message of its own. */
export class UploadDesk {
  private readonly files = new Map<string, File>();
  private readonly running = new Map<string, Upload>();

  constructor(
    private readonly upload: Uploader,
    private readonly started: () => Promise<void>,
    private readonly outbox: Outbox,
    private readonly now: () => number,
    private readonly newClientId: () => string,
  ) {}

  /**
   * Starts sending a file.
   *
   * @param previewUrl object address for a picture, or null
   * @param seconds length of a voice note
   */
  add(file: File, previewUrl: string | null, seconds = 0): void {
    const clientId = this.newClientId();
    this.files.set(clientId, file);
    this.outbox.add({
      clientId,
      quote: null,
      createdAt: this.now(),
      text: "",
      file: { name: file.name, mime: file.type, size: file.size, previewUrl, fileId: null, seconds, progress: 0 },
      target: undefined,
      state: "uploading",
      error: null,
      attempts: 0,
    });
    void this.run(clientId, file);
  }

  retry(clientId: string): void {
    const file = this.files.get(clientId);
    if (file) {
      this.outbox.update(clientId, { state: "uploading", error: null });
      void this.run(clientId, file);
    }
  }

  /** Stops an upload; the message is the caller's to remove. */
  cancel(clientId: string): void {
    this.running.get(clientId)?.cancel();
    this.files.delete(clientId);
  }

  private async run(clientId: string, file: File): Promise<void> {
    await this.started();
    if (!this.files.has(clientId)) {
      return;
    }
    const upload = this.upload(file, (progress) => this.patchFile(clientId, { progress }));
    this.running.set(clientId, upload);
    try {
      const { id, mime } = await upload.done;
      this.files.delete(clientId);
      this.patchFile(clientId, { fileId: id, mime, progress: 1 });
      this.outbox.update(clientId, { state: "queued" });
    } catch (cause) {
      const failure = cause instanceof RequestFailure ? cause : undefined;
      this.outbox.update(clientId, { state: "failed", error: failure?.detail ?? null });
    } finally {
      this.running.delete(clientId);
    }
  }

  private patchFile(clientId: string, patch: { progress?: number; fileId?: string; mime?: string }): void {
    const item = this.outbox.find(clientId);
    if (item?.file) {
      this.outbox.update(clientId, { file: { ...item.file, ...patch } });
    }
  }
}
