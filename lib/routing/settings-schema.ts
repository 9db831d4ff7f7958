import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

const seconds = (usual: number) => z.int().min(0).max(86_400).default(usual);
const words = z.string().trim().max(500).default("");

/** What happens when somebody stays silent (R3). All in seconds; 0 switches one off. */
export const timeoutSettings = defineSettings(
  "timeouts",
  z.object({
    /** A visitor in line is told that it takes long, and offered to leave a message. */
    queueSeconds: seconds(300),
    queueChinese: words,
    queueEnglish: words,
    /** An assigned conversation that its agent has not opened goes to somebody else with room. */
    acceptSeconds: seconds(90),
    /** The customer waits for a reply: the agent is warned, then the supervisors, then others get it, first in line. */
    agentWarnSeconds: seconds(120),
    supervisorWarnSeconds: seconds(300),
    agentRequeueSeconds: seconds(600),
    /** The agent's reply is unanswered: the customer is asked, and later the conversation ended. */
    customerAskSeconds: seconds(900),
    customerAskChinese: words,
    customerAskEnglish: words,
    /** Counted from the question. */
    customerCloseSeconds: seconds(600),
    customerCloseChinese: words,
    customerCloseEnglish: words,
  }),
);
