/** An ISO 8601 timestamp as Step Functions writes it: a whole second has no fraction. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
