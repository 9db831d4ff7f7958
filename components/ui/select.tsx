"use client";

import { Check, ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Select as SelectPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { floatingClasses, menuItemClasses } from "./floating-classes";
import { controlClasses } from "./input";
import { useNonce } from "./nonce";
import { usePortalPlace } from "./portal-place";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string>
  extends Omit<ComponentProps<typeof SelectPrimitive.Trigger>, "value" | "defaultValue" | "onChange" | "children"> {
  options: readonly SelectOption<Value>[];
  value?: Value | undefined;
  defaultValue?: Value | undefined;
  onValueChange?: (value: Value) => void;
  /** Shown while nothing is chosen; a general one unless given. */
  placeholder?: string;
  name?: string;
  required?: boolean;
}

const scrollButtonClasses = "flex h-6 items-center justify-center text-ink-subtle [&_svg]:size-4";

function SelectList({ options }: { options: readonly SelectOption[] }) {
  const nonce = useNonce();
  return (
    <SelectPrimitive.Portal container={usePortalPlace()}>
      <SelectPrimitive.Content
        position="popper"
        sideOffset={4}
        className={cn(
          floatingClasses,
          "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-80 overflow-hidden p-1",
        )}
      >
        <SelectPrimitive.ScrollUpButton className={scrollButtonClasses}>
          <ChevronUp aria-hidden />
        </SelectPrimitive.ScrollUpButton>
        <SelectPrimitive.Viewport {...(nonce === undefined ? {} : { nonce })}>
          {options.map((option) => (
            <SelectPrimitive.Item
              key={option.value}
              value={option.value}
              disabled={option.disabled ?? false}
              className={cn(menuItemClasses, "pr-8")}
            >
              <SelectPrimitive.ItemText>{option.label}</SelectPrimitive.ItemText>
              <SelectPrimitive.ItemIndicator className="absolute right-2">
                <Check aria-hidden className="text-accent-ink!" />
              </SelectPrimitive.ItemIndicator>
            </SelectPrimitive.Item>
          ))}
        </SelectPrimitive.Viewport>
        <SelectPrimitive.ScrollDownButton className={scrollButtonClasses}>
          <ChevronDown aria-hidden />
        </SelectPrimitive.ScrollDownButton>
      </SelectPrimitive.Content>
    </SelectPrimitive.Portal>
  );
}

/** One of a few options. From about ten on, use a searchable list instead. */
export function Select<Value extends string>({
  options,
  value,
  defaultValue,
  onValueChange,
  placeholder,
  name,
  required,
  disabled,
  className,
  ...trigger
}: SelectProps<Value>) {
  const t = useTranslations("common");
  const root = {
    ...(value === undefined ? {} : { value }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(name === undefined ? {} : { name }),
    ...(required === undefined ? {} : { required }),
    ...(disabled === undefined ? {} : { disabled }),
  };
  return (
    <SelectPrimitive.Root {...root} onValueChange={(next) => onValueChange?.(next as Value)}>
      <SelectPrimitive.Trigger
        {...trigger}
        className={cn(
          controlClasses,
          "flex h-8 items-center justify-between gap-2 px-2.5 text-left data-placeholder:text-ink-subtle touch:min-h-11 [&>span]:truncate",
          className,
        )}
      >
        {/* Given here and not read from the list, which is only there once the page has come alive. */}
        <SelectPrimitive.Value placeholder={placeholder ?? t("select")}>
          {options.find((option) => option.value === value)?.label}
        </SelectPrimitive.Value>
        <SelectPrimitive.Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-subtle" />
        </SelectPrimitive.Icon>
      </SelectPrimitive.Trigger>
      <SelectList options={options} />
    </SelectPrimitive.Root>
  );
}
