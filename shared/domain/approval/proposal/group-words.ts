import type { Assessment } from '../../../contracts/assessment.ts';
import type { CoveredSteps } from '../../../contracts/ledger.ts';
import { bareName } from '../../organization/place.ts';
import type { GroupSubject } from './group-proposals.ts';
import { type PredictedChange, predictedP95Change } from './predicted-change.ts';
import { counted } from './wording.ts';

/* How a group is said, alike in mail, on the page and in the terminal. */

type Members = readonly [GroupSubject, ...GroupSubject[]];

/** `12 functions of stack orders-prod`, or `12 functions of the same code`; one function by its name. */
export function groupTitle(members: Members): string {
  const [first] = members;
  if (members.length === 1) return bareName(first.functionName);
  const { stackName } = first.assessment.owner;
  const isOneStack = stackName !== undefined && members.every((each) => each.assessment.owner.stackName === stackName);
  return `${counted(members.length, 'function')} of ${isOneStack ? `stack ${stackName}` : 'the same code'}`;
}

/** The reason that all share; where their figures differ, that of the member which saves most, by its name. */
export function groupReason(members: Members): string {
  const [first] = members;
  const { reason } = first.assessment;
  const isShared = members.every((each) => each.assessment.reason === reason);
  return isShared ? reason : `${bareName(first.functionName)}, which saves most: ${reason}`;
}

/** Change of the p95 duration of whichever member loses most, within the bounds of all; undefined where one is unknown. */
export function groupP95Change(members: readonly { readonly assessment: Assessment }[]): PredictedChange | undefined {
  const changes = members.map(({ assessment }) => predictedP95Change(assessment));
  const known = changes.filter((each) => each !== undefined);
  if (known.length === 0 || known.length < changes.length) return undefined;
  return {
    share: Math.max(...known.map(({ share }) => share)),
    lowerShare: Math.min(...known.map(({ lowerShare }) => lowerShare)),
    upperShare: Math.max(...known.map(({ upperShare }) => upperShare)),
  };
}

/** All that an approval of the group may cover: the widest sizes and days of any member; each member keeps its own. */
export function groupCovers(
  members: readonly { readonly covers?: CoveredSteps | undefined }[],
): CoveredSteps | undefined {
  const covers = members.map((each) => each.covers).filter((each) => each !== undefined);
  if (covers.length === 0) return undefined;
  const timeouts = covers.flatMap(({ mostTimeoutSeconds }) => mostTimeoutSeconds ?? []);
  return {
    leastMemorySizeMb: Math.min(...covers.map(({ leastMemorySizeMb }) => leastMemorySizeMb)),
    mostMemorySizeMb: Math.max(...covers.map(({ mostMemorySizeMb }) => mostMemorySizeMb)),
    ...(timeouts.length > 0 && { mostTimeoutSeconds: Math.max(...timeouts) }),
    until: covers
      .map(({ until }) => until)
      .toSorted()
      .at(-1)!,
  };
}
