type Values = Readonly<Record<string, unknown>>;

/** They say where a stage is deployed, which whoever asks about a stack has said already. */
const PLACE = ['stackName', 'account', 'region'];

/**
 * Fields that are configured otherwise than they are deployed. Only what is configured is compared: what it leaves out has
 * its default, or was given at deployment with `-c`, and nothing here knows which.
 */
export const driftedFields = (configured: Values, deployed: Values): string[] =>
  Object.entries(configured)
    .filter(([name]) => !PLACE.includes(name))
    .flatMap(([name, value]) => drifted(name, value, deployed[name]));

function drifted(field: string, configured: unknown, deployed: unknown): string[] {
  if (Array.isArray(configured)) {
    const isSame =
      Array.isArray(deployed) &&
      configured.length === deployed.length &&
      configured.every((each, index) => drifted(field, each, deployed[index]).length === 0);
    return isSame ? [] : [field];
  }
  if (isObject(configured)) {
    const within = isObject(deployed) ? deployed : {};
    return Object.entries(configured).flatMap(([name, value]) => drifted(`${field}.${name}`, value, within[name]));
  }
  return configured === deployed ? [] : [field];
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
