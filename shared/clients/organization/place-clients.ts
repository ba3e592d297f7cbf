import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { Env } from '../../constants.ts';
import { type OrganizationSettings, parseOrganizationSettings } from '../../contracts/organization.ts';
import { type Place, placeKey, placeOf } from '../../domain/organization/place.ts';
import { roleArn, type SpokeRole, spokeRoleName } from '../../domain/organization/role-names.ts';
import { createClient, releaseClients } from '../sdk.ts';
import { tellingDeadSessions } from './dead-sessions.ts';
import { HERE, outOfReach, type PlaceClients } from './here.ts';
import { spokeCredentials } from './spoke-session.ts';

/**
 * Clients that assume a role in each of the organization's accounts and regions. Sessions are kept by account and region,
 * and with them the clients, which the pool tells apart by their credentials. A session that is no good any more is
 * forgotten, and its clients with it: so ask for a client at each call.
 */
export function createPlaceClients(role: SpokeRole, organization: OrganizationSettings): PlaceClients {
  const sessions = new Map<string, AwsCredentialIdentityProvider>();
  const places = Object.entries(organization.regions).flatMap(([accountId, regions]) =>
    regions.map((region) => ({ accountId, region })),
  );
  const credentialsAt = (place: Place): AwsCredentialIdentityProvider => {
    const known = sessions.get(placeKey(place));
    if (known !== undefined) return known;
    const session = spokeCredentials(sessionAt(place, role, organization));
    sessions.set(placeKey(place), session);
    return session;
  };
  const at: PlaceClients['at'] = (Class, place) => {
    if (place === undefined) return createClient(Class);
    // Every client takes these; TypeScript cannot know it of a generic Config.
    const credentials = credentialsAt(place);
    const own: object = { region: place.region, credentials };
    return tellingDeadSessions(createClient(Class, own), () => {
      if (sessions.get(placeKey(place)) === credentials) sessions.delete(placeKey(place));
      releaseClients((each) => each.credentials === credentials);
    });
  };
  return {
    at,
    of: (Class, functionName) => at(Class, placeOf(functionName)),
    reaches: (functionName) => isListed(placeOf(functionName), organization),
    places,
  };
}

/** The clients of a deployed task, by its environment; HERE where its stage looks after no other account. */
export function placeClients(role: SpokeRole, environment = process.env): PlaceClients {
  const settings = environment[Env.organization];
  return settings === undefined ? HERE : createPlaceClients(role, parseOrganizationSettings(settings));
}

const isListed = (place: Place | undefined, { regions }: OrganizationSettings): boolean =>
  place === undefined || regions[place.accountId]?.includes(place.region) === true;

function sessionAt(place: Place, role: SpokeRole, organization: OrganizationSettings) {
  if (!isListed(place, organization)) throw outOfReach(place);
  const { partition, stackName, externalId } = organization;
  return {
    roleArn: roleArn(partition, place.accountId, spokeRoleName(stackName, place.region, role)),
    sessionName: `${stackName}-${role}`,
    externalId,
  };
}
