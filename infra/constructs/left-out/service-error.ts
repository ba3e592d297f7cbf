type Fault = 'client' | 'server';
interface ErrorOptions extends Record<string, unknown> {
  name: string;
  $fault: Fault;
}
type ErrorClass = new (options: ErrorOptions) => Error;

/**
 * The class that the SDK's generator writes for an error, 250 bytes each, made by one function.
 *
 * @param Exception what all of the service's errors are
 * @param members what it carries besides message and metadata
 */
export function serviceError(Exception: ErrorClass, shapeId: string, $fault: Fault, members: readonly string[] = []) {
  const name = shapeId.slice(shapeId.indexOf('#') + 1);
  return class extends Exception {
    static readonly shapeId = shapeId;
    override name = name;
    $fault = $fault;

    constructor(options: Record<string, unknown>) {
      super({ name, $fault, ...options });
      Object.setPrototypeOf(this, new.target.prototype);
      Object.assign(this, Object.fromEntries(members.map((member) => [member, options[member]])));
    }
  };
}
