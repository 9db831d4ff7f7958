/**
 * One of a few lanes, the same for the same id: what waits for somebody slow holds so many workers, not all.
 *
 * @param most how many lanes there are
 */
export function laneAmong(prefix: string, id: string, most = 2): string {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `${prefix}:${sum % most}`;
}
