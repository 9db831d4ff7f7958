export function missingOptionalPackages(lockfile: {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}): [place: string, entry: object][];
