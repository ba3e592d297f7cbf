import type { StageSources, UnavailableSource } from '../contracts/source.ts';
import { type Place, placeKey, placeLabel } from '../domain/organization/place.ts';
import type { EvidenceSources } from './evidence-sources.ts';

/**
 * The sources of evidence as one task meets them, each account and region with its own: what one of them denies says
 * nothing of the others. In the night's summary those of a spoke bear its name.
 */
export class PlacedSources {
  private readonly byPlace = new Map<string, { place: Place | undefined; sources: EvidenceSources }>();
  private readonly make: (place: Place | undefined) => EvidenceSources;
  private readonly accountNames: Readonly<Record<string, string>> | undefined;

  constructor(make: (place: Place | undefined) => EvidenceSources, accountNames?: Readonly<Record<string, string>>) {
    this.make = make;
    this.accountNames = accountNames;
  }

  /** @param place undefined: the hub's own account and region */
  at(place: Place | undefined): EvidenceSources {
    const known = this.byPlace.get(placeKey(place)) ?? { place, sources: this.make(place) };
    this.byPlace.set(placeKey(place), known);
    return known.sources;
  }

  /** Both lists as a stage's output tells them, as far as there is something to tell. */
  get told(): StageSources {
    const told = [...this.byPlace.values()].map(({ place, sources }) => this.named(place, sources.told));
    const unavailableSources = told.flatMap((each) => each.unavailableSources ?? []);
    const answeredSources = told.flatMap((each) => each.answeredSources ?? []);
    return {
      ...(unavailableSources.length > 0 && { unavailableSources }),
      ...(answeredSources.length > 0 && { answeredSources }),
    };
  }

  private named(place: Place | undefined, told: StageSources): StageSources {
    if (place === undefined) return told;
    const name = (source: string) => `${source} of ${placeLabel(place, this.accountNames)}`;
    const unavailable = told.unavailableSources?.map(
      (each): UnavailableSource => ({ ...each, source: name(each.source) }),
    );
    return {
      ...(unavailable && { unavailableSources: unavailable }),
      ...(told.answeredSources && { answeredSources: told.answeredSources.map(name) }),
    };
  }
}
