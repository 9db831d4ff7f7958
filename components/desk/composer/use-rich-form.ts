"use client";

import { useRef, useState } from "react";
import { useProblemText } from "@/components/shell/use-problem-text";
import { postRichMessage, type RichContent } from "@/lib/conversations/rich-contracts";
import { newId } from "@/lib/core/ids";
import { useDesk } from "../desk-provider";
import { uploadFile } from "./upload-file";

export type RichKind = RichContent["kind"];

/** What was typed, by the name of the field; a template's own fields as `field:<name>`. */
export type RichValues = Readonly<Record<string, string>>;

const CHOICES_MAX = 10;

/** What is sent, or undefined while something that is needed is empty. */
function contentOf(kind: RichKind, values: RichValues, pictureFileId: string | undefined): RichContent | undefined {
  const given = (name: string) => values[name]?.trim() ?? "";
  switch (kind) {
    case "link":
      return given("title") && URL.canParse(given("url"))
        ? {
            kind,
            title: given("title"),
            description: given("description"),
            url: given("url"),
            ...(pictureFileId && { pictureFileId }),
          }
        : undefined;
    case "miniprogram":
      return given("title") && given("appId") && given("path") && pictureFileId
        ? { kind, title: given("title"), appId: given("appId"), path: given("path"), pictureFileId }
        : undefined;
    case "location": {
      const [latitude, longitude] = [Number(given("latitude") || Number.NaN), Number(given("longitude") || Number.NaN)];
      const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      return given("title") && isPlace
        ? { kind, title: given("title"), description: given("description"), latitude, longitude }
        : undefined;
    }
    case "contact":
      return given("title") && URL.canParse(given("url"))
        ? { kind, title: given("title"), url: given("url") }
        : undefined;
    case "menu": {
      const lines = given("choices").split("\n");
      const choices = [...new Set(lines.map((line) => line.trim()).filter(Boolean))].slice(0, CHOICES_MAX);
      return given("text") && choices.length > 0 ? { kind, text: given("text"), choices } : undefined;
    }
    default: {
      const fields = Object.entries(values).flatMap(([name, value]) =>
        name.startsWith("field:") ? [[name.slice("field:".length), value.trim()] as const] : [],
      );
      return given("templateId") && fields.every(([, value]) => value !== "")
        ? {
            kind,
            templateId: given("templateId"),
            fields: Object.fromEntries(fields),
            ...(given("page") && { page: given("page") }),
          }
        : undefined;
    }
  }
}

/** The form of a card, a menu or a template message. The same try keeps its id, so that sending twice sends once. */
export function useRichForm(conversationId: string, kind: RichKind, onSent: () => void) {
  const desk = useDesk();
  const problemText = useProblemText();
  const clientId = useRef(newId("client"));
  const [values, setValues] = useState<RichValues>({});
  const [picture, setPicture] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<"incomplete" | { readonly text: string }>();

  async function submit(): Promise<void> {
    setProblem(undefined);
    if (!contentOf(kind, values, picture && "chosen")) {
      setProblem("incomplete");
      return;
    }
    setBusy(true);
    try {
      const uploaded = picture && (await uploadFile(picture, () => undefined, new AbortController().signal));
      const content = contentOf(kind, values, uploaded?.id);
      if (content) {
        const body = { clientId: clientId.current, content };
        const message = await desk.call(postRichMessage, { params: { id: conversationId }, body });
        desk.threads.take(conversationId, [message]);
        onSent();
      }
    } catch (error) {
      setProblem({ text: problemText(error) });
    } finally {
      setBusy(false);
    }
  }

  return { values, replace: setValues, picture, setPicture, busy, problem, submit };
}

export type RichForm = ReturnType<typeof useRichForm>;
