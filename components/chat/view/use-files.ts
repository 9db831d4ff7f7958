import { useEffect, useState } from "preact/hooks";
import { formatBytes } from "@/lib/i18n/format";
import { useChat } from "./chat-context";

/** Sends files after a look at what the server would refuse anyway. */
export function useFiles(): (files: Iterable<File>) => void {
  const { data, say, store, t } = useChat();
  return (files) => {
    for (const file of files) {
      if (file.size === 0) {
        say(t("composer.emptyFile", { name: file.name }));
      } else if (file.size > data.uploadMaxBytes) {
        say(t("composer.tooLarge", { name: file.name, size: formatBytes(data.uploadMaxBytes, data.locale) }));
      } else {
        const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
        store?.uploads.add(file, isPicture ? URL.createObjectURL(file) : null);
      }
    }
  };
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** Files that are dragged over the page and dropped anywhere on it. @returns true while some hover */
export function useFileDrop(onFiles: (files: Iterable<File>) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) {
        event.preventDefault();
        setOver(true);
      }
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (hasFiles(event)) {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer?.files ?? []);
      }
    };
    document.addEventListener("dragenter", enter);
    document.addEventListener("dragover", enter);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragenter", enter);
      document.removeEventListener("dragover", enter);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [onFiles]);
  return over;
}
