import { InvalidConfigurationError } from '../../../shared/errors.ts';

/** A client's class where no configuration asks for the client: a variable set by hand gets here, no deployment does. */
export const notConfigured = (what: string) =>
  class {
    constructor() {
      throw new InvalidConfigurationError(
        `${what} is configured here, but the stage was deployed without it, so that its bundles leave it out; deploy the stage with the configuration that asks for it`,
      );
    }
  };
