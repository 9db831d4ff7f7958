import { randomBytes } from "node:crypto";
import { access, copyFile, mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Command, Option } from "commander";
import { AppError } from "@/lib/core/errors";
import { writtenIn } from "@/lib/core/written-language";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { readFaqFile } from "@/lib/knowledge/import-file";
import { importNow } from "@/lib/knowledge/imports/direct-service";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import { refusedItems } from "@/lib/knowledge/imports/queries";
import { webImport, webMode } from "@/lib/knowledge/imports/schema";
import { findAnswers } from "@/lib/knowledge/queries";
import { collectionName, entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { incomingFolder } from "@/lib/platform/storage/storage";
import { commandContext, commandLocale } from "./command-context";
import { print, runCommand, words } from "./output";

interface AddOptions {
  readonly question: string;
  readonly answer: string;
  readonly category?: string;
  readonly tags?: string;
  readonly language?: string;
  readonly merchant?: string;
}

async function addFaq(json: boolean, options: AddOptions): Promise<void> {
  const t = words();
  const parsed = entryInput.safeParse({
    question: options.question,
    answer: options.answer,
    category: options.category ?? "",
    tags: (options.tags ?? "")
      .split(/[,，]/u)
      .map((tag) => tag.trim())
      .filter(Boolean),
    language: options.language ?? writtenIn(`${options.question}\n${options.answer}`),
    status: "published",
  });
  if (!parsed.success) {
    throw new AppError("invalid", "invalid");
  }
  const entry = await createEntry(await commandContext(options.merchant), parsed.data);
  print(json, entry, [t("faqAdded", { question: entry.question })]);
}

/** @throws AppError invalid when the name is longer than a collection's may be */
function collectionOf(name: string | undefined): string | undefined {
  const parsed = collectionName.optional().safeParse(name);
  if (!parsed.success) {
    throw new AppError("invalid", "too_long");
  }
  return parsed.data;
}

interface ImportOptions {
  readonly file?: string;
  readonly url?: string;
  readonly mode: string;
  readonly pages: string;
  readonly collection?: string;
  readonly merchant?: string;
}

/** A table of questions: every row of it becomes an entry, under its id. */
async function importTable(json: boolean, file: string, options: ImportOptions): Promise<void> {
  const t = words();
  const context = await commandContext(options.merchant);
  const { items, errors } = await readFaqFile(context, basename(file), await readFile(file));
  const result = await importEntries(context, items, {
    collection: collectionOf(options.collection),
  });
  const reasons = serverTranslator(commandLocale(), "errors");
  print(json, { ...result, errors }, [
    t("imported", { created: result.created, updated: result.updated, unchanged: result.unchanged }),
    ...errors.map((error) => t("rowRefused", { row: error.row, field: error.field, reason: reasons(error.reason) })),
  ]);
  if (items.length === 0) {
    process.exitCode = 1;
  }
}

/** The command's copy of a file: what is imported is moved away. */
async function copyOf(file: string): Promise<{ path: string; name: string }> {
  const folder = incomingFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomBytes(16).toString("hex"));
  await copyFile(file, path);
  return { path, name: basename(file) };
}

/** A document, page, site or sitemap: its sections become entries. */
async function importDocument(json: boolean, options: ImportOptions): Promise<void> {
  const t = words();
  const context = await commandContext(options.merchant);
  const { file, url, mode, pages } = options;
  const source = file
    ? { file: await copyOf(file) }
    : { web: webImport.parse({ address: url, mode, pages: Number(pages) || undefined }) };
  const done = await importNow(context, source, collectionOf(options.collection));
  const { created, updated, unchanged, archived } = done.outcomes;
  const refused = (await refusedItems(context, done.id)).map(({ question, problem }) => ({ question, problem }));
  print(json, { status: done.status, problem: done.problem, created, updated, unchanged, archived, errors: refused }, [
    done.problem ?? t("imported", { created, updated, unchanged }),
    ...refused.map(({ question, problem }) => `${question}  ${problem ?? ""}`),
  ]);
  if (done.status !== "done") {
    process.exitCode = 1;
  }
}

async function importFaq(json: boolean, options: ImportOptions): Promise<void> {
  if ((options.file === undefined) === (options.url === undefined)) {
    throw new AppError("invalid", "import_source_missing");
  }
  if (options.file !== undefined) {
    await access(options.file).catch((cause: unknown) => {
      throw new AppError("not_found", "import_file_missing", { cause });
    });
    if (/\.(?:json|csv|xlsx)$/i.test(options.file)) {
      return importTable(json, options.file, options);
    }
  }
  return importDocument(json, options);
}

interface SearchOptions {
  readonly query: string;
  readonly limit: string;
  readonly collection?: string;
  readonly merchant?: string;
}

async function searchKb(json: boolean, options: SearchOptions): Promise<void> {
  const t = words();
  const limit = Math.min(20, Math.max(1, Number(options.limit) || 5));
  const result = await findAnswers(await commandContext(options.merchant), options.query, {
    limit,
    collection: collectionOf(options.collection),
  });
  const lines = result.items.map((hit) => `${hit.confidence.toFixed(2)}  ${hit.question}`);
  print(json, result, lines.length > 0 ? lines : [t("nothingFound")]);
}

/** `add_faq`, `import_faq`, `search_kb`: the commands of seed 003, under its names. */
export function knowledgeCommands(program: Command, json: () => boolean): void {
  const t = words();
  program
    .command("add_faq")
    .description(t("addFaq"))
    .requiredOption("--question <text>", t("question"))
    .requiredOption("--answer <text>", t("answer"))
    .option("--category <name>", t("category"))
    .option("--tags <a,b>", t("tags"))
    .option("--language <tag>", t("language"))
    .option("--merchant <slug>", t("merchant"))
    .action((options: AddOptions) => runCommand(json(), () => addFaq(json(), options)));
  program
    .command("import_faq")
    .description(t("importFaq"))
    .option("--file <path>", t("file"))
    .option("--url <address>", t("importUrl"))
    .addOption(new Option("--mode <mode>", t("importMode")).choices(webMode.options).default("page"))
    .option("--pages <n>", t("importPages"), "50")
    .option("--collection <name>", t("collection"))
    .option("--merchant <slug>", t("merchant"))
    .action((options: ImportOptions) => runCommand(json(), () => importFaq(json(), options)));
  program
    .command("search_kb")
    .description(t("searchKb"))
    .requiredOption("--query <text>", t("query"))
    .option("--collection <name>", t("collectionSearched"))
    .option("--limit <n>", t("limit"), "5")
    .option("--merchant <slug>", t("merchant"))
    .action((options: SearchOptions) => runCommand(json(), () => searchKb(json(), options)));
}
