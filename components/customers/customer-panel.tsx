"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { CustomerTickets } from "@/components/tickets/customer-tickets";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton, SkeletonText } from "@/components/ui/skeleton";
import type { Customer } from "@/lib/customers/schema";
import { BlockButton } from "./block-button";
import { AttributeFacts, IdentityList, OrderFacts, VisitFacts } from "./customer-facts";
import { CustomerNote } from "./customer-note";
import { CustomerTags } from "./customer-tags";
import { EditableField } from "./editable-field";
import { PageFacts } from "./page-facts";
import { Fact, PanelSection } from "./panel-section";
import { type OpenPlace, Timeline } from "./timeline";
import { type CustomerPatch, useCustomer } from "./use-customer";

function PanelSkeleton() {
  const t = useTranslations("desk.customer");
  return (
    <div aria-busy className="flex flex-col gap-6 p-4">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <div className="flex items-center gap-3">
        <Skeleton className="size-14 rounded-full" />
        <SkeletonText lines={2} className="flex-1" />
      </div>
      <SkeletonText lines={4} />
      <SkeletonText lines={3} />
      <SkeletonText lines={4} />
    </div>
  );
}

const CONTACTS = [
  { field: "phone", add: "addPhone", type: "tel", maxLength: 40 },
  { field: "email", add: "addEmail", type: "email", maxLength: 200 },
  { field: "city", add: "addCity", type: "text", maxLength: 60 },
] as const;

interface PartProps {
  customer: Customer;
  save: (patch: CustomerPatch) => Promise<void>;
}

function Head({ customer, fallbackName, save }: PartProps & { fallbackName: string }) {
  const t = useTranslations("desk.customer");
  return (
    <div className="flex items-center gap-3 px-4 pt-4 pb-3">
      <Avatar name={customer.name ?? fallbackName} src={customer.avatarUrl} size="xl" />
      <div className="min-w-0 flex-1">
        <EditableField
          large
          name={t("name")}
          value={customer.name}
          addLabel={t("addName")}
          maxLength={80}
          onSave={(name) => save({ name })}
        />
        {customer.blockedAt === null ? null : <Badge tone="danger">{t("blocked")}</Badge>}
      </div>
    </div>
  );
}

function Contact({ customer, save }: PartProps) {
  const t = useTranslations("desk.customer");
  return (
    <PanelSection title={t("contact")}>
      <dl>
        {CONTACTS.map(({ field, add, type, maxLength }) => (
          <Fact key={field} name={t(field)}>
            <EditableField
              name={t(field)}
              value={customer[field]}
              addLabel={t(add)}
              type={type}
              maxLength={maxLength}
              onSave={(value) => save({ [field]: value })}
            />
          </Fact>
        ))}
      </dl>
      <VisitFacts customer={customer} />
    </PanelSection>
  );
}

export interface CustomerPanelProps {
  customerId: string;
  conversationId: string;
  /** Changes when the profile may have changed. */
  freshness: string;
  /** Changes when a ticket may have changed. */
  ticketsFreshness: string;
  fallbackName: string;
  onOpenConversation: OpenPlace;
  onAddTicket: () => void;
}

/** All that is known of a customer; what an agent may change is changed in place. */
export function CustomerPanel(props: CustomerPanelProps) {
  const { customerId, conversationId, freshness, fallbackName, onOpenConversation } = props;
  const t = useTranslations("desk.customer");
  const problemText = useProblemText();
  const { customer, failed, retry, save } = useCustomer(customerId, freshness);
  if (customer === undefined) {
    return failed ? <ErrorState title={t("failed")} onRetry={retry} compact /> : <PanelSkeleton />;
  }

  async function saveSaying(patch: CustomerPatch): Promise<boolean> {
    try {
      await save(patch);
      return true;
    } catch (error) {
      toast.error(problemText(error));
      return false;
    }
  }

  return (
    <>
      <Head customer={customer} fallbackName={fallbackName} save={save} />
      <PanelSection title={t("tags")}>
        <CustomerTags tags={customer.tags} onSave={(tags) => void saveSaying({ tags })} />
      </PanelSection>
      <PanelSection title={t("note")}>
        <CustomerNote
          note={customer.note}
          onSave={async (note) => {
            const saved = await saveSaying({ note });
            if (saved) {
              toast.success(t("noteSaved"));
            }
            return saved;
          }}
        />
      </PanelSection>
      <Contact customer={customer} save={save} />
      <OrderFacts customer={customer} />
      {customer.context === null ? null : <PageFacts context={customer.context} pages={customer.pages} />}
      <CustomerTickets
        customerId={customerId}
        conversationId={conversationId}
        freshness={props.ticketsFreshness}
        count={customer.ticketsCount}
        onAdd={props.onAddTicket}
      />
      <AttributeFacts attributes={customer.attributes} />
      <IdentityList identities={customer.identities} />
      {customer.blockedAt === null ? (
        <BlockButton customer={{ id: customer.id, name: customer.name ?? fallbackName }} onBlocked={retry} />
      ) : null}
      <Timeline customerId={customerId} currentId={conversationId} freshness={freshness} onOpen={onOpenConversation} />
    </>
  );
}
