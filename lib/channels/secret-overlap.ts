/** How long a secret that was replaced counts beside the new one, in milliseconds: a day to change it everywhere. */
export const OVERLAP_MS = 24 * 3_600_000;

type Secrets = Readonly<Record<string, string>>;

const previousOf = (name: string): string => `${name}.previous`;
const untilOf = (name: string): string => `${name}.until`;

/** False for what is kept beside a secret under its name: no form, list or caller knows it. */
export const isSecretName = (name: string): boolean => !name.includes(".");

/** When the value before this one ends to count; undefined when there is none that counts. */
export function overlapEnd(secrets: Secrets, name: string, now: Date): Date | undefined {
  const until = new Date(secrets[untilOf(name)] ?? "");
  return secrets[previousOf(name)] && until > now ? until : undefined;
}

/** The values of a secret that count now, the newest first. */
export function secretsInForce(secrets: Secrets, name: string, now: Date): readonly string[] {
  const current = secrets[name];
  const previous = overlapEnd(secrets, name, now) ? secrets[previousOf(name)] : undefined;
  return [current, previous].flatMap((value) => (value ? [value] : []));
}

/** All secrets with a new value of one; the value before it counts until its end. */
export function withSuccessor(secrets: Secrets, name: string, value: string, now: Date): Secrets {
  const { [name]: before } = secrets;
  const rest = withoutPrevious(secrets, name);
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  return { ...rest, [name]: value, ...(before && { [previousOf(name)]: before, [untilOf(name)]: until }) };
}

/** All secrets, the value before the present one of this name forgotten. */
export function withoutPrevious(secrets: Secrets, name: string): Secrets {
  const gone = [previousOf(name), untilOf(name)];
  return Object.fromEntries(Object.entries(secrets).filter(([key]) => !gone.includes(key)));
}
