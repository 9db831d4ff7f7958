import type { ReactNode } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

/** One part of a channel's page. */
export function ChannelSection({
  title,
  description,
  actions,
  children,
}: {
  title: string;
  description?: string;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Card>
      <CardHeader>
        <div className="min-w-0 flex-1 basis-48">
          <CardTitle>{title}</CardTitle>
          {description ? <CardDescription className="mt-0.5 text-pretty">{description}</CardDescription> : null}
        </div>
        {actions}
      </CardHeader>
      {children ? <CardBody className="flex flex-col gap-4 pt-1">{children}</CardBody> : null}
    </Card>
  );
}
