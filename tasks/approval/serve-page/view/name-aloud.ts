import type { ProposalView } from './proposal-view.ts';

/** Two accounts may have functions of one name, and who hears the page sees no heading above the row. */
export const nameAloud = ({ shortName, placeName }: ProposalView): string =>
  placeName === '' ? shortName : `${shortName} of ${placeName}`;
