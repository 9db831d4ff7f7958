"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { newChallenge } from "@/lib/identity/account-contracts";
import { createClient } from "@/lib/platform/http/client";

interface Challenge {
  readonly first: number;
  readonly second: number;
  readonly token: string;
}

/** A sum to answer after failed sign-ins: text, so that a screen reader reads it. Each attempt gets a new one. */
export function SumCaptcha({ attempt }: { attempt: number }) {
  const t = useTranslations("auth");
  const [challenge, setChallenge] = useState<Challenge>();
  const [answer, setAnswer] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer counts once, so each attempt asks anew
  useEffect(() => {
    const leaving = new AbortController();
    // The question that was answered goes at once: whoever is quick must not answer it again.
    setChallenge(undefined);
    setAnswer("");
    createClient()(newChallenge, {}, leaving.signal).then(setChallenge, () => undefined);
    return () => leaving.abort();
  }, [attempt]);
  return (
    <Field
      label={
        challenge ? t("captchaQuestion", { first: challenge.first, second: challenge.second }) : t("captchaLoading")
      }
      help={t("captchaHelp")}
    >
      {(control) => (
        <>
          <Input
            {...control}
            name="captcha"
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            className="h-10"
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
          <input type="hidden" name="captchaToken" value={challenge?.token ?? ""} />
        </>
      )}
    </Field>
  );
}
