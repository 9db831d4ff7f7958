import { getDocumentProxy } from "unpdf";
import { AppError } from "@/lib/core/errors";
import type { Block } from "./blocks";
import { blocksOfPdf, type PdfLine } from "./pdf-blocks";
import { PredefinedTables } from "./pdf-encodings";

/** Most pages that are read of one file. */
const PAGES_MAX = 2_000;

interface TextPiece {
  readonly str: string;
  readonly transform: readonly number[];
  readonly height: number;
  readonly hasEOL: boolean;
}

/** Pieces of text as lines: a piece at another height begins one. */
function linesOf(pieces: readonly TextPiece[], page: number): PdfLine[] {
  const lines: { text: string; size: number; y: number; page: number }[] = [];
  let ended = true;
  for (const { str, transform, height, hasEOL } of pieces) {
    const y = transform[5] ?? 0;
    const size = height || Math.abs(transform[3] ?? 0);
    const last = lines.at(-1);
    if (last && !ended && (str.trim() === "" || Math.abs(last.y - y) < Math.max(last.size, size) / 2)) {
      last.text += str;
      last.size = Math.max(last.size, str.trim() === "" ? 0 : size);
    } else if (str.trim() !== "") {
      lines.push({ text: str, size, y, page });
    }
    ended = hasEOL;
  }
  return lines;
}

/** What of a failure can be said in words. */
function problemOf(cause: unknown): AppError {
  const name = cause instanceof Error ? cause.name : "";
  return AppError.is(cause)
    ? cause
    : new AppError("invalid", name === "PasswordException" ? "import_encrypted" : "import_broken", { cause });
}

/**
 * Reads the text of a PDF, page by page.
 *
 * @throws AppError invalid `import_encrypted` | `import_broken` | `import_no_text` (pictures of text have none)
 */
export async function pdfDocument(bytes: Uint8Array): Promise<{ title: string; blocks: Block[] }> {
  try {
    // A copy: the reader takes the bytes for itself.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), {
      useSystemFonts: false,
      stopAtErrors: false,
      verbosity: 0,
      // Tables of the predefined Chinese encodings are made here when a file names one (pdf-encodings.ts).
      cMapUrl: "predefined/",
      cMapPacked: false,
      BinaryDataFactory: PredefinedTables,
    });
    const lines: PdfLine[] = [];
    for (let number = 1; number <= Math.min(pdf.numPages, PAGES_MAX); number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      lines.push(
        ...linesOf(
          items.flatMap((item) => ("str" in item ? [item] : [])),
          number,
        ),
      );
      page.cleanup();
    }
    const { info } = (await pdf.getMetadata().catch(() => undefined)) ?? {};
    const title = info && "Title" in info && typeof info.Title === "string" ? info.Title.trim() : "";
    if (lines.length === 0) {
      throw new AppError("invalid", "import_no_text");
    }
    return { title, blocks: blocksOfPdf(lines) };
  } catch (cause) {
    throw problemOf(cause);
  }
}
