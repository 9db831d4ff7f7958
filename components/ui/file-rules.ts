export interface FileRules {
  /** As in the `accept` attribute: ".csv", "image/png", "image/*". Everything when left out. */
  accept?: readonly string[];
  /** Largest size of one file, in bytes. */
  maxBytes: number;
  /** Files at a time; 1 unless given. */
  maxFiles?: number;
}

export interface RefusedFile {
  name: string;
  reason: "tooLarge" | "wrongType" | "tooMany";
}

interface Candidate {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

function matches(file: Candidate, pattern: string): boolean {
  if (pattern.startsWith(".")) {
    return file.name.toLowerCase().endsWith(pattern.toLowerCase());
  }
  return pattern.endsWith("/*") ? file.type.startsWith(pattern.slice(0, -1)) : file.type === pattern;
}

/**
 * Sorts out what the server would refuse anyway. A convenience: the server looks at the bytes and decides.
 */
export function checkFiles<File extends Candidate>(
  files: readonly File[],
  { accept, maxBytes, maxFiles = 1 }: FileRules,
): { accepted: File[]; refused: RefusedFile[] } {
  const accepted: File[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    if (accept !== undefined && !accept.some((pattern) => matches(file, pattern))) {
      refused.push({ name: file.name, reason: "wrongType" });
    } else if (file.size > maxBytes) {
      refused.push({ name: file.name, reason: "tooLarge" });
    } else if (accepted.length >= maxFiles) {
      refused.push({ name: file.name, reason: "tooMany" });
    } else {
      accepted.push(file);
    }
  }
  return { accepted, refused };
}
