import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { ConditionKeys } from './conditions.ts';

/** One action on one resource, as IAM is asked about it. A call may stand for several, all of which must be allowed. */
export interface AccessRequest {
  /** E.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` where the action takes no resource. */
  readonly resource: string;
  readonly keys: ConditionKeys;
}

export type Input = Readonly<Record<string, unknown>>;

/** What of the account the requests of a call depend on. */
export interface Scene {
  arn(service: string, resource: string): string;
  /** Undefined where the account keeps no such resource. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string> | undefined;
  /** Name of a table's partition key. */
  partitionKeyOf(tableName: string): string | undefined;
  /** The identity by which SES lets an address send. */
  mailIdentityOf(address: string): string;
  /** The customer's key that a table, topic or bucket is encrypted with; undefined where it is AWS's. */
  keyOf(resourceArn: string): string | undefined;
  /** The state machine whose execution waits on a token; for a child of a Distributed Map, with the map's label. */
  stateMachineOf(taskToken: string): string | undefined;
}

/** What a call asks of IAM. */
export type AccessRequestsOf = (input: Input, scene: Scene) => AccessRequest[];

/** Operations of one service, by API name. */
export type ServiceAccess = Readonly<Record<string, AccessRequestsOf>>;

/** A request whose only condition keys are the resource's tags and `more`. */
export function request(
  scene: Scene,
  action: string,
  resource: string,
  more: Readonly<Record<string, () => readonly string[] | undefined>> = {},
): AccessRequest {
  return { action, resource, keys: (key) => valuesOf(key, { scene, action, resource, more }) };
}

interface Asked {
  readonly scene: Scene;
  readonly action: string;
  readonly resource: string;
  readonly more: Readonly<Record<string, () => readonly string[] | undefined>>;
}

/**
 * What KMS is asked in the caller's name, where a service uses a customer's key to answer him. Grants that a service was
 * given on the key are its own, and no caller's.
 */
export function requestsOnKey(
  scene: Scene,
  service: string,
  resource: string,
  actions: readonly string[],
): AccessRequest[] {
  const key = scene.keyOf(resource);
  if (key === undefined) return [];
  const viaService = { 'kms:ViaService': () => [`${service}.${key.split(':')[3]}.amazonaws.com`] };
  return actions.map((action) => request(scene, action, key, viaService));
}

const RESOURCE_TAG = 'aws:resourcetag/';

/** Names of condition keys are compared without regard to case, those of tags in them too. */
function valuesOf(key: string, { scene, action, resource, more }: Asked): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  if (wanted.startsWith(RESOURCE_TAG)) return tagOf(scene, resource, wanted.slice(RESOURCE_TAG.length));
  const known = Object.entries(more).find(([name]) => name.toLowerCase() === wanted);
  if (!known) throw new UnsupportedByAccountError(`the condition key ${key} for ${action}`);
  return known[1]();
}

function tagOf(scene: Scene, resource: string, tagKey: string): readonly string[] | undefined {
  const tags = scene.tagsOf(resource);
  if (!tags) throw new UnsupportedByAccountError(`tags of ${resource}, which an IAM policy asks for`);
  const found = [...tags].find(([key]) => key.toLowerCase() === tagKey);
  return found && [found[1]];
}

/** The action of an operation that takes no resource. */
export const onNothing =
  (action: string): AccessRequestsOf =>
  (_input, scene) => [request(scene, action, '*')];
