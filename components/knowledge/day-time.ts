/** A moment as a `datetime-local` field holds it, in a time zone; empty for none. */
export function localMoment(moment: string | null, timeZone: string): string {
  // The Swedish way of writing a time is that of the field, but for the space.
  return moment === null
    ? ""
    : new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
        .format(new Date(moment))
        .replace(" ", "T");
}

/** What a person chose in such a field, as a moment; null when it is empty or half filled in. */
export function momentOf(local: string, timeZone: string): string | null {
  const wanted = /^\d{4,}-\d\d-\d\dT\d\d:\d\d/u.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  if (Number.isNaN(wanted)) {
    return null;
  }
  let at = wanted;
  // The zone's distance to UTC is that of the moment itself, which the second look knows.
  for (let look = 0; look < 2; look += 1) {
    at += wanted - Date.parse(`${localMoment(new Date(at).toISOString(), timeZone)}Z`);
  }
  return new Date(at).toISOString();
}
