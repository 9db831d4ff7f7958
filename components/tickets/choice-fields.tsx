"use client";

import { useTranslations } from "next-intl";
import type { FieldControlProps } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TICKET_PRIORITIES, type TicketPriority } from "@/lib/tickets/schema";
import { useTypeName } from "./ticket-words";

/** Radix's select takes no empty value; this one stands for "none". */
const NONE = "-";

interface ChoiceProps<Value> {
  control: FieldControlProps;
  value: Value;
  onChange: (value: Value) => void;
  disabled?: boolean;
}

export function PriorityChoice({ control, value, onChange, disabled }: ChoiceProps<TicketPriority>) {
  const t = useTranslations("tickets.priorities");
  return (
    <Select
      {...control}
      value={value}
      disabled={disabled}
      options={TICKET_PRIORITIES.map((priority) => ({ value: priority, label: t(priority) }))}
      onValueChange={onChange}
    />
  );
}

/** One of the merchant's types; one that is no longer among them stays choosable where it is set. */
export function TypeChoice({
  control,
  types,
  value,
  onChange,
  disabled,
}: ChoiceProps<string> & { types: readonly string[] }) {
  const t = useTranslations("tickets.none");
  const typeName = useTypeName();
  const known = [...new Set([...types, ...(value === "" ? [] : [value])])];
  return (
    <Select
      {...control}
      value={value === "" ? NONE : value}
      disabled={disabled}
      options={[{ value: NONE, label: t("type") }, ...known.map((type) => ({ value: type, label: typeName(type) }))]}
      onValueChange={(type) => onChange(type === NONE ? "" : type)}
    />
  );
}

interface NamedChoiceProps extends ChoiceProps<string | null> {
  kind: "assignee" | "team";
  options: readonly { readonly id: string; readonly name: string }[];
  /** What is set now, though it may be chosen no longer. */
  current?: { readonly id: string; readonly name: string } | null;
}

/** An agent or a team, or none. */
export function NamedChoice({ control, kind, options, current, value, onChange, disabled }: NamedChoiceProps) {
  const t = useTranslations("tickets.none");
  const gone = current && !options.some(({ id }) => id === current.id) ? [current] : [];
  return (
    <Select
      {...control}
      value={value ?? NONE}
      disabled={disabled}
      options={[
        { value: NONE, label: t(kind) },
        ...[...options, ...gone].map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onValueChange={(id) => onChange(id === NONE ? null : id)}
    />
  );
}
