import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  caseContent,
  customerContent,
  dialogueContent,
  entryContent,
  gapContent,
  merchantContent,
  personContent,
  quickReplyContent,
  ticketContent,
} from "./shapes";

// Read from disk, not bundled: half a megabyte of prose has no place in the server's code.
function load<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> {
  return schema.parse(JSON.parse(readFileSync(join(process.cwd(), "db/seed/content", `${name}.json`), "utf8")));
}

/** Everything the demo says, parsed. @throws ZodError | Error when a file is missing or not in its shape */
export function demoContent() {
  const people = load(
    "people",
    z.object({ agents: z.record(z.string(), z.array(personContent)), customers: z.array(customerContent) }),
  );
  return {
    merchants: load("merchants", merchantContent),
    agents: people.agents,
    customers: people.customers,
    entries: {
      qinghe: [...load("faq.zh-CN", entryContent), ...load("faq.en", entryContent)],
      modian: load("faq.modian", entryContent),
      shiye: load("faq.shiye", entryContent),
      platform: load("faq.platform", entryContent),
    } as Record<string, z.infer<typeof entryContent>>,
    quickReplies: load("quick-replies", z.record(z.string(), z.array(quickReplyContent))),
    dialogues: load("dialogues", dialogueContent),
    cases: load("cases", caseContent),
    // What the search says of the questions in the dialogues that an entry answers: asking it anew takes seconds.
    certainty: load("certainty", z.record(z.string(), z.number().min(0).max(1))),
    gaps: load("gaps", gapContent),
    tickets: load("tickets", ticketContent),
  };
}

export type DemoContent = ReturnType<typeof demoContent>;
