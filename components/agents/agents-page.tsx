"use client";

import { Send, UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { PageFrame } from "@/components/settings/page-frame";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { unlockAgent } from "@/lib/identity/account-contracts";
import { updateAgent } from "@/lib/identity/contracts";
import type { Agent } from "@/lib/identity/schema";
import { AgentSheet } from "./agent-sheet";
import { type AgentActions, AgentTable } from "./agent-table";
import { AgentViews } from "./agent-views";
import { generatedPassword } from "./generated-password";
import { type Invitation, InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";

export interface AgentsPageProps {
  agents: readonly Agent[];
  ownId: string;
  mayWrite: boolean;
  invitations: readonly Invitation[];
}

interface Credentials {
  readonly agent: Agent;
  readonly password: string;
}

function matches(agent: Agent, search: string): boolean {
  const words = search.toLowerCase();
  return agent.name.toLowerCase().includes(words) || agent.email.toLowerCase().includes(words);
}

/** Lets a person in at once whom too many wrong passwords locked out. */
function useUnlock(): AgentActions["unlock"] {
  const t = useTranslations("admin-agents");
  const { call, explain } = useRequest();
  return (agent) =>
    void call(unlockAgent, { params: { id: agent.id } }).then(
      () => toast.success(t("unlocked", { name: agent.name })),
      (error: unknown) => toast.error(explain(error)),
    );
}

/** What the list can do to an agent; each change asks first where it takes something away. */
function useAgentActions(onEdit: (agent: Agent) => void, onPassword: (credentials: Credentials) => void): AgentActions {
  const t = useTranslations("admin-agents");
  const { call, explain } = useRequest();
  const unlock = useUnlock();
  const confirm = useConfirm();
  const router = useRouter();

  async function resetPassword(agent: Agent): Promise<void> {
    const agreed = await confirm({
      title: t("resetTitle", { name: agent.name }),
      body: t("resetBody"),
      confirmLabel: t("resetPassword"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    const password = generatedPassword();
    try {
      await call(updateAgent, { params: { id: agent.id }, body: { password } });
      onPassword({ agent, password });
    } catch (error) {
      toast.error(explain(error));
    }
  }

  async function setDisabled(agent: Agent, disabled: boolean): Promise<void> {
    const agreed =
      !disabled ||
      (await confirm({
        title: t("disableTitle", { name: agent.name }),
        body: t("disableBody", { name: agent.name, count: agent.openCount }),
        confirmLabel: t("disable"),
        danger: true,
      }));
    if (!agreed) {
      return;
    }
    try {
      await call(updateAgent, { params: { id: agent.id }, body: { disabled } });
      toast.success(t(disabled ? "disabledToast" : "enabledToast", { name: agent.name }));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return {
    edit: onEdit,
    unlock,
    resetPassword: (agent) => void resetPassword(agent),
    setDisabled: (agent, disabled) => void setDisabled(agent, disabled),
  };
}

function CredentialsDialog({ agent, password, onDone }: Credentials & { onDone: () => void }) {
  const t = useTranslations("admin-agents");
  return (
    <SecretDialog
      title={t("passwordTitle", { name: agent.name })}
      description={t("passwordBody")}
      secret={password}
      copyLabel={t("passwordCopy")}
      doneLabel={t("passwordDone")}
      extra={<CopyButton value={`${agent.email}\n${password}`}>{t("credentialsCopy")}</CopyButton>}
      onDone={onDone}
    />
  );
}

interface PageActionsProps {
  onInvite: () => void;
  onAdd: () => void;
}

function PageActions({ onInvite, onAdd }: PageActionsProps) {
  const t = useTranslations("admin-agents");
  return (
    <>
      <Button onClick={onInvite}>
        <Send aria-hidden />
        {t("invite")}
      </Button>
      <Button variant="primary" onClick={onAdd}>
        <UserPlus aria-hidden />
        {t("add")}
      </Button>
    </>
  );
}

/** The team: who can sign in, as what, with which load. */
export function AgentsPage({ agents, ownId, mayWrite, invitations }: AgentsPageProps) {
  const t = useTranslations("admin-agents");
  const router = useRouter();
  const [search, setSearch] = useState("");
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<{ agent: Agent | undefined }>();
  const [credentials, setCredentials] = useState<Credentials>();
  const actions = useAgentActions((agent) => setEditing({ agent }), setCredentials);
  const shown = search === "" ? agents : agents.filter((agent) => matches(agent, search));
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        mayWrite ? (
          <PageActions onInvite={() => setInviting(true)} onAdd={() => setEditing({ agent: undefined })} />
        ) : null
      }
    >
      <AgentViews view="title" />
      <InvitationList invitations={invitations} />
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      <AgentTable
        agents={shown}
        ownId={ownId}
        actions={mayWrite ? actions : undefined}
        filtered={search !== ""}
        toolbar={
          <DataTableToolbar search={<SearchInput value={search} placeholder={t("search")} onSearch={setSearch} />} />
        }
      />
      {editing ? (
        <AgentSheet
          agent={editing.agent}
          onClose={() => setEditing(undefined)}
          onSaved={(agent, password) => {
            setEditing(undefined);
            router.refresh();
            if (password === null) {
              toast.success(t("saved", { name: agent.name }));
            } else {
              setCredentials({ agent, password });
            }
          }}
        />
      ) : null}
      {credentials ? <CredentialsDialog {...credentials} onDone={() => setCredentials(undefined)} /> : null}
    </PageFrame>
  );
}
