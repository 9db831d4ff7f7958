"use client";

import { InstallSection, PreviewSection } from "./install-sections";
import { IssuedSecrets, type IssuedSecretsProps } from "./issued-secrets";

export interface WebAsideProps extends IssuedSecretsProps {
  origin: string;
}

/** Of a web channel: the code to paste, how it looks, and what signs its users' ids. */
export function WebAside({ channel, kind, editor, origin, disabled }: WebAsideProps) {
  return (
    <>
      <InstallSection origin={origin} channel={channel} />
      <IssuedSecrets channel={channel} kind={kind} editor={editor} disabled={disabled} />
      <PreviewSection editor={editor} />
    </>
  );
}
