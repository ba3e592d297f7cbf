import { type Place, placeKey, placeLabel, placeOf } from './place.ts';

/** Whatever is about one function, with the ARN that tells where it is. */
export interface Placed {
  readonly functionName: string;
  readonly functionArn: string;
}

type AccountNames = Readonly<Record<string, string>> | undefined;

/** Things of one account and region, and how people read where that is. */
export interface PlaceSection<Thing> {
  /** Empty where all there is is the hub's own account and region, which nobody needs to be told. */
  readonly label: string;
  readonly things: readonly Thing[];
}

/**
 * Things in sections by account and region, the hub's own first and the others by their labels; one section without a
 * label where nothing is anywhere else.
 */
export function sectionsByPlace<Thing extends Placed>(
  things: readonly Thing[],
  accountNames: AccountNames,
): PlaceSection<Thing>[] {
  if (!things.some(({ functionName }) => placeOf(functionName) !== undefined)) return [{ label: '', things }];
  const groups = Map.groupBy(things, ({ functionName }) => placeKey(placeOf(functionName)));
  return [...groups]
    .map(([key, members]) => ({ key, label: placeWords(members[0]!, accountNames), things: members }))
    .sort((a, b) => Number(a.key !== '') - Number(b.key !== '') || (a.label < b.label ? -1 : 1))
    .map(({ label, things: members }) => ({ label, things: members }));
}

/** Where a function is, in words, the hub's own account and region among them. */
export function placeWords({ functionArn }: Pick<Placed, 'functionArn'>, accountNames: AccountNames): string {
  const place: Place | undefined = placeOf(functionArn);
  return place === undefined ? '' : placeLabel(place, accountNames);
}
