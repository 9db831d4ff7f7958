import { useId } from "react";
import type { FieldControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export interface NameInputProps {
  control: FieldControlProps;
  /** Names in use, offered while one types. */
  names: readonly string[];
  value: string;
  maxLength: number;
  placeholder: string;
  onChange: (value: string) => void;
}

/** A name that exists or a new one. */
export function NameInput({ control, names, onChange, ...input }: NameInputProps) {
  const listId = useId();
  return (
    <>
      <Input {...control} {...input} list={listId} onChange={(event) => onChange(event.target.value)} />
      <datalist id={listId}>
        {names.filter(Boolean).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
