import { type Place, placeLabel, placeOf } from '../../domain/organization/place.ts';
import { InvalidConfigurationError } from '../../errors.ts';
import { createClient, type SdkClient } from '../sdk.ts';

type ClientClass<Client, Config> = new (config: Config) => Client;

/** SDK clients for wherever a function is: with the process's own credentials in the hub, with a role in a spoke. */
export interface PlaceClients {
  /** The client for a function, by the name it is known by (shared/domain/organization/place.ts). */
  of<Client extends SdkClient, Config extends object>(Class: ClientClass<Client, Config>, functionName: string): Client;
  /** The client for an account and region; undefined: the hub's own. */
  at<Client extends SdkClient, Config extends object>(
    Class: ClientClass<Client, Config>,
    place: Place | undefined,
  ): Client;
  /** Whether a function, by the name it is known by, is in an account and region that is looked after. */
  reaches(functionName: string): boolean;
  /** Every account and region besides the hub's own. */
  readonly places: readonly Place[];
}

/** Clients for the process's own account and region, which is all that most callers know. */
export const HERE: PlaceClients = {
  of: (Class, functionName) => HERE.at(Class, placeOf(functionName)),
  at: (Class, place) => {
    if (place !== undefined) throw outOfReach(place);
    return createClient(Class);
  },
  reaches: (functionName) => placeOf(functionName) === undefined,
  places: [],
};

export const outOfReach = (place: Place): InvalidConfigurationError =>
  new InvalidConfigurationError(
    `${placeLabel(place)} is not looked after from here; functions of other accounts are changed by the night alone, and only where its configuration lists their account and region`,
  );
