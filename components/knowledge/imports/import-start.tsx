"use client";

import { FileText, Globe } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { startWebImport } from "@/lib/knowledge/imports/contracts";
import {
  DEPTH_MAX,
  FILE_MAX_BYTES,
  FILE_TYPES,
  type KnowledgeImport,
  PAGES_MAX,
  webMode,
} from "@/lib/knowledge/imports/schema";
import { COLLECTION_MAX } from "@/lib/knowledge/schema";
import { NameInput } from "../name-input";
import { type SendOptions, sendImport } from "./send-file";

type Source = "file" | "web";
type Mode = (typeof webMode.options)[number];

/** Begins an import and goes to its page, where everything else happens. */
function useStart() {
  const { call, explain } = useRequest();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function start(begin: () => Promise<KnowledgeImport>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const { id } = await begin();
      router.push(`/admin/knowledge/import/${id}`);
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  }

  return { call, busy, problem, start, giveUp: () => setBusy(false) };
}

type Start = ReturnType<typeof useStart>;

function NumberField({
  label,
  value,
  most,
  onChange,
}: {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={1}
          max={most}
          value={value}
          onChange={(event) => onChange(Math.min(most, Math.max(1, Number(event.target.value) || 1)))}
        />
      )}
    </Field>
  );
}

function WebForm({ begin, options }: { begin: Start; options: SendOptions }) {
  const t = useTranslations("admin-knowledge.imports");
  const [address, setAddress] = useState("");
  const [mode, setMode] = useState<Mode>("page");
  const [pages, setPages] = useState(50);
  const [depth, setDepth] = useState(2);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { status, collection } = options;
    const body = { address, mode, pages, depth, status, ...(collection ? { collection } : {}) };
    void begin.start(() => begin.call(startWebImport, { body }));
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <Field label={t("address")} help={t("addressHelp")}>
        {(control) => (
          <Input
            {...control}
            required
            inputMode="url"
            autoComplete="url"
            maxLength={1_000}
            placeholder={t("addressPlaceholder")}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-4 md:grid-cols-3">
        <Field label={t("mode")}>
          {(control) => (
            <Select
              {...control}
              value={mode}
              onValueChange={setMode}
              options={webMode.options.map((value) => ({ value, label: t(`mode_${value}`) }))}
            />
          )}
        </Field>
        {mode === "page" ? null : <NumberField label={t("pages")} value={pages} most={PAGES_MAX} onChange={setPages} />}
        {mode === "site" ? <NumberField label={t("depth")} value={depth} most={DEPTH_MAX} onChange={setDepth} /> : null}
      </div>
      <Button type="submit" variant="primary" className="self-start" loading={begin.busy}>
        {t("start")}
      </Button>
    </form>
  );
}

/** Takes a file, and shows how much of it has been sent; until it has all arrived it can be stopped. */
function FileForm({ begin, options }: { begin: Start; options: SendOptions }) {
  const t = useTranslations("admin-knowledge.imports");
  const [share, setShare] = useState<number>();
  const stop = useRef<AbortController>(undefined);

  async function send(file: File): Promise<void> {
    stop.current = new AbortController();
    setShare(0);
    const { signal } = stop.current;
    await begin.start(() => sendImport(file, options, setShare, signal));
    setShare(undefined);
  }

  return (
    <div className="flex flex-col gap-2">
      <FileDrop
        accept={[...FILE_TYPES]}
        typesLabel={t("drop")}
        maxBytes={FILE_MAX_BYTES}
        disabled={begin.busy}
        onFiles={([file]) => (file ? void send(file) : undefined)}
      />
      {share === undefined ? (
        <p className="text-ink-muted text-sm">{t("fileHelp")}</p>
      ) : (
        <div className="flex items-center gap-3">
          <span className="shrink-0 text-ink-muted text-sm">{t("sending")}</span>
          <Progress label={t("sending")} value={share} />
          <Button
            size="sm"
            onClick={() => {
              stop.current?.abort();
              setShare(undefined);
              begin.giveUp();
            }}
          >
            {t("stopSending")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Target({
  source,
  options,
  collections,
  onChange,
}: {
  source: Source;
  options: SendOptions;
  collections: readonly string[];
  onChange: (options: SendOptions) => void;
}) {
  const t = useTranslations("admin-knowledge.imports");
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Field optional label={t("collection")} help={t(source === "file" ? "collectionHelp" : "collectionHelpWeb")}>
        {(control) => (
          <NameInput
            control={control}
            names={collections}
            value={options.collection}
            maxLength={COLLECTION_MAX}
            placeholder=""
            onChange={(collection) => onChange({ ...options, collection })}
          />
        )}
      </Field>
      <Field label={t("status")}>
        {(control) => (
          <Select
            {...control}
            value={options.status}
            onValueChange={(status) => onChange({ ...options, status })}
            options={[
              { value: "published", label: t("statusPublished") },
              { value: "draft", label: t("statusDraft") },
            ]}
          />
        )}
      </Field>
    </div>
  );
}

/** Where an import comes from and where it goes. Nothing is written by it: what is read waits to be confirmed. */
export function ImportStart({ collections }: { collections: readonly string[] }) {
  const t = useTranslations("admin-knowledge.imports");
  const begin = useStart();
  const [source, setSource] = useState<Source>("file");
  const [options, setOptions] = useState<SendOptions>({ collection: "", status: "published" });
  const sent = { ...options, collection: options.collection.trim() };
  return (
    <Card>
      <CardBody className="flex flex-col gap-5 pt-4">
        <SegmentedControl<Source>
          label={t("from")}
          className="self-start"
          value={source}
          onValueChange={setSource}
          segments={[
            { value: "file", label: t("fromFile"), icon: <FileText aria-hidden /> },
            { value: "web", label: t("fromWeb"), icon: <Globe aria-hidden /> },
          ]}
        />
        <Target source={source} options={options} collections={collections} onChange={setOptions} />
        {source === "file" ? <FileForm begin={begin} options={sent} /> : <WebForm begin={begin} options={sent} />}
        {begin.problem ? (
          <p role="alert" className="text-danger-ink text-sm">
            {begin.problem}
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}
