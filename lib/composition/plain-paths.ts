import { uploadedFile } from "@/lib/files/schema";
import { importReport } from "@/lib/knowledge/import-schema";
import { knowledgeImport } from "@/lib/knowledge/imports/schema";
import { type ApiPaths, failuresOf, securityOf } from "@/lib/platform/openapi/document";

const text = (description: string) => ({ type: "string" as const, description });

function upload(operationId: string, audience: readonly ("agent" | "key" | "visitor")[], tag: string) {
  return {
    operationId,
    summary: "Upload a file; its id can then be sent in a message",
    tags: [tag],
    security: securityOf(audience),
    requestBody: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            type: "object" as const,
            properties: { file: { type: "string" as const, contentMediaType: "application/octet-stream" } },
            required: ["file"],
          },
        },
      },
    },
    responses: {
      "201": { description: "Stored", content: { "application/json": { schema: uploadedFile } } },
      ...failuresOf(400, 401, 403, 413, 415, 429, 503),
    },
    "x-audience": audience,
    "x-requests-per-minute": 60,
  };
}

function realtime(operationId: string, summary: string, audience: readonly ("agent" | "visitor")[], fields: string[]) {
  return {
    operationId,
    summary,
    tags: ["Realtime"],
    security: securityOf(audience),
    requestBody: {
      required: true,
      content: {
        "application/x-www-form-urlencoded": {
          schema: {
            type: "object" as const,
            properties: Object.fromEntries(fields.map((name) => [name, { type: "string" as const }])),
            required: fields,
          },
        },
      },
    },
    responses: {
      "200": {
        description: "The signature, as the Pusher protocol defines it",
        content: { "application/json": { schema: { type: "object" as const } } },
      },
      ...failuresOf(401, 403, 413, 503),
    },
    "x-audience": audience,
  };
}

function download(operationId: string, summary: string, tag: string) {
  return {
    operationId,
    summary,
    tags: [tag],
    security: securityOf(["agent", "key"]),
    parameters: [{ in: "query" as const, name: "format", schema: text("`csv` (the default) or `xlsx`") }],
    responses: {
      "200": { description: "The table, as an attachment", content: { "text/csv": {} } },
      ...failuresOf(400, 401, 403, 429, 503),
    },
    "x-audience": ["agent", "key"],
    "x-requests-per-minute": 10,
  };
}

/** A webhook address of an earlier system: leads to the oldest channel of its kind. */
function earlierWebhook(operationId: string, summary: string): Pick<ApiPaths[string], "get" | "post"> {
  const described = (method: string) => ({
    operationId: `${operationId}${method}`,
    summary,
    tags: ["Compatibility"],
    security: securityOf(["public"]),
    parameters: [{ in: "query" as const, name: "channel", schema: text("Id of the channel, where there are several") }],
    responses: {
      "200": { description: "As the platform wants it", content: { "text/plain": {} } },
      ...failuresOf(403, 404, 413, 503),
    },
    "x-audience": ["public"] as const,
  });
  return {
    get: described("Check"),
    post: {
      ...described("Receive"),
      requestBody: { required: true, content: { "application/xml": { schema: { type: "string" } } } },
    },
  };
}

/** Paths that read or answer something else than JSON, so that no contract describes them. */
export const PLAIN_PATHS: ApiPaths = {
  "/api/v1/files": { post: upload("uploadFile", ["agent", "key"], "Files") },
  "/api/v1/chat/files": { post: upload("uploadVisitorFile", ["visitor"], "Chat") },
  "/api/files/{id}": {
    get: {
      operationId: "downloadFile",
      summary: "A stored file, by the signed address that messages carry",
      tags: ["Files"],
      security: securityOf(["public"]),
      parameters: [
        { in: "path", name: "id", required: true, schema: text("Id of the file") },
        { in: "query", name: "token", required: true, schema: text("Signature with its end") },
      ],
      responses: {
        "200": { description: "The bytes, always as an attachment", content: { "application/octet-stream": {} } },
        ...failuresOf(403, 404, 503),
      },
      "x-audience": ["public"],
    },
  },
  "/api/v1/audit/export": {
    get: download("exportAudit", "The audit log as a file, under the filters of its list", "Audit"),
  },
  "/api/v1/quick-replies/export": {
    get: download(
      "exportQuickReplies",
      "Quick replies as a file, in the columns that an import takes",
      "Quick replies",
    ),
  },
  "/api/v1/knowledge/export": {
    get: download(
      "exportKnowledge",
      "Knowledge entries as a file, under the filters of their list, in the columns that an import takes",
      "Knowledge",
    ),
  },
  "/api/v1/knowledge/imports/file": {
    post: {
      ...upload("startFileImport", ["agent", "key"], "Knowledge"),
      summary: "Have a file read: json, csv, xlsx, md, docx, pdf or html; nothing is written before it is confirmed",
      parameters: [
        { in: "query", name: "collection", schema: text("Collection that all go to, made when it is new") },
        { in: "query", name: "status", schema: text("`draft`: new entries wait; `published` unless said") },
      ],
      responses: {
        "201": { description: "The import", content: { "application/json": { schema: knowledgeImport } } },
        ...failuresOf(400, 401, 403, 409, 413, 415, 429, 503),
      },
      "x-requests-per-minute": 20,
    },
  },
  "/api/v1/knowledge/imports/report": {
    get: download("exportImportErrors", "The rows of an import that were refused, with the reasons", "Knowledge"),
  },
  "/api/v1/knowledge/import": {
    post: {
      ...upload("importEntries", ["agent", "key"], "Knowledge"),
      summary: "Entries from a file: json, csv or xlsx; with preview=true nothing is written",
      parameters: [
        { in: "query", name: "collection", schema: text("Collection that all go to, made when it is new") },
        { in: "query", name: "preview", schema: text("`true`: only tell what would happen") },
      ],
      responses: {
        "200": {
          description: "What came in and what did not",
          content: { "application/json": { schema: importReport } },
        },
        ...failuresOf(400, 401, 403, 413, 415, 429, 503),
      },
      "x-requests-per-minute": 20,
    },
  },
  "/api/v1/reports/export": {
    get: download("exportReport", "A report as a file, under the filters of its page", "Analytics"),
  },
  "/api/v1/reports/conversations/export": {
    get: download(
      "exportReportConversations",
      "The conversations behind a figure as a file, under the filters of their page",
      "Analytics",
    ),
  },
  "/api/v1/customers/export": {
    get: download("exportCustomers", "Customers as a file, under the filters of their list", "Customers"),
  },
  "/api/v1/ratings/export": {
    get: download("exportRatings", "Ratings as a file, under the filters of their list", "Analytics"),
  },
  "/api/v1/realtime/auth": {
    post: realtime(
      "authoriseChannel",
      "Sign a subscription to a private channel",
      ["agent", "visitor"],
      ["socket_id", "channel_name"],
    ),
  },
  "/api/v1/realtime/user-auth": {
    post: realtime("authoriseUser", "Sign a socket in as the agent", ["agent"], ["socket_id"]),
  },
  "/api/webhooks/{channelId}": {
    get: {
      operationId: "checkWebhook",
      summary: "A platform's check of the address: its own word back, when the signature holds",
      tags: ["Channels"],
      security: securityOf(["public"]),
      parameters: [
        { in: "path", name: "channelId", required: true, schema: text("Id of the channel") },
        { in: "query", name: "signature", schema: text("As the platform makes it (`msg_signature` at WeCom)") },
        { in: "query", name: "timestamp", schema: text("Unix seconds") },
        { in: "query", name: "nonce", schema: text("Anything") },
        { in: "query", name: "echostr", schema: text("What to answer") },
      ],
      responses: {
        "200": { description: "The word", content: { "text/plain": {} } },
        ...failuresOf(403, 404, 503),
      },
      "x-audience": ["public"],
    },
    post: {
      operationId: "receiveWebhook",
      summary: "Messages of a channel's platform or of an own app, signed as the channel defines (docs/channels.md)",
      tags: ["Channels"],
      security: securityOf(["public"]),
      parameters: [
        { in: "path", name: "channelId", required: true, schema: text("Id of the channel") },
        { in: "header", name: "X-Yingda-Signature", schema: text("Channels of kind api: `t=<unix s>,v1=<hex>`") },
      ],
      requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
      responses: {
        "200": { description: "Stored; a second copy changes nothing", content: { "text/plain": {} } },
        ...failuresOf(401, 403, 404, 413, 503),
      },
      "x-audience": ["public"],
    },
  },
  "/api/v1/channels/{id}/stream": {
    get: {
      operationId: "streamChannelEvents",
      summary:
        "Events of a channel as they happen (server-sent events); a reader that was cut off goes on where it stopped",
      tags: ["Channels"],
      security: securityOf(["key"]),
      parameters: [
        { in: "path", name: "id", required: true, schema: text("Id of the channel") },
        { in: "query", name: "after", schema: text("Position to go on from; absent: what comes from now on") },
        { in: "header", name: "Last-Event-ID", schema: text("The same, as browsers send it") },
      ],
      responses: {
        "200": {
          description: "`id` is the position, `data` the body that webhooks carry",
          content: { "text/event-stream": {} },
        },
        ...failuresOf(400, 401, 403, 404, 429, 503),
      },
      "x-audience": ["key"],
    },
  },
  "/api/wechat": earlierWebhook("wechat", "Messages of WeChat, signed by WeChat (path of earlier versions)"),
  "/webhook": earlierWebhook("wecom", "Callbacks of WeCom, signed by WeCom (path of earlier versions)"),
  "/api/ready": {
    get: {
      operationId: "ready",
      summary: "Whether requests may be sent here: database and migrations are there",
      tags: ["System"],
      security: securityOf(["public"]),
      responses: {
        "200": { description: "They may", content: { "application/json": { schema: { type: "object" } } } },
        "503": { description: "Not yet", content: { "application/json": { schema: { type: "object" } } } },
      },
      "x-audience": ["public"],
    },
  },
  "/api/metrics": {
    get: {
      operationId: "metrics",
      summary: "Numbers for Prometheus; with METRICS_TOKEN as a bearer token, else from this machine only",
      tags: ["System"],
      security: securityOf(["public"]),
      responses: {
        "200": { description: "Prometheus text format 0.0.4", content: { "text/plain": {} } },
        ...failuresOf(403, 503),
      },
      "x-audience": ["public"],
    },
  },
  "/api/health": {
    get: {
      operationId: "health",
      summary: "Whether this installation can serve",
      tags: ["System"],
      security: securityOf(["public"]),
      responses: {
        "200": { description: "It can", content: { "application/json": { schema: { type: "object" } } } },
        "503": { description: "The database is gone", content: { "application/json": { schema: { type: "object" } } } },
      },
      "x-audience": ["public"],
    },
  },
};
