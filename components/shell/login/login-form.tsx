"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentType, type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { credentialsSignIn } from "./credentials-sign-in";
import { PasswordField } from "./password-field";
import {
  checkSignIn,
  type SignIn,
  type SignInError,
  type SignInInput,
  type SignInProblem,
  toSignInError,
} from "./sign-in";
import { SumCaptcha } from "./sum-captcha";

export interface LoginFormProps {
  destination: string;
  initialError?: string | undefined;
  signIn?: SignIn;
  /**
   * Appears once the server asks for it. It renders the challenge with a form control named "captcha"; a new `attempt`
   * asks for a new challenge.
   */
  captcha?: ComponentType<{ attempt: number; email: string }>;
}

type Problems = Partial<Record<keyof SignInInput, SignInProblem>>;

const ASKS_FOR_TOTP: readonly SignInError[] = ["totp_required", "totp_invalid"];
const ASKS_FOR_CAPTCHA: readonly SignInError[] = ["captcha_required", "captcha_invalid"];

function read(form: HTMLFormElement): SignInInput {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  return {
    email: text("email").trim(),
    password: text("password"),
    totp: text("totp").replaceAll(/\s/g, ""),
    captcha: text("captcha").trim(),
    captchaToken: text("captchaToken"),
  };
}

/** The state of one attempt after another; what the server asked for stays asked. */
function useSignIn(signIn: SignIn, destination: string, initialError: SignInError | undefined) {
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState(initialError);
  const [problems, setProblems] = useState<Problems>({});
  const [pending, setPending] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState({ totp: false, captcha: false });

  function focus(name: string): void {
    // After the field has appeared.
    requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus());
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const input = read(event.currentTarget);
    const found = checkSignIn(input, asked.totp);
    setProblems(found);
    const first = Object.keys(found)[0];
    if (first !== undefined || pending) {
      focus(first ?? "email");
      return;
    }
    setPending(true);
    setError(undefined);
    const failure = await signIn(input);
    if (failure === undefined) {
      // A whole load, so that nothing rendered for nobody stays. The button keeps turning until then.
      window.location.assign(destination);
      return;
    }
    const totp = asked.totp || ASKS_FOR_TOTP.includes(failure);
    const captcha = asked.captcha || ASKS_FOR_CAPTCHA.includes(failure);
    setPending(false);
    setError(failure);
    setEmail(input.email);
    setAttempt((count) => count + 1);
    setAsked({ totp, captcha });
    focus(ASKS_FOR_TOTP.includes(failure) ? "totp" : ASKS_FOR_CAPTCHA.includes(failure) ? "captcha" : "password");
  }

  return { form, error, problems, pending, attempt, email, asked, submit };
}

export function LoginForm({
  destination,
  initialError,
  signIn = credentialsSignIn,
  captcha: Captcha = SumCaptcha,
}: LoginFormProps) {
  const t = useTranslations("auth");
  const first = initialError === undefined ? undefined : toSignInError(initialError);
  const { form, error, problems, pending, attempt, email, asked, submit } = useSignIn(signIn, destination, first);
  const problem = (name: keyof SignInInput) => (problems[name] ? t(problems[name]) : undefined);
  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <div role="alert" className={error ? undefined : "hidden"}>
        {error ? (
          <p className="flex items-start gap-2 rounded-sm bg-danger-soft px-3 py-2 text-danger-ink">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t(`error.${error}`)}
          </p>
        ) : null}
      </div>
      <Field label={t("email")} error={problem("email")}>
        {(control) => (
          <Input {...control} name="email" type="email" inputMode="email" autoComplete="username" className="h-10" />
        )}
      </Field>
      <PasswordField error={problem("password")} />
      {asked.totp ? (
        <Field label={t("totp")} help={t("totpHelp")} error={problem("totp")}>
          {(control) => (
            <Input
              {...control}
              name="totp"
              autoComplete="one-time-code"
              maxLength={12}
              className="h-10 font-mono tracking-widest"
            />
          )}
        </Field>
      ) : null}
      {asked.captcha ? <Captcha attempt={attempt} email={email} /> : null}
      <Button type="submit" variant="primary" size="lg" block loading={pending} className="mt-1">
        {t("submit")}
      </Button>
      <p className="text-ink-muted text-sm">{t("forgot")}</p>
    </form>
  );
}
