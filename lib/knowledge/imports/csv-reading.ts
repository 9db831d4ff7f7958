import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { AppError } from "@/lib/core/errors";
import { HEAD_WITHIN, type ImportRecord, isHead, rowOf } from "./table-rows";
import { ENCODING_SAMPLE_BYTES, encodingOf } from "./text-encoding";

/** A cell longer than this is a quote that was never closed. */
const CELL_MAX_CHARACTERS = 200_000;
/** A line that is no row at all is told; so many of them in a file are not a table. */
const BAD_LINES_MAX = 1_000;

/** The first bytes of a stream, and the stream with them. */
async function beginning(body: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncGenerator<Uint8Array>]> {
  const iterator = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  while (size < ENCODING_SAMPLE_BYTES && !ended) {
    const { done, value } = await iterator.next();
    ended = done === true;
    if (value) {
      chunks.push(value);
      size += value.byteLength;
    }
  }
  const sample = Buffer.concat(chunks);
  async function* all(): AsyncGenerator<Uint8Array> {
    yield sample;
    for (let next = ended ? undefined : await iterator.next(); next && !next.done; next = await iterator.next()) {
      yield next.value;
    }
  }
  return [sample, all()];
}

async function* decoded(body: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of body) {
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** The sign between the columns of the head, or of the first line when none of the first is one. */
function delimiterOf(lines: readonly string[]): string {
  const signs = [",", "\t", ";"];
  const heads = signs.filter((sign) =>
    lines.some((line) => isHead(line.split(sign).map((cell) => cell.replace(/^\ufeff?"|"$|^\ufeff/g, "")))),
  );
  const counts = signs.map((sign) => [sign, (lines[0] ?? "").split(sign).length] as const);
  return heads[0] ?? counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

/**
 * Rows of a csv file of any length, one at a time: memory does not grow with the file. Commas, semicolons or tabs;
 * UTF-8, UTF-16 or GB18030. A row that cannot be read is told and the next one is read.
 *
 * @throws AppError invalid `import_no_columns` without a head that names question and answer; `import_unreadable`
 */
export async function* readCsv(body: AsyncIterable<Uint8Array>): AsyncGenerator<ImportRecord> {
  const [sample, all] = await beginning(body);
  const encoding = encodingOf(sample);
  const head = new TextDecoder(encoding).decode(sample).split(/\r\n|\r|\n/, HEAD_WITHIN);
  const skipped: ImportRecord[] = [];
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    max_record_size: CELL_MAX_CHARACTERS,
    on_skip: (error) => {
      skipped.push({ row: (error?.["lines"] as number | undefined) ?? 0, error: badLine });
      return undefined;
    },
  });
  const source = Readable.from(decoded(all, encoding));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let names: string[] | undefined;
  let count = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      yield* skipped.splice(0);
      count += 1;
      if (names) {
        const row = rowOf(names, record, count);
        if (row) {
          yield row;
        }
      } else if (isHead(record)) {
        names = record;
      } else if (count >= HEAD_WITHIN) {
        throw new AppError("invalid", "import_no_columns");
      }
    }
    yield* skipped.splice(0, BAD_LINES_MAX);
  } catch (cause) {
    throw AppError.is(cause) ? cause : new AppError("invalid", "import_unreadable", { cause });
  } finally {
    source.destroy();
  }
  if (!names) {
    throw new AppError("invalid", "import_no_columns");
  }
}

const badLine = { reason: "import_bad_line", field: "", question: "" } as const;
