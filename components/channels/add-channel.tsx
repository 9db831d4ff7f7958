"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { createChannel } from "@/lib/channels/contracts";
import { useChannelText } from "./use-channel-text";

interface Made {
  readonly id: string;
  /** The one secret that was made for it; shown once. */
  readonly secret: string | undefined;
}

/** Kind and name that are chosen, and the adding of it. */
function useAddChannel(kinds: readonly string[], onMade: (made: Made) => void) {
  const text = useChannelText();
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [type, setType] = useState(kinds[0] ?? "web");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);

  async function add(): Promise<void> {
    const body = problems.check(createChannel.body, { type, name: name.trim() || text(`${type}.name`) || type });
    if (!body) {
      return;
    }
    setBusy(true);
    try {
      const { channel, issued } = await call(createChannel, { body });
      onMade({ id: channel.id, secret: Object.values(issued)[0] });
    } catch (error) {
      toast.error(problems.report(error));
      setBusy(false);
    }
  }

  return { type, setType, name, setName, busy, add, problem: problems.text };
}

function AddChannelDialog({
  kinds,
  onClose,
  onMade,
}: {
  kinds: readonly string[];
  onClose: () => void;
  onMade: (made: Made) => void;
}) {
  const t = useTranslations("admin-channels");
  const common = useTranslations("common");
  const text = useChannelText();
  const { type, setType, name, setName, busy, add, problem } = useAddChannel(kinds, onMade);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t("add")} description={t("addHelp")}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <RadioGroup aria-label={t("kind")} value={type} onValueChange={setType}>
              {kinds.map((kind) => (
                <Radio key={kind} value={kind} label={text(`${kind}.name`) ?? kind} help={text(`${kind}.hint`)} />
              ))}
            </RadioGroup>
            <Field label={t("name")} help={t("nameHelp")} error={problem("name")}>
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={60}
                  placeholder={text(`${type}.name`) ?? ""}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={busy}>
              {t("addConfirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** The button that adds a channel; afterwards its own page opens, where it is set up. */
export function AddChannel({ kinds }: { kinds: readonly string[] }) {
  const t = useTranslations("admin-channels");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made>();
  const go = (id: string) => router.push(`/admin/channels/${id}`);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t("add")}
      </Button>
      {open ? (
        <AddChannelDialog
          kinds={kinds}
          onClose={() => setOpen(false)}
          onMade={(next) => {
            setOpen(false);
            if (next.secret === undefined) {
              go(next.id);
            } else {
              setMade(next);
            }
          }}
        />
      ) : null}
      {made?.secret === undefined ? null : (
        <SecretDialog
          title={t("madeSecretTitle")}
          description={t("secretBody")}
          secret={made.secret}
          copyLabel={t("secretCopy")}
          doneLabel={t("secretDone")}
          onDone={() => go(made.id)}
        />
      )}
    </>
  );
}
