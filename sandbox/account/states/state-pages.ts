import { InvalidToken } from '@aws-sdk/client-sfn';

/** "You can use nextToken to obtain further pages of results. The default is 100 and the maximum allowed page size is 1000." */
const DEFAULT_PER_PAGE = 100;
const MOST_PER_PAGE = 1_000;

export interface PagedInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** Cuts a page out of a complete list by position: executions and events are only ever added at one end of theirs. */
export function statePage<T>(items: readonly T[], input: PagedInput): { items: T[]; nextToken: string | undefined } {
  const size = Math.min(input.maxResults || DEFAULT_PER_PAGE, MOST_PER_PAGE);
  const from = input.nextToken === undefined ? 0 : positionOf(input.nextToken);
  const until = from + size;
  return { items: items.slice(from, until), nextToken: until < items.length ? `states-page-${until}` : undefined };
}

function positionOf(token: string): number {
  const match = /^states-page-(\d+)$/.exec(token);
  if (!match) throw new InvalidToken({ message: `Invalid Token: '${token}'`, $metadata: { httpStatusCode: 400 } });
  return Number(match[1]);
}
