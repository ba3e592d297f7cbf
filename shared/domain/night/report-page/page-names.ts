/** A night's pages: the last part of their address, and their object's name under the run's prefix. */
export const PAGE_NAMES = {
  report: 'report.html',
  'since-the-beginning': 'since-the-beginning.html',
} as const;

export type NightPage = keyof typeof PAGE_NAMES;
