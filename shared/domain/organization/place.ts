/**
 * Where functions are when a hub looks after several accounts and regions, and how they are told apart there.
 *
 * A function is known by its name in the hub's own account and region, as it always was, and by its ARN in any other:
 * two accounts may have functions of one name, and Lambda's API takes either. Names hold no colon, so that the two are
 * never mistaken for each other.
 */

/** An account and region other than the hub's own. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** `arn:<partition>:lambda:<region>:<account>:function:<name>`, with or without a version or alias behind it. */
const FUNCTION_ARN = /^arn:[\w-]+:lambda:([\w-]+):(\d{12}):function:([^:]+)(?::.+)?$/;

/** What a function may be called where somebody names one: by name in the hub's own place, by ARN in any other. */
export const FUNCTION_NAME_OR_ARN = /^(?:arn:[\w-]+:lambda:[\w-]+:\d{12}:function:)?[\w-]{1,64}$/;

/** Where a function is, by the name it is known by; undefined in the hub's own account and region. */
export function placeOf(functionName: string): Place | undefined {
  const [, region, accountId] = FUNCTION_ARN.exec(functionName) ?? [];
  return region === undefined || accountId === undefined ? undefined : { accountId, region };
}

/** What a function is called in its own account, as its metrics and its owner call it. */
export const bareName = (functionName: string): string => FUNCTION_ARN.exec(functionName)?.[3] ?? functionName;

/** A function where nothing around it says in which account it is: `pay (222222222222, us-east-1)`. */
export const spokenName = (functionName: string): string => withPlace(bareName(functionName), functionName);

/** Words about a function, or about several that are where it is, and where that is. */
export function withPlace(words: string, functionName: string): string {
  const place = placeOf(functionName);
  return place === undefined ? words : `${words} (${place.accountId}, ${place.region})`;
}

/** Text by which places are compared; empty in the hub's own. */
export const placeKey = (place: Place | undefined): string =>
  place === undefined ? '' : `${place.accountId}/${place.region}`;

/** A place as people read it, with the name that the configuration gives its account. */
export function placeLabel({ accountId, region }: Place, accountNames: Readonly<Record<string, string>> = {}): string {
  const name = accountNames[accountId];
  return name === undefined ? `account ${accountId} in ${region}` : `${name} (${accountId}) in ${region}`;
}

/** Things in groups by where their function is, the hub's own first, the others as they come. */
export function byPlace<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): PlaceGroup<Thing>[] {
  const groups = new Map<string, PlaceGroup<Thing>>();
  for (const thing of things) {
    const place = placeOf(nameOf(thing));
    const group = groups.get(placeKey(place)) ?? { place, things: [] };
    group.things.push(thing);
    groups.set(placeKey(place), group);
  }
  return [...groups.values()].sort((a, b) => Number(a.place !== undefined) - Number(b.place !== undefined));
}

export interface PlaceGroup<Thing> {
  /** Undefined: the hub's own account and region. */
  place: Place | undefined;
  things: Thing[];
}
