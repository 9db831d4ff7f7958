"use client";

import { Download } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

const FORMATS = ["csv", "xlsx"] as const;
type Format = (typeof FORMATS)[number] | "json";
/** File endings, the same in every language. */
const NAMES = { csv: "CSV", xlsx: "Excel (xlsx)", json: "JSON" } as const;

interface ExportMenuProps {
  path: string;
  formats?: readonly Format[];
  /** What is asked for whatever the address says. */
  fixed?: Readonly<Record<string, string>>;
}

/** Takes the table away as a file, under the filters that the address names. */
export function ExportMenu({ path, formats = FORMATS, fixed = {} }: ExportMenuProps) {
  const t = useTranslations("common");
  const search = useSearchParams();

  function addressOf(format: string): string {
    const query = new URLSearchParams({ ...Object.fromEntries(search), ...fixed });
    query.delete("cursor");
    query.set("format", format);
    return `${path}?${query.toString()}`;
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Download aria-hidden />
          {t("export")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {formats.map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={addressOf(format)} download>
              {NAMES[format]}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
