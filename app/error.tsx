"use client";

import { FailureScreen } from "@/components/shell/failure-screen";

export default function ErrorBoundary({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="h-dvh">
      <FailureScreen error={error} onRetry={retry} />
    </div>
  );
}
