import type { ReactNode } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

/** One part of the page about oneself. */
export function AccountSection({
  title,
  description,
  aside,
  children,
}: {
  title: string;
  description?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card>
      <CardHeader>
        <div className="min-w-0 flex-1">
          <CardTitle>{title}</CardTitle>
          {description ? <CardDescription className="mt-0.5 text-pretty">{description}</CardDescription> : null}
        </div>
        {aside}
      </CardHeader>
      <CardBody className="flex flex-col gap-4 pt-1">{children}</CardBody>
    </Card>
  );
}
