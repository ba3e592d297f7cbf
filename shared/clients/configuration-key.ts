/** Things that cannot be compared by value (credential providers, agents) are the same when they are the same object. */
const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** Equal for configurations that make equal clients, whatever the order of their fields. */
export function configurationKey(overrides: object): string {
  return JSON.stringify(overrides, (_name, value: unknown) => {
    if (typeof value === 'function') return `#${identityOf(value)}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return `#${identityOf(value)}`;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function identityOf(value: object): number {
  const known = identities.get(value) ?? nextIdentity++;
  identities.set(value, known);
  return known;
}
